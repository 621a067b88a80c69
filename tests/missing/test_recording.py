"""A missing person recorded by hand: whole or not at all; their report closed as found or withdrawn alone."""

from __future__ import annotations

import pytest

from antigone.access import services as access
from antigone.access.errors import Refused
from antigone.description.errors import BadStatement
from antigone.description.given import Given
from antigone.instance import Instance
from antigone.intake.tellers import Teller
from antigone.ledger.models import Entry
from antigone.missing import finding, queries, recording, reports, services
from antigone.missing.errors import NotHere, PersonRefused
from antigone.missing.models import Holding, Person, Relative, Statement
from antigone.missing.recording import NewPerson
from antigone.missing.relatives import BadRelative
from tests import factories

MOTHER = Teller(names=("Olena Vyr",), relation="mother")


def named(text: str = "Ostap Vyr") -> list[tuple[str, Given]]:
    value = {"kind": "current", "full": text}
    return [("name", Given(value, basis="family-choice")), ("birth.date", Given("1987", basis="family-choice"))]


def test_a_person_is_recorded_with_who_reports_them(instance: Instance) -> None:
    done = recording.record_person(factories.holding(), NewPerson(named(), reporter=MOTHER), factories.operator())
    assert (done.report.state, done.report.given_by, done.birth_date) == ("open", "Olena Vyr", "1987")
    assert done.ref
    reporter = Relative.objects.get()
    assert (reporter.person, reporter.reporter, reporter.may_be_contacted) == (done, True, False)
    assert Entry.objects.filter(action="missing:report:open").count() == 1


def test_doubles_are_warned_of_and_never_barred(instance: Instance) -> None:
    who, into = factories.operator(), factories.holding()
    first = recording.record_person(into, NewPerson(named(), ref="M-1"), who)
    second = recording.record_person(into, NewPerson(named("Остап Вир"), ref="M-2"), who)
    assert [hit.ref for hit in finding.duplicates(second)] == [first.ref]


def test_what_cannot_be_kept_keeps_nothing(instance: Instance) -> None:
    who, into = factories.operator(), factories.holding()
    bad = [*named(), ("birth.place", Given("x" * 5000, basis="family-choice"))]
    with pytest.raises(BadStatement):
        recording.record_person(into, NewPerson(bad, reporter=MOTHER), who)
    with pytest.raises(BadRelative):
        recording.record_person(into, NewPerson(named(), reporter=Teller()), who)
    with pytest.raises(PersonRefused):
        recording.record_person(into, NewPerson(named(), ref="a\0b"), who)
    for model in (Person, Relative, Statement):
        assert not model._default_manager.exists()
    recording.record_person(into, NewPerson(named(), ref="M-1"), who)
    with pytest.raises(PersonRefused):
        recording.record_person(into, NewPerson(named(), ref=" M-1 "), who)
    services.erase_person(Person.objects.get(), who.actor, "asked")
    with pytest.raises(PersonRefused):
        recording.record_person(into, NewPerson(named(), ref="M-1"), who)


def test_reports_are_closed_by_hand_as_found_or_withdrawn_alone(instance: Instance) -> None:
    who = factories.operator()
    person = recording.record_person(factories.holding(), NewPerson(named()), who)
    for state in ("identified", "merged", "open"):
        with pytest.raises(PersonRefused):
            reports.close_person(person, state, who)
    assert reports.close_person(person, "found", who) == 0
    reports.reopen_person(person, who)
    assert queries.counts(who).open == 1


def test_who_may_record_and_where(instance: Instance) -> None:
    into = factories.holding()
    other = access.add_operator("other", access.found_agency("Another", "operator:1"), "operator:1")
    access.grant_role(other, "tracing-officer", "operator:1")
    with pytest.raises(NotHere):
        recording.record_person(into, NewPerson(named()), other)
    person = recording.record_person(into, NewPerson(named()), factories.operator())
    with pytest.raises(NotHere):
        reports.close_person(person, "found", other)
    nobody = access.add_operator("nobody", factories.operator().agency, "operator:1")
    with pytest.raises(Refused):
        recording.record_person(into, NewPerson(named()), nobody)
    for name in ("", "  ", "x" * 121, "a\nb"):
        with pytest.raises(PersonRefused):
            services.open_holding(name, factories.operator())
    assert Holding.objects.count() == 1
