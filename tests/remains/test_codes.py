"""Codes: the form PLACE-TEAM-COUNT, never given out twice, and the codes of other agencies."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antigone.access.errors import Refused
from antigone.access.rules import Role
from antigone.instance import Instance
from antigone.remains import codes, services
from antigone.remains.errors import BadCode, NotHere, RecordRefused
from antigone.remains.models import CodeReservation, Subject
from antigone.remains.rules import code_fault
from antigone.remains.services import Particulars
from antigone.remains.tags import Parts, fold, parse
from tests.factories import operator
from tests.remains.staff import body, staff, stranger

LETTERS = st.text(st.characters(categories=("Lu", "Nd")), min_size=1, max_size=10)
PLACES = st.lists(LETTERS, min_size=1, max_size=3).map("-".join)


@settings(deadline=None)
@given(PLACES, LETTERS, st.integers(1, 999_999))
def test_a_code_is_read_as_it_was_written(place: str, team: str, count: int) -> None:
    parts = parse(str(Parts(place, team, count)))
    assert parts == Parts(place, team, count)
    assert code_fault(str(parts)) is None


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_read_or_is_no_code(text: str) -> None:
    parts = parse(text)
    if parts is not None:
        assert parse(str(parts)) == parts
        assert code_fault(text) is None


@settings(deadline=None)
@given(st.text(max_size=40))
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


@pytest.mark.parametrize("text", ["KHARKIV-A-1", "KHARKIV-001", "-A-001", "KHARKIV--001", "A-B-C", "K_H-A-001", ""])
def test_what_is_not_of_the_form(text: str) -> None:
    assert parse(text) is None


def test_codes_are_given_out_in_order_and_once(instance: Instance) -> None:
    who = operator()
    assert [codes.next_code("Kharkiv", "a", who) for _ in range(3)] == [
        "KHARKIV-A-001",
        "KHARKIV-A-002",
        "KHARKIV-A-003",
    ]
    assert codes.next_code("kharkiv", "B", who) == "KHARKIV-B-001"
    assert codes.next_code("Біла Церква", "а", who) == "БІЛА-ЦЕРКВА-А-001"


def test_a_code_goes_on_after_one_that_was_written_by_hand(instance: Instance) -> None:
    body("kharkiv-a-041")
    assert codes.next_code("KHARKIV", "A", operator()) == "KHARKIV-A-042"


def test_a_code_is_not_given_again_when_its_row_is_lost(instance: Instance) -> None:
    # As after a restore of an older backup: the ledger is carried over, the rows are not.
    first = codes.next_code("KHARKIV", "A", operator())
    CodeReservation.objects.all().delete()
    assert codes.next_code("KHARKIV", "A", operator()) != first


def test_a_code_is_used_once_whatever_its_case(instance: Instance) -> None:
    body("KHARKIV-A-001")
    Subject.objects.all().delete()
    for again in ("KHARKIV-A-001", "kharkiv-a-001"):
        with pytest.raises(BadCode):
            body(again)
    assert not Subject.objects.exists()


def test_a_code_that_was_given_out_is_used_by_its_agency_alone(instance: Instance) -> None:
    code = codes.next_code("KHARKIV", "A", operator())
    with pytest.raises(BadCode):
        services.open_subject(code, "deceased", Particulars(), stranger().actor)
    assert body(code).code == code


@pytest.mark.parametrize(
    ("place", "team"), [("", "A"), ("K/H", "A"), ("KHARKIV", ""), ("KHARKIV", "A-B"), ("K" * 61, "A")]
)
def test_a_place_or_team_that_cannot_stand_on_a_tag(place: str, team: str, instance: Instance) -> None:
    with pytest.raises(BadCode):
        codes.next_code(place, team, operator())
    assert not CodeReservation.objects.exists()


def test_nobody_takes_a_code_without_the_permission(instance: Instance) -> None:
    with pytest.raises(Refused):
        codes.next_code("KHARKIV", "A", staff("auditor", Role.AUDITOR))


def test_another_agency_knows_it_by_another_code(instance: Instance) -> None:
    subject, who = body(), operator()
    alias = codes.add_alias(subject, "Police of the river", "17/2026", None, who)
    assert codes.add_alias(subject, "Police of the river", "17/2026", None, who) == alias
    with pytest.raises(RecordRefused):
        codes.end_alias(alias, " ", who)
    codes.end_alias(alias, "of another body", who)
    assert not subject.aliases.filter(ended_at=None).exists()
    assert codes.add_alias(subject, "Police of the river", "17/2026", None, who) != alias
    with pytest.raises(NotHere):
        codes.add_alias(subject, "Police of the river", "18/2026", None, stranger())
    with pytest.raises(BadCode):
        codes.add_alias(subject, "Police of the river", "../etc", None, who)


def test_of_two_who_ask_at_once_each_gets_a_code(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    # As another process sees it that looked before the first had committed.
    first = codes.next_code("KHARKIV", "A", operator())
    monkeypatch.setattr(codes, "_last", lambda series: 0)
    monkeypatch.setattr(codes, "_known", lambda code: False)
    assert codes.next_code("KHARKIV", "A", operator()) == "KHARKIV-A-002" != first
