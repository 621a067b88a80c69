"""The reviewer's sample: nobody chooses it, anyone can draw it again, and what allowed each picture is beside it."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antigone.access.errors import Refused
from antigone.access.rules import Role
from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.remains import review, services
from antigone.remains.errors import BadRecord, NotHere, RecordRefused
from antigone.remains.models import SampleDraw, SampleItem, Subject
from antigone.remains.services import NewPhotograph
from antigone.vault.tasks import complete_shreds
from tests.factories import operator
from tests.remains.staff import body, living, picture, staff, stranger

TODAY = datetime.now(UTC).date()


def photographed(subject: Subject, number: int) -> None:
    for shade in range(number):
        digest = f"{subject.pk:032x}{shade:032x}"
        services.add_photograph(subject, NewPhotograph(digest, picture(shade)), operator().actor)


@settings(deadline=None)
@given(st.lists(st.uuids(), unique=True, min_size=1, max_size=40), st.integers(1, 50), st.text(max_size=10))
def test_the_seed_alone_draws(population: list[uuid.UUID], number: int, seed: str) -> None:
    drawn = review.chosen(population, number, seed)
    assert drawn == review.chosen(list(reversed(population)), number, seed)
    assert len(set(drawn)) == len(drawn) == min(number, len(population))
    assert set(drawn) <= set(population)


def test_a_draw_stands_in_the_ledger_and_can_be_drawn_again(instance: Instance) -> None:
    who = staff("reviewer", Role.DATA_PROTECTION_REVIEWER)
    subject = body()
    photographed(subject, 6)
    drawn = review.draw(TODAY, TODAY, 3, who)
    said = Entry.objects.get(action="remains:sample:draw").details
    assert said is not None
    population = list(subject.photographs.values_list("pk", flat=True))
    again = [str(pk) for pk in review.chosen(population, 3, str(said["seed"]))]
    assert said["photographs"] == again == [str(each.photograph) for each in drawn.items.all()]
    assert said["population"] == 6
    assert review.draw(TODAY, TODAY, 3, who).seed != drawn.seed


def test_beside_each_stand_attestation_mandate_and_purpose(instance: Instance) -> None:
    who = staff("reviewer", Role.DATA_PROTECTION_REVIEWER)
    photographed(body(), 1)
    photographed(living(), 1)
    cases = review.cases(review.draw(TODAY, TODAY, 5, who), who)
    purposes = {each.photograph.subject.kind: [p.value for p in each.purposes] for each in cases if each.photograph}
    assert purposes == {
        "deceased": ["identify-the-dead"],
        "unable-to-state-identity": ["identify-person-unable-to-state-identity"],
    }
    assert [each.attestation.clinician for each in cases if each.attestation] == ["Dr A"]
    assert all(each.mandates for each in cases)


def test_each_is_marked_with_words_where_it_is_questioned(instance: Instance) -> None:
    who = staff("reviewer", Role.DATA_PROTECTION_REVIEWER)
    photographed(body(), 2)
    one, two = review.draw(TODAY, TODAY, 2, who).items.all()
    review.mark(one, "in-order", "", who)
    with pytest.raises(RecordRefused):
        review.mark(two, "questioned", " ", who)
    with pytest.raises(BadRecord):
        review.mark(two, "unmarked", "", who)
    review.mark(two, "questioned", "no attestor is named", who)
    two.refresh_from_db()
    assert (two.verdict, two.words, two.marked_by) == ("questioned", "no attestor is named", who.actor)
    assert Entry.objects.filter(action="remains:sample:mark").count() == 2


def test_the_reviewer_lifts_the_veil_of_what_was_drawn_alone(instance: Instance) -> None:
    who = staff("reviewer", Role.DATA_PROTECTION_REVIEWER)
    subject = body()
    photographed(subject, 1)
    [item] = review.draw(TODAY, TODAY, 1, who).items.all()
    assert review.lifted(item, who) == picture(0)
    assert Entry.objects.filter(action="remains:photograph:look", actor=who.actor).count() == 1
    services.erase_photographs(subject.photographs.all(), operator().actor, "wrong case")
    complete_shreds()
    with pytest.raises(NotHere):
        review.lifted(item, who)
    [case] = review.cases(item.draw, who)
    assert case.erased


def test_a_draw_is_of_ones_own_agency_and_of_a_period(instance: Instance) -> None:
    who = staff("reviewer", Role.DATA_PROTECTION_REVIEWER)
    photographed(body(), 2)
    for since, until, number in ((TODAY, TODAY - timedelta(days=1), 1), (TODAY, TODAY, 0), (TODAY, TODAY, 201)):
        with pytest.raises(BadRecord):
            review.draw(since, until, number, who)
    with pytest.raises(RecordRefused):
        review.draw(TODAY - timedelta(days=9), TODAY - timedelta(days=1), 1, who)
    with pytest.raises(RecordRefused):
        review.draw(TODAY, TODAY, 1, stranger())
    with pytest.raises(Refused):
        review.draw(TODAY, TODAY, 1, staff("examiner", Role.MORTUARY_EXAMINER))
    assert not SampleDraw.objects.exists()
    drawn = review.draw(TODAY, TODAY, 1, who)
    for act in (lambda: review.cases(drawn, stranger()), lambda: review.lifted(SampleItem.objects.get(), stranger())):
        with pytest.raises(NotHere):
            act()
