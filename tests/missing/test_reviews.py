"""Reviews and ends: warned of once, kept on with a reason, ended and erased after their grace."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from antigone.access import services as access
from antigone.access.errors import Refused
from antigone.enrolment.models import Template
from antigone.instance import Instance
from antigone.jobs import registry
from antigone.jobs.daily import ask_due
from antigone.jobs.work import Work
from antigone.ledger.models import Entry
from antigone.missing import retention, reviews, rules, services, withholding
from antigone.missing.errors import NotHere, PersonRefused
from antigone.missing.models import Holding, Person, Portrait, Withdrawal
from antigone.missing.retention import Due
from antigone.vault import store
from antigone.vault.errors import KeyGone
from tests import factories


def today() -> date:
    return timezone.now().date()


def days(number: int) -> date:
    return today() + timedelta(days=number)


def portrait(ref: str = "M-1") -> Portrait:
    factories.enrol({ref: factories.unit(int(ref[2:]))})
    return Portrait.objects.get(person__ref=ref)


def test_what_is_due_is_listed_with_its_reason_and_warned_of_once(instance: Instance) -> None:
    agency = factories.operator().agency_id
    for ref, terms in {
        "M-1": {"review_on": days(20)},
        "M-2": {"until": days(10), "review_on": None},
        "M-3": {"until": days(-3), "review_on": None},
        "M-4": {"review_on": days(40)},
        "M-5": {"withheld_at": timezone.now() - timedelta(days=2)},
    }.items():
        Portrait.objects.filter(pk=portrait(ref).pk).update(**terms)
    lines = reviews.reviews_due(today(), agency)
    assert [(line.person_ref, line.why) for line in lines] == [
        ("M-3", Due.ENDED),
        ("M-5", Due.WITHDRAWN),
        ("M-2", Due.ENDING),
        ("M-1", Due.REVIEW),
    ]
    assert lines[0].erased_on == days(27)
    rest = reviews.reviews_due(today(), agency, after=(lines[1].on, lines[1].portrait), limit=1)
    assert [line.person_ref for line in rest] == ["M-2"]
    assert reviews.warn(today()).portraits == {agency: 4}
    assert reviews.warn(today()).total == 0
    assert Entry.objects.filter(action="missing:portrait:warn").count() == 4


def test_persons_are_reviewed_while_they_are_missing(instance: Instance) -> None:
    agency = factories.operator().agency_id
    factories.enrol({"M-1": factories.unit(1), "M-2": factories.unit(2), "M-3": factories.unit(3)})
    Person.objects.exclude(ref="M-3").update(review_on=days(5))
    services.close_report(Person.objects.get(ref="M-2"), "found", "operator:1")
    assert [line.person_ref for line in reviews.persons_due(today(), agency)] == ["M-1"]
    assert reviews.warn(today()).persons == {agency: 1}
    kept = reviews.renew_person(
        Person.objects.get(ref="M-1"), factories.operator(), review_on=days(365), reason="the family still asks"
    )
    assert (kept.review_on, kept.warned_at) == (days(365), None)
    assert reviews.persons_due(today(), agency) == []


def test_a_portrait_is_kept_on_with_a_reason_and_searched_until_its_new_end(instance: Instance) -> None:
    who, kept = factories.operator(), portrait()
    reviews.renew(kept, who, until=days(100), reason="the mother asks for it")
    assert Template.objects.get().until == rules.day_number(days(100))
    kept.refresh_from_db()
    assert (kept.until, kept.review_on) == (days(100), None)
    reviews.renew(kept, who, review_on=days(200), reason="no end is wished")
    assert Template.objects.get().until == rules.day_number(None)
    entry = Entry.objects.filter(action="missing:portrait:review").earliest("pk")
    services.erase_portraits(Portrait.objects.all(), who.actor, "asked")
    entry.refresh_from_db()
    assert entry.erased


@pytest.mark.parametrize(
    "terms",
    [
        {"until": 10, "reason": " "},
        {"reason": "why"},
        {"until": 10, "review_on": 10, "reason": "why"},
        {"until": -1, "reason": "why"},
        {"review_on": 9000, "reason": "why"},
    ],
)
def test_terms_that_cannot_be(instance: Instance, terms: dict[str, object]) -> None:
    kept = portrait()
    given_terms = {name: days(value) if isinstance(value, int) else value for name, value in terms.items()}
    with pytest.raises(PersonRefused):
        reviews.renew(kept, factories.operator(), **given_terms)  # type: ignore[arg-type]
    assert not Entry.objects.filter(action="missing:portrait:review").exists()


def test_who_reviews(instance: Instance) -> None:
    kept = portrait()
    clerk = access.add_operator("clerk", factories.operator().agency, "operator:1")
    access.grant_role(clerk, "bureau-clerk", "operator:1")
    with pytest.raises(Refused):
        reviews.renew(kept, clerk, until=days(10), reason="why")
    other = access.add_operator("other", access.found_agency("Another", "operator:1"), "operator:1")
    access.grant_role(other, "data-protection-reviewer", "operator:1")
    with pytest.raises(NotHere):
        reviews.renew(kept, other, until=days(10), reason="why")
    withholding.withhold(Portrait.objects.all(), "operator:1")
    with pytest.raises(PersonRefused):
        reviews.renew(kept, factories.operator(), until=days(10), reason="why")


def test_a_review_that_nobody_held_ends_the_portrait_and_erases_it_later(instance: Instance) -> None:
    kept = portrait()
    Portrait.objects.update(review_on=days(-60))
    assert reviews.expire(today()) == reviews.Expired(0, 0, True)
    Portrait.objects.update(review_on=days(-61))
    assert reviews.expire(today()) == reviews.Expired(1, 0, True)
    assert Template.objects.get().until == rules.day_number(days(-1))
    assert reviews.expire(today()) == reviews.Expired(0, 0, True)
    assert reviews.expire(days(29)) == reviews.Expired(0, 0, True)
    assert store.exists(str(kept.pk))
    assert reviews.expire(days(30)) == reviews.Expired(0, 1, True)
    assert not Portrait.objects.exists()
    with pytest.raises(KeyGone):
        store.open(str(kept.pk))
    assert Withdrawal.objects.count() == 1
    assert Person.objects.count() == 1


def test_what_its_giver_withdrew_is_erased_unless_the_person_is_asked_first(instance: Instance) -> None:
    first, second = portrait("M-1"), portrait("M-2")
    long_ago = timezone.now() - timedelta(days=40)
    Portrait.objects.update(withheld_at=long_ago)
    Person.objects.filter(ref="M-2").update(identity_check_at=long_ago)
    assert reviews.expire(today()).erased == 1
    assert list(Portrait.objects.all()) == [second]
    assert first.pk != second.pk


def test_a_holding_that_was_approved_alone_waits_for_a_second_person(instance: Instance) -> None:
    first = factories.operator()
    opened = factories.holding()
    assert services.awaiting_second_approval(first) == []
    second = access.add_operator("second", first.agency, first.actor)
    access.grant_role(second, "tracing-officer", first.actor)
    assert services.awaiting_second_approval(first) == [opened]
    with pytest.raises(Refused):
        services.approve_holding(Holding.objects.get(), access_only(first))
    services.approve_holding(opened, first)
    assert Holding.objects.get().self_approved
    services.approve_holding(opened, second)
    assert not Holding.objects.get().self_approved
    assert services.awaiting_second_approval(first) == []
    other = access.add_operator("other", access.found_agency("Another", first.actor), first.actor)
    access.grant_role(other, "tracing-officer", first.actor)
    with pytest.raises(NotHere):
        services.approve_holding(opened, other)


def access_only(first: object) -> object:
    """Somebody of the agency who may not approve."""
    return access.add_operator("nobody", first.agency, first.actor)  # type: ignore[attr-defined]


DAYS = st.none() | st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(DAYS, DAYS, DAYS, st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_what_ended_is_erased_no_sooner_than_its_grace(
    until: date | None, review_on: date | None, withheld: date | None, day: date
) -> None:
    why = retention.due(until, review_on, withheld, day)
    end = retention.erased_on(until, withheld)
    if why in (Due.ENDED, Due.WITHDRAWN):
        assert end is not None
    if end is not None and end < day:
        assert why in (Due.ENDED, Due.WITHDRAWN)
    if retention.unheld(until, review_on, day):
        assert why in (Due.REVIEW, Due.WITHDRAWN)


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(0, 60), st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_in_doubt_somebody_is_a_child(born: date, spread: int, day: date) -> None:
    earliest = born - timedelta(days=spread)
    said = rules.minor(born, None, day)
    assert said.flagged == (day < rules.birthday(born, 18))
    found = rules.ages(earliest, born, day)
    assert found is not None
    assert found[0] <= found[1]
    assert (found[0] < 18) == said.flagged
    assert rules.minor(None, None, day) is rules.Minor.UNKNOWN
    assert rules.minor(born, born, day).flagged


def test_the_daily_work_does_all_of_it_and_a_second_run_nothing(instance: Instance) -> None:
    Portrait.objects.filter(pk=portrait("M-1").pk).update(review_on=days(10))
    Portrait.objects.filter(pk=portrait("M-2").pk).update(until=days(-31), review_on=None)
    asked = [job for job in ask_due() if job.kind == "missing:reviews"]
    assert len(asked) == 1
    done = registry.get("missing:reviews").handler(Work(asked[0]))
    assert done == {"withheld": 0, "enquiries": 0, "warned": 2, "ended": 0, "erased": 1, "verified": True}
    again = registry.get("missing:reviews").handler(Work(asked[0]))
    assert again == {"withheld": 0, "enquiries": 0, "warned": 0, "ended": 0, "erased": 0, "verified": True}
