"""Two records of one person: merged into one, and taken apart exactly as they were."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antigone.access import services as access
from antigone.access.errors import Refused
from antigone.description.statements import Given, current
from antigone.enrolment import projection
from antigone.enrolment.models import Template
from antigone.gallery import Where
from antigone.instance import Instance
from antigone.intake.filing import Agreed
from antigone.intake.tellers import Teller
from antigone.ledger.models import Entry
from antigone.missing import consents, describing, erasure, kinship, merging, relatives, services
from antigone.missing.errors import MergeRefused, NoSuchRecord, NotHere
from antigone.missing.models import (
    Holding,
    Kinship,
    Merge,
    Person,
    PersonName,
    Portrait,
    RegisterFact,
    Relative,
    Report,
    Statement,
    Withdrawal,
)
from antigone.missing.records import PersonRecord
from tests import factories

WHY = "the same tattoo and the same mother"
FOLLOWED = (Person, PersonName, Statement, Portrait, Report, Relative, RegisterFact, Kinship)


def family(value: object) -> Given:
    return Given(value, basis="family-choice")


def portrait(record: PersonRecord, seed: int, data: bytes = b"") -> services.NewPortrait:
    original = data or f"{record.ref} {seed}".encode()
    return services.NewPortrait(
        record, hashlib.sha256(original).hexdigest(), original, factories.unit(seed), {"quality": {}}
    )


def two(first: PersonRecord | None = None, second: PersonRecord | None = None) -> tuple[Person, Person]:
    """Two persons with a portrait each, and one picture that both have."""
    one, other = first or PersonRecord(ref="M-1"), second or PersonRecord(ref="M-2")
    new = [
        portrait(one, 1),
        portrait(one, 3, b"the same picture"),
        portrait(other, 2),
        portrait(other, 3, b"the same picture"),
    ]
    giving = services.Giving(basis="family-consent", given_by="their mother")
    services.add_portraits(factories.holding(), factories.contract(), new, giving, factories.operator().actor)
    return Person.objects.get(ref=one.ref), Person.objects.get(ref=other.ref)


def rows() -> dict[str, list[dict[str, Any]]]:
    """Everything that a merge may touch, as it stands."""
    said = {model.__name__: list(model._default_manager.order_by("pk").values()) for model in FOLLOWED}
    said["Template"] = list(
        Template.objects.order_by("pk").values("pk", "portrait", "person", "holding", "searchable", "until")
    )
    return said


def searched() -> dict[int, set[str]]:
    """Whom a search of everything finds, and by which portraits."""
    held = projection.of(factories.contract())
    hits = held.search(factories.unit(2)[None], 10, Where(holdings=None, on=20_000))
    found = dict(Template.objects.values_list("pk", "portrait"))
    return {int(person): {str(found[int(best)])} for person, best in zip(hits.persons, hits.best_ids, strict=True)}


def test_merged_records_are_found_as_one_and_taken_apart_again(instance: Instance) -> None:
    kept, absorbed = two()
    who = factories.operator()
    before, found = rows(), searched()
    assert set(found) == {kept.pk, absorbed.pk}
    done = merging.merge(kept, absorbed, who, reason=WHY)
    assert set(searched()) == {kept.pk}
    assert Portrait.objects.filter(person=kept).count() == 3
    assert Template.objects.filter(person=kept.pk, searchable=True).count() == 3
    assert not Template.objects.get(person=absorbed.pk).searchable
    assert Report.objects.get(person=absorbed).state == "merged"
    merging.undo_merge(done, who, reason="two brothers")
    assert rows() == before
    assert searched() == found
    assert Entry.objects.filter(object=f"person:{kept.pk}", action__startswith="missing:person:").count() == 2
    projection.close_all()


def test_what_both_say_stays_and_what_one_alone_says_moves(instance: Instance) -> None:
    kept, absorbed = two(
        PersonRecord(ref="M-1", names=("Ostap Vyr",), birth_date="03.05.1987"),
        PersonRecord(ref="M-2", names=("Ostap Vyr", "Остап Вир"), birth_date="1988", last_seen_place="Bakhmut"),
    )
    who = factories.operator()
    before = rows()
    done = merging.merge(kept, absorbed, who, reason=WHY)
    kept.refresh_from_db()
    assert (kept.birth_date, kept.last_seen_place) == ("03.05.1987", "Bakhmut")
    assert sorted(kept.names.values_list("text", flat=True)) == ["Ostap Vyr", "Остап Вир"]
    assert set(current(Statement, kept)) == {"name", "birth.date", "event.place"}
    assert current(Statement, absorbed)["birth.date"][0].value == "1988"
    merging.undo_merge(done, who, reason="two brothers")
    assert rows() == before


def test_what_was_said_since_goes_where_it_belongs(instance: Instance) -> None:
    kept, absorbed = two(PersonRecord(ref="M-1"), PersonRecord(ref="M-2", last_seen_place="Bakhmut"))
    who = factories.operator()
    done = merging.merge(kept, absorbed, who, reason=WHY)
    describing.state(kept, "event.place", family("Soledar"), who)
    describing.state(kept, "desc.eye_colour", family("brown"), who)
    new = portrait(PersonRecord(ref="M-1"), 9)
    giving = services.Giving(basis="family-consent")
    services.add_portraits(Holding.objects.get(), factories.contract(), [new], giving, who.actor)
    merging.undo_merge(done, who, reason="two brothers")
    kept.refresh_from_db()
    absorbed.refresh_from_db()
    assert (kept.last_seen_place, absorbed.last_seen_place) == ("", "Soledar")
    assert "desc.eye_colour" in current(Statement, kept)
    assert Portrait.objects.get(sha256=new.sha256).person == kept


def test_what_is_enrolled_under_the_old_reference_comes_to_the_record_that_counts(instance: Instance) -> None:
    kept, absorbed = two()
    who = factories.operator()
    merging.merge(kept, absorbed, who, reason=WHY)
    new = [portrait(PersonRecord(ref="M-2"), 9), portrait(PersonRecord(ref="M-2"), 2)]
    giving = services.Giving(basis="family-consent")
    added = services.add_portraits(Holding.objects.get(), factories.contract(), new, giving, who.actor)
    assert (added.portraits, added.known, added.persons) == (1, 1, 0)
    assert Portrait.objects.filter(person=kept).count() == 4
    describing.state(absorbed, "desc.eye_colour", family("brown"), who)
    assert "desc.eye_colour" in current(Statement, kept)
    services.close_report(absorbed, "found", who.actor)
    assert not Template.objects.filter(searchable=True).exists()


def test_a_report_that_was_closed_since_closes_both(instance: Instance) -> None:
    kept, absorbed = two()
    who = factories.operator()
    done = merging.merge(kept, absorbed, who, reason=WHY)
    services.close_report(kept, "found", who.actor)
    merging.undo_merge(done, who, reason="two brothers")
    assert set(Report.objects.values_list("state", flat=True)) == {"found"}
    assert not Template.objects.filter(searchable=True).exists()


def test_relatives_and_what_they_gave_move_along(instance: Instance) -> None:
    kept, absorbed = two()
    who = factories.operator()
    mother = relatives.record_relative(absorbed, Teller(names=("Olena Vyr",), relation="mother"), who)
    consents.record_consent(mother, Agreed("2026-1", date(2026, 1, 1)), who)
    Portrait.objects.filter(person=absorbed).update(giver=mother)
    third = Person.objects.create(ref="M-3", holding=kept.holding)
    Report.objects.create(person=third, reported_at=timezone.now())
    kinship.record_kinship(absorbed, third, "sibling", who)
    before = rows()
    done = merging.merge(kept, absorbed, who, reason=WHY)
    mother.refresh_from_db()
    assert mother.person == kept
    assert kinship.relatives_of([kept.pk, third.pk]) == {kept.pk: (third.pk,), third.pk: (kept.pk,)}
    merging.undo_merge(done, who, reason="two brothers")
    assert rows() == before


@pytest.mark.parametrize("case", ["itself", "kin", "one-closed", "withdrawn", "not-approved", "no-reason"])
def test_what_cannot_be_merged(instance: Instance, case: str) -> None:
    kept, absorbed = two()
    who = factories.operator()
    reason = WHY
    if case == "itself":
        absorbed = kept
    elif case == "kin":
        kinship.record_kinship(kept, absorbed, "twin", who)
    elif case == "one-closed":
        services.close_report(absorbed, "found", who.actor)
    elif case == "withdrawn":
        services.close_report(absorbed, "withdrawn", who.actor)
        services.close_report(kept, "withdrawn", who.actor)
    elif case == "not-approved":
        other = factories.holding("another")
        Holding.objects.filter(pk=other.pk).update(approved_by="", approved_at=None)
        Person.objects.filter(pk=absorbed.pk).update(holding=other)
    else:
        reason = "  "
    before = rows()
    with pytest.raises(MergeRefused):
        merging.merge(kept, absorbed, who, reason=reason)
    assert rows() == before
    assert not Merge.objects.exists()


def test_a_merge_is_undone_once_and_from_the_last_to_the_first(instance: Instance) -> None:
    kept, absorbed = two()
    who = factories.operator()
    third = Person.objects.create(ref="M-3", holding=kept.holding)
    Report.objects.create(person=third, reported_at=timezone.now())
    first = merging.merge(kept, absorbed, who, reason=WHY)
    second = merging.merge(third, kept, who, reason=WHY)
    with pytest.raises(MergeRefused, match="merged into another"):
        merging.undo_merge(first, who, reason="no")
    merging.undo_merge(second, who, reason="no")
    merging.undo_merge(first, who, reason="no")
    with pytest.raises(MergeRefused, match="already"):
        merging.undo_merge(first, who, reason="no")


def test_erasing_the_kept_record_takes_both_and_neither_comes_back(instance: Instance) -> None:
    kept, absorbed = two()
    who = factories.operator()
    merging.merge(kept, absorbed, who, reason=WHY)
    with pytest.raises(NoSuchRecord, match="merged into"):
        erasure.erase_person(absorbed, who, "asked")
    done = erasure.erase_person(kept, who, "asked")
    assert done == erasure.Erased(portraits=4, verified=True)
    assert not any(model._default_manager.exists() for model in FOLLOWED)
    assert not Merge.objects.exists()
    again = [portrait(PersonRecord(ref=ref), 2) for ref in ("M-1", "M-2")]
    giving = services.Giving(basis="family-consent")
    added = services.add_portraits(Holding.objects.get(), factories.contract(), again, giving, who.actor)
    assert (added.portraits, added.withdrawn) == (0, 2)
    assert Withdrawal.objects.count() == 5


def test_who_may_merge(instance: Instance) -> None:
    kept, absorbed = two()
    clerk = access.add_operator("clerk", factories.operator().agency, "operator:1")
    access.grant_role(clerk, "bureau-clerk", "operator:1")
    with pytest.raises(Refused):
        merging.merge(kept, absorbed, clerk, reason=WHY)
    other = access.add_operator("other", access.found_agency("Another", "operator:1"), "operator:1")
    access.grant_role(other, "tracing-officer", "operator:1")
    with pytest.raises(NotHere):
        merging.merge(kept, absorbed, other, reason=WHY)
    done = merging.merge(kept, absorbed, factories.operator(), reason=WHY)
    with pytest.raises(NotHere):
        merging.undo_merge(done, other, reason="no")


TEXTS = st.sampled_from(["", "Bakhmut", "Soledar"])
DATES = st.sampled_from(["", "1987", "03.05.1987", "the year of the flood"])
NAMES = st.lists(st.sampled_from(["Ostap Vyr", "Остап Вир", "Ostap Wyr"]), max_size=3, unique=True)
RECORDS = st.builds(
    PersonRecord,
    ref=st.just("M"),
    names=NAMES.map(tuple),
    sex=st.sampled_from(["male", "female", "unknown"]),
    birth_date=DATES,
    stature_cm=st.sampled_from([None, 170, 181]),
    marks=st.sampled_from(["", "a scar", " a scar "]),
    last_seen_place=TEXTS,
)
STATED = st.lists(
    st.sampled_from(
        [
            ("event.place", "Kreminna"),
            ("event.place", None),
            ("mark", {"kind": "scar", "region": "chest"}),
            ("mark", {"kind": "tattoo", "region": "throat"}),
            ("name", {"kind": "alias", "full": "Ostap Vyr"}),
            ("name", {"kind": "alias", "full": "Ostap"}),
            ("birth.date", "1988"),
            ("effect", {"item": "ring"}),
        ]
    ),
    max_size=4,
)


class Back(Exception):
    """Takes an example back, so that the next begins from the same records."""


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=RECORDS, other=RECORDS, said=STATED, said_too=STATED)
def test_a_merge_undone_is_no_change(
    instance: Instance,
    one: PersonRecord,
    other: PersonRecord,
    said: list[tuple[str, Any]],
    said_too: list[tuple[str, Any]],
) -> None:
    who = factories.operator()

    def example() -> None:
        kept, absorbed = two(
            PersonRecord(**{**one.__dict__, "ref": "M-1"}), PersonRecord(**{**other.__dict__, "ref": "M-2"})
        )
        for person, lines in ((kept, said), (absorbed, said_too)):
            for key, value in lines:
                meant = family(value) if value else Given(None, basis="family-choice", certainty="unknown")
                describing.state(person, key, meant, who)
        before = rows()
        done = merging.merge(kept, absorbed, who, reason=WHY)
        # Neither record has two statements of one key, and every statement is of one of the two.
        assert Statement.objects.filter(person__in=[kept, absorbed]).count() == len(before["Statement"])
        merging.undo_merge(done, who, reason="two brothers")
        assert rows() == before
        raise Back

    with pytest.raises(Back), transaction.atomic():
        example()


def test_vectors_stay_bound_to_their_portraits(instance: Instance) -> None:
    kept, absorbed = two()
    who = factories.operator()
    sealed = dict(Template.objects.values_list("portrait", "sealed"))
    done = merging.merge(kept, absorbed, who, reason=WHY)
    assert dict(Template.objects.values_list("portrait", "sealed")) == sealed
    merging.undo_merge(done, who, reason="no")
    assert dict(Template.objects.values_list("portrait", "sealed")) == sealed
