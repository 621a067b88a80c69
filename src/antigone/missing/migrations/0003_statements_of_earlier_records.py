"""What records of before say in their columns becomes statements, as reported by whoever gave the report."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import migrations
from django.utils import timezone

TOGETHER = 500
BASES = {"own-service": "convention-duty", "partner-agreement": "statute", "public-register": "statute"}
TEXTS = {"marks": "mark.words", "effects": "effect.words", "last_seen_place": "event.place"}
SCRIPTS = ("Cyrl", "Latn", "Arab", "Hebr", "Armn", "Grek")
ACTOR = "system:upgrade"


def state(apps: Any, schema_editor: Any) -> None:
    Person = apps.get_model("missing", "Person")
    Statement = apps.get_model("missing", "Statement")
    Name = apps.get_model("missing", "PersonName")
    last, review = 0, timezone.now().date() + timedelta(days=365)
    while True:
        people = list(
            Person.objects.filter(pk__gt=last)
            .select_related("report")
            .prefetch_related("names", "portraits")
            .order_by("pk")[:TOGETHER]
        )
        if not people:
            return
        last = people[-1].pk
        rows: list[Any] = []
        names: list[Any] = []
        for person in people:
            first, end = _bounds(person.birth_date)
            report = getattr(person, "report", None)
            person.born_from, person.born_to = first, end
            person.recorded_at = report.reported_at if report else None
            person.review_on = review
            common = _common(person, report)
            for name in person.names.all():
                name.item, name.kind = uuid.uuid4(), "current"
                names.append(name)
                script = name.script if name.script in SCRIPTS else "Zyyy"
                value = {"kind": "current", "full": _line(name.text), "script": script}
                rows.append(Statement(key="name", item=name.item, value=value, **common))
            rows += [Statement(key=key, value=value, **common) for key, value in _said(person)]
        Statement.objects.bulk_create(rows)
        Name.objects.bulk_update(names, ["item", "kind"])
        Person.objects.bulk_update(people, ["born_from", "born_to", "recorded_at", "review_on"])


def _common(person: Any, report: Any) -> dict[str, Any]:
    given = next(iter(person.portraits.all()), None)
    return {
        "person": person,
        "certainty": "known",
        "how": "reported",
        "source": _line(report.given_by if report else "")[:200],
        "basis": BASES.get(given.basis if given else "", "family-choice"),
        "citation": _line(given.citation if given else "")[:400],
        "recorded_by": ACTOR,
        "recorded_at": report.reported_at if report else timezone.now(),
    }


def _said(person: Any) -> Iterator[tuple[str, Any]]:
    if person.sex != "unknown":
        yield "sex", person.sex
    if person.birth_date.strip():
        date = _date(person.birth_date)
        yield ("birth.date", date) if date else ("birth.words", _line(person.birth_date))
    if person.stature_cm is not None:
        yield "desc.stature", {"cm": person.stature_cm}
    if date := _date(person.last_seen_on):
        yield "event.date", date
    for column, key in TEXTS.items():
        text = getattr(person, column)
        if text.strip():
            yield key, unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _line(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _date(text: str) -> str | None:
    from antigone.description import dates
    from antigone.description.errors import BadStatement

    try:
        return dates.read(text).text
    except BadStatement:
        return None


def _bounds(text: str) -> tuple[Any, Any]:
    from antigone.description import dates

    return dates.bounds(date) if (date := _date(text)) else (None, None)


def forget(apps: Any, schema_editor: Any) -> None:
    Statement = apps.get_model("missing", "Statement")
    Statement.objects.filter(recorded_by=ACTOR).delete()


class Migration(migrations.Migration):
    dependencies = [("missing", "0002_statements_relatives_merges_and_reviews")]
    operations = [migrations.RunPython(state, forget, elidable=False)]
