"""Portraits: added once, sealed, followed by reports, erased to the last copy."""

from __future__ import annotations

import pytest

from antigone.access import services as access
from antigone.access.errors import Refused
from antigone.enrolment.models import Removal, Template
from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.missing import erasure, services
from antigone.missing.models import Person, PersonName, Portrait, Report
from antigone.missing.sources import PersonRecord
from antigone.vault import store
from antigone.vault.errors import KeyGone
from tests import factories

GIVING = services.Giving(basis="family-consent")


def test_a_portrait_is_added_once_and_sealed(instance: Instance) -> None:
    vector = factories.unit(1)
    new = factories.portrait("M-1", vector, b"the very bytes")
    added = [
        services.add_portraits(factories.holding(), factories.contract(), [new], GIVING, "operator:1") for _ in range(2)
    ]
    assert [(each.portraits, each.known, each.persons) for each in added] == [(1, 0, 1), (0, 1, 0)]
    portrait = Portrait.objects.get()
    assert store.open(str(portrait.pk)) == b"the very bytes"
    sealed = Template.objects.get()
    assert vector.tobytes() not in bytes(sealed.sealed)
    assert store.open_rows([(portrait.pk, bytes(sealed.sealed))]) == [vector.astype("<f4").tobytes()]
    assert Entry.objects.filter(action="missing:portrait:add", object=f"portrait:{portrait.pk}").count() == 1


def test_what_fails_leaves_nothing_behind(instance: Instance) -> None:
    good, bad = factories.portrait("M-1", factories.unit(1)), factories.portrait("M-2", factories.unit(2))
    broken = services.NewPortrait(bad.record, bad.sha256, "not bytes", bad.vector, {})  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        services.add_portraits(factories.holding(), factories.contract(), [good, broken], GIVING, "operator:1")
    assert not Portrait.objects.exists()
    assert not Template.objects.exists()
    assert [path for path in instance.vault.rglob("*") if path.is_file()] == []


def test_a_holding_of_one_person_says_that_it_approved_itself(instance: Instance) -> None:
    assert factories.holding().self_approved
    assert factories.holding().pk == factories.holding().pk


def test_names_keep_their_script(instance: Instance) -> None:
    record = PersonRecord(ref="M-1", names=("Ostap Vyr", "Остап Вир", "Östen"))
    services.report_missing(factories.holding(), [record], GIVING, "operator:1")
    assert dict(PersonName.objects.values_list("text", "script")) == {
        "Ostap Vyr": "Latn",
        "Остап Вир": "Cyrl",
        "Östen": "Latn",
    }


def test_a_closed_report_takes_the_portraits_out_and_an_open_one_brings_them_back(instance: Instance) -> None:
    factories.enrol({"M-1": factories.unit(1)})
    person = Person.objects.get()
    services.close_report(person, "found", "operator:1")
    assert not Template.objects.get().searchable
    services.reopen_report(person, "operator:1")
    assert Template.objects.get().searchable


def test_a_portrait_added_to_a_closed_report_waits(instance: Instance) -> None:
    factories.enrol({"M-1": factories.unit(1)})
    person = Person.objects.get()
    services.close_report(person, "withdrawn", "operator:1")
    new = [factories.portrait("M-1", factories.unit(2))]
    services.add_portraits(factories.holding(), factories.contract(), new, GIVING, "operator:1")
    assert not Template.objects.filter(searchable=True).exists()
    services.reopen_report(person, "operator:1")
    assert Template.objects.filter(searchable=True).count() == 2


def test_closing_twice_adds_nothing(instance: Instance) -> None:
    factories.enrol({"M-1": factories.unit(1)})
    person = Person.objects.get()
    services.close_report(person, "found", "operator:1")
    closed = Report.objects.get().closed_at
    services.close_report(person, "found", "operator:1")
    assert Report.objects.get().closed_at == closed
    assert Entry.objects.filter(action="missing:report:close").count() == 1


def test_a_cited_service_basis_stays_searchable(instance: Instance) -> None:
    giving = services.Giving(basis="own-service", citation="Order 12 on service identity")
    services.add_portraits(
        factories.holding(),
        factories.contract(),
        [factories.portrait("M-1", factories.unit(1))],
        giving,
        "operator:1",
    )
    assert services.close_report(Person.objects.get(), "found", "operator:1") == 1
    assert Template.objects.get().searchable
    assert services.close_report(Person.objects.get(), "withdrawn", "operator:1") == 0
    assert not Template.objects.get().searchable


