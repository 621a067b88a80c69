"""Whether words mention somebody who is missing: every script, whole references, and no word that only resembles."""

from __future__ import annotations

import pytest

from antigone.missing import finding
from antigone.missing.mentioning import mentions_somebody
from antigone.missing.models import Person, PersonName
from tests import factories


@pytest.fixture
def record(instance: object) -> Person:
    factories.enrol({"K-17/2026-4": factories.unit(1), "0047": factories.unit(2)})
    found = Person.objects.get(ref="K-17/2026-4")
    for text, script in (("Ганна Бондаренко", "Cyrl"), ("Li Wei", "Latn"), ("عبد الرحمن حداد", "Arab")):
        PersonName.objects.create(person=found, text=text, script=script)
    finding.index_many(Person.objects.all())
    return found


@pytest.mark.parametrize(
    "text",
    [
        "Бондаренко", "it may be bondarenko.", "BONDARENKO!", "Bondarenko’s ring", "Mr Li said so", "حداد",
        "k-17/2026-4", "K 17 2026 4", "(K-17/2026-4)", "see 0047",
    ],
)  # fmt: skip
def test_somebody_is_mentioned(record: Person, text: str) -> None:
    assert mentions_somebody(text)


@pytest.mark.parametrize("text", ["", "the left femur", "4 teeth, 2026", "K-17", "до поховання", "li", "47", "—"])
def test_nobody_is_mentioned(record: Person, text: str) -> None:
    assert not mentions_somebody(text)


def test_whoever_was_erased_is_mentioned_no_more(record: Person) -> None:
    from antigone.missing import erasure

    erasure.erase_person(record, factories.operator(), "asked for")
    assert not mentions_somebody("Bondarenko, K-17/2026-4")
