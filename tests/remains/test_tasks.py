"""Reviews: what is due is told before, and a review says why the record is kept and until when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from antigone.access.errors import Refused
from antigone.access.rules import Role
from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.remains import retention, services, tasks
from antigone.remains.errors import NotHere, RecordRefused
from antigone.remains.services import NewPhotograph
from tests.factories import operator
from tests.remains.staff import body, living, picture, staff, stranger

TODAY = datetime.now(UTC).date()


def test_a_review_is_told_thirty_days_before_and_until_it_is_held(instance: Instance) -> None:
    subject = body()
    photograph = services.add_photograph(subject, NewPhotograph("ab" * 32, picture()), operator().actor)
    assert subject.review_on == photograph.review_on == TODAY + timedelta(days=365)
    assert tasks.due(TODAY + timedelta(days=334)) == []
    told = tasks.due(TODAY + timedelta(days=335))
    assert [(each.what, each.key, each.overdue) for each in told] == [
        ("photograph", photograph.pk, False),
        ("subject", subject.pk, False),
    ]
    assert all(each.overdue for each in tasks.due(TODAY + timedelta(days=400)))
    assert tasks.due(TODAY + timedelta(days=400), agency=stranger().agency_id) == []
    assert len(tasks.due(TODAY + timedelta(days=400), limit=1)) == 1


def test_the_living_are_looked_at_again_after_a_month(instance: Instance) -> None:
    subject = living()
    assert tasks.due(TODAY + timedelta(days=22)) == []
    assert [each.key for each in tasks.due(TODAY + timedelta(days=23))] == [subject.pk]
    services.person_spoke(subject, operator().actor)
    assert tasks.due(TODAY + timedelta(days=60)) == []


def test_a_review_gives_its_reason_and_a_day_to_come(instance: Instance) -> None:
    who = staff("reviewer", Role.DATA_PROTECTION_REVIEWER)
    subject, again = body(), TODAY + timedelta(days=200)
    for day, reason in ((TODAY, "needed"), (TODAY + timedelta(days=900), "needed"), (again, " ")):
        with pytest.raises(RecordRefused):
            retention.review_subject(subject, day, reason, who)
    retention.review_subject(subject, again, "the board has not met", who)
    assert subject.review_on == again
    kept = services.add_photograph(subject, NewPhotograph("ab" * 32, picture()), operator().actor)
    retention.review_photograph(kept, again, "the board has not met", who)
    assert kept.review_on == again
    assert Entry.objects.filter(action__endswith=":review", actor=who.actor).count() == 2
    with pytest.raises(NotHere):
        retention.review_subject(subject, again, "needed", stranger())
    with pytest.raises(Refused):
        retention.review_subject(subject, again, "needed", staff("recorder", Role.FIELD_RECORDER))


def test_the_reviewer_reviews_a_living_persons_record_too(instance: Instance) -> None:
    who = staff("reviewer", Role.DATA_PROTECTION_REVIEWER)
    again = TODAY + timedelta(days=20)
    assert retention.review_subject(living(), again, "still in care", who).review_on == again