def test_erasing_a_person_takes_rows_keys_files_and_payloads(instance: Instance) -> None:
    factories.enrol({"M-1": factories.unit(1), "M-2": factories.unit(2)})
    person = Person.objects.get(ref="M-1")
    portrait = Portrait.objects.get(person=person)
    template = Template.objects.get(portrait=portrait.pk).pk
    done = erasure.erase_person(person, factories.operator(), "withdrawn by the family")
    assert done == erasure.Erased(portraits=1, verified=True)
    assert not Person.objects.filter(ref="M-1").exists()
    assert not Report.objects.filter(person_id=person.pk).exists()
    assert Removal.objects.filter(template=template).exists()
    assert Template.objects.count() == 1
    with pytest.raises(KeyGone):
        store.open(str(portrait.pk))
    about = Entry.objects.filter(object=f"portrait:{portrait.pk}").order_by("pk")
    assert about[0].action == "missing:portrait:add"
    assert about[0].erased
    assert {entry.action for entry in about} >= {"missing:portrait:erase", "vault:key:destroy"}


def test_other_persons_stay_when_one_is_erased(instance: Instance) -> None:
    factories.enrol({"M-1": factories.unit(1), "M-2": factories.unit(2)})
    erasure.erase_person(Person.objects.get(ref="M-1"), factories.operator(), "withdrawn")
    left = Portrait.objects.get()
    assert store.open(str(left.pk)).startswith(b"portrait of M-2")


def test_what_was_withdrawn_does_not_come_back_with_the_next_enrolment(instance: Instance) -> None:
    into = factories.enrol({"M-1": factories.unit(1), "M-2": factories.unit(2)})
    erasure.erase_person(Person.objects.get(ref="M-1"), factories.operator(), "withdrawn")
    again = [factories.portrait("M-1", factories.unit(1)), factories.portrait("M-1", factories.unit(5))]
    added = services.add_portraits(into, factories.contract(), again, GIVING, "operator:1")
    assert (added.portraits, added.withdrawn) == (0, 2)
    assert services.report_missing(into, [PersonRecord(ref="M-1")], GIVING, "operator:1") == 0
    assert not Person.objects.filter(ref="M-1").exists()
    services.given_anew(into, "M-1", again[0].sha256, "operator:1")
    assert services.add_portraits(into, factories.contract(), again[:1], GIVING, "operator:1").portraits == 1
    assert Entry.objects.filter(action="missing:withdrawal:lift").count() == 1


def test_two_agencies_have_holdings_of_one_name_apart(instance: Instance) -> None:
    other = access.add_operator("second", access.found_agency("Another agency", "operator:1"), "operator:1")
    access.grant_role(other, "tracing-officer", "operator:1")
    mine, theirs = factories.holding("families"), services.open_holding("families", other)
    assert mine.pk != theirs.pk
    assert theirs.agency_id == other.agency_id


def test_a_second_person_approves_what_the_first_opened(instance: Instance) -> None:
    first = factories.operator()
    second = access.add_operator("second", first.agency, first.actor)
    access.grant_role(second, "tracing-officer", first.actor)
    opened = services.open_holding("families", first)
    assert opened.approved_at is None
    with pytest.raises(Refused):
        services.approve_holding(opened, first)
    services.approve_holding(opened, second)
    assert opened.approved_by == second.actor
    assert not opened.self_approved


def test_opening_a_holding_needs_the_permission(instance: Instance) -> None:
    nobody = access.add_operator("nobody", factories.operator().agency, "operator:1")
    with pytest.raises(Refused):
        services.open_holding("families", nobody)


def test_an_erased_person_is_in_no_list_of_what_could_not_be_used(instance: Instance) -> None:
    factories.enrol({"M-1": factories.unit(1)})
    listed = instance.reports / "enrolment-1.csv"
    listed.write_text("file,person_ref,reason,what_to_do\na.jpg,M-1,no-face,x\nb.jpg,M-2,no-face,x\n", encoding="utf-8")
    erasure.erase_person(Person.objects.get(ref="M-1"), factories.operator(), "withdrawn")
    assert "M-1" not in listed.read_text(encoding="utf-8")
    assert "M-2" in listed.read_text(encoding="utf-8")


def test_what_is_given_anew_is_taken_again(instance: Instance) -> None:
    into = factories.enrol({"M-1": factories.unit(1)})
    erasure.erase_person(Person.objects.get(ref="M-1"), factories.operator(), "withdrawn")
    anew = services.Giving(basis="family-consent", again=True)
    new = [factories.portrait("M-1", factories.unit(1))]
    assert services.add_portraits(into, factories.contract(), new, anew, "operator:1").portraits == 1
