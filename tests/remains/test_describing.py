"""What is stated of a subject: followed and never written over, by who may, of one's own agency."""

from __future__ import annotations

import pytest

from antigone.access.errors import Refused
from antigone.access.rules import Role
from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.remains import describing, finding, photographing, services
from antigone.remains.describing import BadStatement, Given, Said, Stale
from antigone.remains.errors import NotHere, RecordRefused
from antigone.remains.models import Statement
from tests.factories import operator
from tests.remains.staff import body, living, staff, stranger

MARK = {"kind": "tattoo", "region": "forearm", "side": "left", "words": "an anchor"}


def seen(value: object, **more: str) -> Given:
    return Given(value, basis="statute", how="observed", **more)


def test_a_later_word_ends_the_earlier_and_both_are_read(instance: Instance) -> None:
    subject, who = body(), operator()
    first = describing.state(subject, "sex", seen("male"), who)
    second = describing.state(subject, "sex", seen("female"), who, expects=first.pk)
    assert [each.pk for each in describing.history(subject, "sex", who)] == [second.pk, first.pk]
    assert describing.current(subject, who)["sex"] == [second]
    with pytest.raises(Stale) as stale:
        describing.state(subject, "sex", seen("male"), who, expects=first.pk)
    assert stale.value.current == second
    assert Entry.objects.filter(action="remains:datum:state").count() == 2


def test_a_form_is_kept_whole_or_not_at_all(instance: Instance) -> None:
    subject, who = body(), operator()
    with pytest.raises(BadStatement):
        describing.state_many(subject, [Said("sex", seen("male")), Said("condition.stage", seen("green"))], who)
    with pytest.raises(BadStatement):
        describing.state(subject, "event.date", seen("2026"), who)
    assert not Statement.objects.exists()
    assert not Entry.objects.filter(action="remains:datum:state").exists()


def test_the_ledger_holds_no_word_of_what_was_stated(instance: Instance) -> None:
    subject, who = body(), operator()
    kept = describing.state(subject, "mark", seen(MARK), who)
    describing.withdraw_statement(kept, who, reason="of the next body")
    told = " ".join(entry.payload or "" for entry in Entry.objects.filter(action__startswith="remains:datum"))
    assert "anchor" not in told
    assert not describing.current(subject, who)
    with pytest.raises(Stale):
        describing.withdraw_statement(kept, who, reason="again")


def test_where_there_is_no_mark_no_photograph_of_one_is_asked_for(instance: Instance) -> None:
    subject, who = body(), operator()
    asked = {each.shot.code for each in photographing.advice(subject, who).wanted}
    assert "D" in asked
    describing.state(subject, "mark", Given(None, basis="statute", certainty="absent", how="observed"), who)
    assert "D" not in {each.shot.code for each in photographing.advice(subject, who).wanted}


def test_only_who_may_and_only_of_their_own(instance: Instance) -> None:
    subject = body()
    kept = describing.state(subject, "sex", seen("male"), operator())
    for act in (
        lambda: describing.state(subject, "sex", seen("female"), stranger()),
        lambda: describing.withdraw_statement(kept, stranger(), reason="x"),
        lambda: describing.current(subject, stranger()),
        lambda: describing.history(subject, "sex", stranger()),
    ):
        with pytest.raises(NotHere):
            act()
    with pytest.raises(Refused):
        describing.state(subject, "sex", seen("female"), staff("board", Role.BOARD_MEMBER))
    assert Statement.objects.get() == kept


def test_of_a_person_who_speaks_nothing_is_stated_any_more(instance: Instance) -> None:
    subject, who = living(), operator()
    describing.state(subject, "sex", seen("male"), who)
    services.person_spoke(subject, who.actor)
    with pytest.raises(RecordRefused, match="they say decides"):
        describing.state(subject, "sex", seen("female"), who)


def test_what_is_stated_is_found_as_one_types(instance: Instance) -> None:
    subject, who = body(), operator()
    kept = describing.state(subject, "mark", seen(MARK), who)
    assert [hit.pk for hit in finding.find(who, "anchor")] == [subject.pk]
    assert [hit.pk for hit in finding.find(who, "limen-a")] == [subject.pk]
    assert finding.find(stranger(), "anchor") == []
    describing.withdraw_statement(kept, who, reason="of the next body")
    assert finding.find(who, "anchor") == []
