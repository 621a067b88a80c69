"""Whatever is done in whatever order: what is searchable is exactly what reports, givers and bases allow."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antigone.enrolment.models import Template
from antigone.instance import Instance
from antigone.intake.filing import Agreed
from antigone.intake.tellers import Teller
from antigone.missing import consents, merging, relatives, reports, reviews, rules, services, speaking, withholding
from antigone.missing.errors import MissingError
from antigone.missing.models import Merge, Person, Portrait, Relative
from antigone.missing.records import PersonRecord
from tests import factories

AGREED = Agreed("2026-1", date(2026, 1, 5))


class Back(Exception):
    """Takes an example back, so that the next begins from the same records."""


def person(place: int) -> Person:
    return Person.objects.get(ref=f"M-{place}")


def giver(place: int) -> Relative:
    return Relative.objects.order_by("pk")[place]


def merged(place: int) -> None:
    merging.merge(person(place), person(1 - place), factories.operator(), reason="one person")


def taken_apart(place: int) -> None:
    merging.undo_merge(Merge.objects.latest("pk"), factories.operator(), reason="two persons")


def checked(place: int) -> None:
    speaking.identity_checked(person(place), factories.operator(), confirmed=False)


def added(place: int) -> None:
    number = Portrait.objects.count()
    new = factories.portrait(f"M-{place}", factories.unit(100 + number))
    giving = services.Giving(basis="family-consent", giver=giver(place))
    services.add_portraits(factories.holding(), factories.contract(), [new], giving, "operator:1")


def renewed(place: int) -> None:
    until = timezone.now().date() + timedelta(days=30 + place)
    reviews.renew(Portrait.objects.order_by("pk")[place], factories.operator(), until=until, reason="asked")


DEEDS: dict[str, Callable[[int], object]] = {
    "close as found": lambda place: reports.close_person(person(place), "found", factories.operator()),
    "close as withdrawn": lambda place: reports.close_person(person(place), "withdrawn", factories.operator()),
    "reopen": lambda place: reports.reopen_person(person(place), factories.operator()),
    "withdraw consent": lambda place: consents.withdraw_consent(giver(place), factories.operator()),
    "consent": lambda place: consents.record_consent(giver(place), AGREED, factories.operator()),
    "merge": merged,
    "take apart": taken_apart,
    "speak": lambda place: speaking.person_speaks(person(place), factories.operator()),
    "not they": checked,
    "add": added,
    "review": renewed,
    "follow": lambda place: withholding.follow_intake(),
}


def two_persons() -> None:
    """Two persons with a relative each, who gave a portrait; and one portrait each on a cited service basis."""
    who = factories.operator()
    for place in range(2):
        record = PersonRecord(ref=f"M-{place}")
        services.report_missing(factories.holding(), [record], services.Giving(basis="family-consent"), who.actor)
        told = relatives.record_relative(person(place), Teller(names=(f"Mother {place}",)), who)
        consents.record_consent(told, AGREED, who)
        for basis, seed in (("family-consent", place), ("own-service", 10 + place)):
            citation = "Order 12" if basis == "own-service" else ""
            giving = services.Giving(basis=basis, citation=citation, giver=told if not citation else None)
            new = factories.portrait(record.ref, factories.unit(seed))
            services.add_portraits(factories.holding(), factories.contract(), [new], giving, who.actor)


def check() -> None:
    portraits = {each.pk: each for each in Portrait.objects.select_related("person__report", "person__holding")}
    templates = list(Template.objects.all())
    assert {row.portrait for row in templates} == set(portraits)
    for row in templates:
        portrait = portraits[row.portrait]
        allowed = rules.searchable(
            portrait.person.report.state,
            portrait.basis,
            portrait.citation,
            withheld=portrait.withheld_at is not None,
        )
        assert row.searchable == allowed, portrait.person.report.state
        assert (row.person, row.holding) == (portrait.person_id, portrait.person.holding_id)
        assert row.until == rules.day_number(portrait.until)
        if portrait.person.merged_into_id is not None:
            assert not row.searchable
        if portrait.giver_id is not None and not consents.consents_now(portrait.giver):
            assert not row.searchable


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(0, 1)), max_size=10))
def test_what_is_searchable_is_what_may_be(instance: Instance, deeds: list[tuple[str, int]]) -> None:
    if not Person.objects.exists():
        two_persons()

    def example() -> None:
        for deed, place in deeds:
            with suppress(MissingError, Merge.DoesNotExist):
                DEEDS[deed](place)
            check()
        raise Back

    with pytest.raises(Back), transaction.atomic():
        example()
