"""Lists of persons and portraits: narrowed, paged to the last line, of what is open alone, in as many queries."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from antigone.access import services as access
from antigone.access.errors import Refused
from antigone.access.models import Operator
from antigone.instance import Instance
from antigone.missing import merging, queries, services
from antigone.missing.errors import NotHere, PersonRefused
from antigone.missing.models import Person, Portrait
from antigone.missing.queries import Filters
from antigone.missing.records import PersonRecord
from tests import factories

GIVING = services.Giving(basis="family-consent")


def report(*told: PersonRecord) -> None:
    services.report_missing(factories.holding(), told, GIVING, factories.operator().actor)


def many(number: int) -> None:
    report(*(PersonRecord(ref=f"M-{place}", names=(f"Name {place}", f"Other {place}")) for place in range(number)))


def refs(filters: Filters) -> set[str]:
    return {line.ref for line in queries.persons(factories.operator(), filters).lines}


def elsewhere() -> Operator:
    who = access.add_operator("elsewhere", access.found_agency("Another agency", "operator:1"), "operator:1")
    access.grant_role(who, "tracing-officer", "operator:1")
    return who


def test_pages_reach_every_person_once_the_last_recorded_first(instance: Instance) -> None:
    many(7)
    who, seen, after = factories.operator(), [], None
    while True:
        page = queries.persons(who, after=after, limit=3)
        seen += [line.ref for line in page.lines]
        after = page.after
        if after is None:
            break
    assert seen == [f"M-{place}" for place in reversed(range(7))]
    assert page.lines[0].names == ("Name 0", "Other 0")
    for cursor in ("x", "1.5", "-1", "9" * 30, "²"):
        with pytest.raises(PersonRefused):
            queries.persons(who, after=cursor)


def test_queries_do_not_grow_with_the_persons(instance: Instance) -> None:
    who, counted = factories.operator(), []
    for number in (2, 30):
        many(number)
        factories.enrol({f"M-{place}": factories.unit(place) for place in range(number)})
        with CaptureQueriesContext(connection) as asked:
            queries.persons(who, Filters(no_portrait=False))
            queries.portraits(who)
            queries.counts(who)
            queries.holdings_for(who)
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_a_list_is_narrowed(instance: Instance) -> None:
    this_year = timezone.now().date().year
    report(
        PersonRecord(ref="child", sex="female", birth_date=f"{this_year - 9}-02"),
        PersonRecord(ref="grown", sex="male", birth_date=str(this_year - 40)),
        PersonRecord(ref="unknown"),
    )
    factories.enrol({"grown": factories.unit(1)})
    services.close_report(Person.objects.get(ref="unknown"), "found", "operator:1")
    Person.objects.filter(ref="grown").update(review_on=timezone.now().date() + timedelta(days=3))
    assert refs(Filters(sex="female")) == {"child"}
    assert refs(Filters(state="found")) == {"unknown"}
    assert refs(Filters(age_from=30, age_to=50)) == {"grown"}
    assert refs(Filters(age_to=17)) == refs(Filters(minor=True)) == {"child"}
    assert refs(Filters(minor=False)) == {"grown", "unknown"}
    assert refs(Filters(no_portrait=True)) == {"child", "unknown"}
    assert refs(Filters(no_portrait=False)) == {"grown"}
    assert refs(Filters(review_due=True)) == {"grown"}
    assert refs(Filters(identity_check=True)) == set()
    assert refs(Filters(holding=factories.holding("empty").pk)) == set()
    lines = {line.ref: line for line in queries.persons(factories.operator()).lines}
    assert lines["child"].minor.flagged
    assert lines["grown"].ages is not None
    assert lines["grown"].ages[0] in (39, 40)
    assert lines["unknown"].ages is None
    with pytest.raises(PersonRefused):
        refs(Filters(state="'; drop table"))
    counts = queries.counts(factories.operator())
    assert (counts.open, counts.found, counts.without_portrait, counts.persons_due) == (2, 1, 1, 1)


def test_a_merged_record_is_shown_by_the_one_that_counts(instance: Instance) -> None:
    factories.enrol({"M-1": factories.unit(1), "M-2": factories.unit(2)})
    kept, absorbed = Person.objects.get(ref="M-1"), Person.objects.get(ref="M-2")
    merging.merge(kept, absorbed, factories.operator(), reason="one person")
    (line,) = queries.persons(factories.operator()).lines
    assert (line.ref, line.portraits) == ("M-1", 2)
    assert queries.person(factories.operator(), absorbed.pk).merged_into == kept
    assert [merge.kept for merge in queries.merges(absorbed)] == [kept]


def test_portraits_are_listed_with_their_digests(instance: Instance) -> None:
    factories.enrol({f"M-{place}": factories.unit(place) for place in range(5)})
    who, seen, after = factories.operator(), [], None
    while True:
        page = queries.portraits(who, after=after, limit=2)
        seen += [(line.person_ref, line.sha256) for line in page.lines]
        after = page.after
        if after is None:
            break
    assert sorted(seen) == sorted(Portrait.objects.values_list("person__ref", "sha256"))
    assert len(set(seen)) == 5
    one = Person.objects.get(ref="M-3")
    assert [line.person_ref for line in queries.portraits(who, one.pk).lines] == ["M-3"]
    for cursor in ("1", "x.y", f"1.{'g' * 32}"):
        with pytest.raises(PersonRefused):
            queries.portraits(who, after=cursor)


def test_another_agency_sees_nothing_and_who_may_not_read_is_refused(instance: Instance) -> None:
    factories.enrol({"M-1": factories.unit(1)})
    other, one, kept = elsewhere(), Person.objects.get(), Portrait.objects.get()
    assert queries.persons(other).lines == ()
    assert queries.portraits(other).lines == ()
    assert queries.counts(other).open == 0
    assert queries.holdings_for(other) == []
    for call in (
        lambda: queries.person(other, one.pk),
        lambda: queries.portrait(other, kept.pk),
        lambda: queries.holding(other, one.holding_id),
        lambda: queries.person(factories.operator(), 999),
        lambda: queries.relative(factories.operator(), 999),
    ):
        with pytest.raises(NotHere):
            call()
    nobody = access.add_operator("nobody", factories.operator().agency, "operator:1")
    for refused in (queries.persons, queries.portraits, queries.counts, queries.holdings_for):
        with pytest.raises(Refused):
            refused(nobody)


def test_born_in_a_leap_year_counts_from_the_day_after(instance: Instance) -> None:
    from antigone.missing import rules

    assert rules.birthday(date(2004, 2, 29), 18) == date(2022, 3, 1)
    assert rules.minor(date(2004, 2, 29), None, date(2022, 2, 28)).flagged
    assert not rules.minor(date(2004, 2, 29), None, date(2022, 3, 1)).flagged
