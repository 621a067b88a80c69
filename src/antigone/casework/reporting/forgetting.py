"""What reports do when records below go: what was said of an erased person is emptied; number and digest stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from antigone.casework.models import Exhibit, Report
from antigone.ledger.services import record, recorded, redact_payloads
from antigone.missing.events import PersonErased, PortraitErased
from antigone.missing.events import erased as record_erased
from antigone.missing.models import Kinship
from antigone.remains.events import PhotographErased, SubjectSpoke, spoke
from antigone.remains.events import erased as photograph_erased


def follow_erasure(event: PersonErased | PortraitErased, **_: Any) -> None:
    """Empty the reports about an erased person, and those that name them. Portraits are in none but by digests."""
    if isinstance(event, PersonErased):
        named = Q(pk__in=_naming(event.person, event.ref))
        empty(Q(person=event.person) | Q(other_person=event.person) | named, event.actor)


def _naming(person: int, ref: str) -> list[int]:
    """The reports about others that name somebody: as their kin, or as a rival claim of the decision."""
    # Those taken back are asked too: a report says what stood on its day.
    pairs = Kinship.objects.filter(Q(person=person) | Q(other=person)).values_list("person", "other")
    kin = {each for pair in pairs for each in pair} - {person}
    rows = Report.objects.filter(content__isnull=False).select_related("decision")
    told = re.compile(rf"(?<!\w){re.escape(ref)}(?!\w)")
    of_kin = rows.filter(Q(person__in=kin) | Q(other_person__in=kin))
    found = {each.pk for each in of_kin if any(told.search(said) for said in _said(each.content))}
    decided = rows.filter(decision__content__isnull=False).values_list("pk", "decision__content").iterator()
    key = f"person:{person}"
    for pk, kept in decided:
        content: dict[str, Any] = kept or {"kin": [], "read": []}
        if any(each["person"] == person for each in content["kin"]) or any(
            each["key"] == key for each in content["read"]
        ):
            found.add(pk)
    return sorted(found)


def _said(content: Any) -> Iterator[str]:
    """Every text in what a report says."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict | list):
        for each in content.values() if isinstance(content, dict) else content:
            yield from _said(each)


def follow_speech(event: SubjectSpoke, **_: Any) -> None:
    """Empty the reports about somebody who can state their identity; what they say decides."""
    empty(Q(subject=event.subject) | Q(other_subject=event.subject), event.actor)


def follow_photograph(event: PhotographErased, **_: Any) -> None:
    """Take the keys and digests of erased photographs out of what is kept of exhibits; that they went out stays."""
    with recorded():
        for exhibit in Exhibit.objects.filter(report__subject=event.subject):
            kept = [each for each in exhibit.pictures if each["sha256"] not in event.sha256s]
            if len(kept) < len(exhibit.pictures):
                gone = len(exhibit.pictures) - len(kept)
                exhibit.pictures = [*kept, *({"photograph": "", "sha256": "", "look": 0} for _each in range(gone))]
                exhibit.save(update_fields=["pictures"])


def empty(about: Q, actor: str) -> None:
    """Empty what these reports say, and whom they name, in the ledger too."""
    with recorded():
        for pk in Report.objects.filter(about, content__isnull=False).values_list("pk", flat=True):
            Report.objects.filter(pk=pk).update(content=None, person=None, other_person=None)
            Exhibit.objects.filter(report=pk).update(purpose="")
            redact_payloads(f"report:{pk}", actor=actor)
            record("casework:report:empty", actor=actor, object=f"report:{pk}")


record_erased.connect(follow_erasure, dispatch_uid="casework empties reports about who was erased")
spoke.connect(follow_speech, dispatch_uid="casework empties reports as a subject speaks")
photograph_erased.connect(follow_photograph, dispatch_uid="casework follows erased photographs in exhibits")
