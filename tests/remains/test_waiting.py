"""What waits for a person: what another began and they may finish, of their own agency alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from antigone.access.rules import Role
from antigone.instance import Instance
from antigone.remains import open_source, releasing, review, services, waiting
from antigone.remains.models import OpenSourceItem, Subject
from antigone.remains.open_source import NewItem
from antigone.remains.releasing import NewRelease
from antigone.remains.services import NewPhotograph, Particulars
from tests.factories import operator
from tests.remains.staff import body, living, picture, staff, stranger

TODAY = datetime.now(UTC).date()
ITEM = NewItem("https://example.invalid/p", datetime(2026, 1, 5, tzinfo=UTC), "a reporter", "the tattoo", True)


def test_what_another_began_waits_for_the_second_person(instance: Instance) -> None:
    subject, first = body(), operator()
    paper = releasing.prepare(subject, NewRelease("r 7", "O", "sister", "M", subject.code, subject.code), first)
    item = open_source.propose(subject, ITEM, picture(), first)
    examiner, board = staff("examiner", Role.MORTUARY_EXAMINER), staff("board", Role.BOARD_MEMBER)
    assert waiting.releases_to_sign(examiner) == [paper]
    assert waiting.items_to_decide(board) == [item]
    for nobody in (first, stranger()):
        assert waiting.releases_to_sign(nobody) == []
        assert waiting.items_to_decide(nobody) == []
    assert waiting.releases_to_sign(board) == []
    assert waiting.items_to_decide(examiner) == []


def test_a_living_persons_item_waits_for_nobody_who_may_not_know_of_them(instance: Instance) -> None:
    open_source.propose(living(), ITEM, picture(), operator())
    assert waiting.items_to_decide(staff("board", Role.BOARD_MEMBER)) == []
    both = staff("both", Role.BOARD_MEMBER, Role.TRACING_OFFICER)
    assert len(waiting.items_to_decide(both)) == 1


def test_drafts_samples_and_reviews(instance: Instance) -> None:
    who, reviewer = operator(), staff("reviewer", Role.DATA_PROTECTION_REVIEWER)
    services.open_subject("LIMEN-A-001", "deceased", Particulars(), who.actor)
    services.add_photograph(body("LIMEN-A-002"), NewPhotograph("ab" * 32, picture()), who.actor)
    assert [line.code for line in waiting.drafts(who)] == ["LIMEN-A-001"]
    assert waiting.drafts(reviewer) == ()
    drawn = review.draw(TODAY, TODAY, 1, reviewer)
    assert waiting.sample_to_mark(reviewer) == list(drawn.items.all())
    review.mark(drawn.items.get(), "in-order", "", reviewer)
    assert waiting.sample_to_mark(reviewer) == []
    assert waiting.reviews_due(reviewer) == waiting.due(reviewer) == []
    assert waiting.reviews_due(staff("recorder", Role.FIELD_RECORDER)) == []


def test_public_items_that_end_by_themselves_hide_no_review(instance: Instance) -> None:
    reviewer, subject = staff("reviewer", Role.DATA_PROTECTION_REVIEWER), body()
    item = open_source.propose(subject, ITEM, picture(), operator())
    OpenSourceItem.objects.filter(pk=item.pk).update(ends_on=TODAY)
    Subject.objects.filter(pk=subject.pk).update(review_on=TODAY + timedelta(days=9))
    assert [each.key for each in waiting.due(reviewer, 1)] == [item.pk]
    assert [each.key for each in waiting.reviews_due(reviewer, 1)] == [subject.pk]


@pytest.mark.parametrize(("hours", "told"), [(1, False), (59, False), (61, True), (80, True)])
def test_an_attestation_is_renewed_before_it_ends(hours: int, told: bool, instance: Instance) -> None:
    subject = living()
    subject.attestations.update(attested_at=datetime.now(UTC) - timedelta(hours=hours))
    assert (waiting.attestations_ending(operator()) == [subject]) is told
    assert waiting.attestations_ending(staff("tracing", Role.TRACING_OFFICER)) == []
    assert waiting.attestations_ending(stranger()) == []
