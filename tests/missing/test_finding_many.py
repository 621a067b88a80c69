"""With a hundred thousand missing persons a search asks no more, reads no more, and finds whom it should."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from antigone.instance import Instance
from antigone.missing import finding
from antigone.missing.models import Person, PersonName, PersonToken, Report
from antigone.missing.rules import script_of
from tests import factories
from tests.missing.test_finding import assert_indexed
from tests.naming.cohort import TRIPLES, others

MANY = 100_000
TYPED = ("шевч", "Олександр Шевченко", "Oleksandr", "Николай Коваль", "P-0777", "тризуб", "якір бондук", "محمد منصور")
MARKS = ("татуювання тризуб на плечі", "шрам на лівій руці", "tattoo of an anchor", "якір", "")


def fill(number: int, begin: int = 0) -> None:
    """Persons with a name each, and the sought ones of the cohort among the first, filed."""
    into, now = factories.holding("many"), timezone.now()
    draw = random.Random(begin)
    names = (
        [*(triple[0] for triple in TRIPLES), *others(number, seed=begin)][:number]
        if begin == 0
        else others(number, begin)
    )
    persons = Person.objects.bulk_create(
        (
            Person(ref=f"P-{begin + place:06d}", holding=into, marks=draw.choice(MARKS), last_seen_place="Бахмут")
            for place in range(number)
        ),
        batch_size=5000,
    )
    PersonName.objects.bulk_create(
        (
            PersonName(person=person, text=name, script=script_of(name))
            for person, name in zip(persons, names, strict=True)
        ),
        batch_size=5000,
    )
    Report.objects.bulk_create((Report(person=person, reported_at=now) for person in persons), batch_size=5000)
    finding.index_all()


def asked() -> Iterator[tuple[str, list[str]]]:
    """What each typed text asks of the database."""
    who = factories.operator()
    for text in TYPED:
        with CaptureQueriesContext(connection) as queries:
            finding.find(who, text)
        yield text, [each["sql"] for each in queries]


@pytest.mark.slow
def test_a_hundred_thousand_persons(instance: Instance, capsys: pytest.CaptureFixture[str]) -> None:
    fill(2_000)
    few = {text: len(statements) for text, statements in asked()}
    began = time.process_time()
    fill(MANY - 2_000, begin=2_000)
    filing = time.process_time() - began
    assert Person.objects.count() == MANY
    for text, statements in asked():
        assert len(statements) == few[text], text
        assert len(statements) <= 60, text
        assert_indexed(statements)

    who, took, found = factories.operator(), [], 0
    for place, triple in enumerate(TRIPLES):
        for name in triple:
            began = time.process_time()
            hits = finding.find(who, name)
            took.append(time.process_time() - began)
            found += f"P-{place:06d}" in [hit.ref for hit in hits[:10]]
    typing = []
    for text in TYPED:
        for end in range(2, len(text) + 1):
            began = time.process_time()
            finding.find(who, text[:end])
            typing.append(time.process_time() - began)
    doubles = []
    for person in Person.objects.select_related("holding").filter(
        ref__in=[f"P-{place:06d}" for place in range(0, 600, 10)]
    ):
        began = time.process_time()
        finding.duplicates(person)
        doubles.append(time.process_time() - began)
    with capsys.disabled():
        print(f"\n{MANY} persons, {PersonToken.objects.count()} tokens; processor time, in which SQLite runs too:")
        print(
            f"filing {filing:.0f} s",
            *(
                f"{what} {_told(times)}"
                for what, times in (("whole names", took), ("as typed", typing), ("doubles", doubles))
            ),
            sep="; ",
        )
        print(f"{found} of {3 * len(TRIPLES)} found in the first ten")
    assert found >= 0.95 * 3 * len(TRIPLES)


def _told(seconds: list[float]) -> str:
    return f"median {statistics.median(seconds) * 1000:.0f} ms, worst {max(seconds) * 1000:.0f} ms"
