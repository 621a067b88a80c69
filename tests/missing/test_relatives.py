"""Relatives, kin among the missing, and what registers say: recorded, changed with trace, taken back."""

from __future__ import annotations

from datetime import date

import pytest

from antigone.access import services as access
from antigone.access.errors import Refused
from antigone.access.models import Operator
from antigone.evidence.withheld import families
from antigone.instance import Instance
from antigone.intake.filing import Agreed
from antigone.intake.tellers import Contact, Teller
from antigone.ledger.models import Entry
from antigone.missing import consents, kinship, registers, relatives, services
from antigone.missing.errors import NotHere, PersonRefused
from antigone.missing.models import Consent, Kinship, Person, RegisterFact, Relative, RelativeChange, Share
from antigone.missing.records import PersonRecord
from antigone.missing.registers import Entered
from antigone.missing.relatives import BadRelative, StaleRelative
from tests import factories

MOTHER = Teller(
    names=("Olena Vyr", "Олена Вир"),
    relation="mother",
    contacts=(Contact("phone", "+380 44 000 00 00"),),
    language="uk",
    preferred="phone",
    contact_by=("own-agency",),
)
AGREED = Agreed("2026-1", date(2026, 1, 5), "signed")


def person(ref: str = "M-1") -> Person:
    giving = services.Giving(basis="family-consent")
    services.report_missing(factories.holding(), [PersonRecord(ref=ref)], giving, factories.operator().actor)
    return Person.objects.get(ref=ref)


def elsewhere() -> Operator:
    who = access.add_operator("elsewhere", access.found_agency("Another agency", "operator:1"), "operator:1")
    access.grant_role(who, "tracing-officer", "operator:1")
    return who


def test_a_relative_is_recorded_as_they_say_and_the_ledger_names_nobody(instance: Instance) -> None:
    kept = relatives.record_relative(person(), MOTHER, factories.operator(), reporter=True)
    kept.refresh_from_db()
    assert Teller.of({name: getattr(kept, name) for name in relatives.COLUMNS}) == MOTHER
    assert kept.may_be_contacted
    entry = Entry.objects.get(action="missing:relative:record")
    assert "Vyr" not in entry.payload
    assert "380" not in entry.payload


def test_what_a_record_said_before_is_kept_beside_it(instance: Instance) -> None:
    who = factories.operator()
    kept = relatives.record_relative(person(), MOTHER, who)
    anew = Teller(names=MOTHER.names, relation="mother", adverse=True)
    changed = relatives.change_relative(kept, anew, who, expects=1)
    assert (changed.version, changed.adverse, changed.may_be_contacted) == (2, True, False)
    assert RelativeChange.objects.get().before["contacts"] == [{"channel": "phone", "value": "+380 44 000 00 00"}]
    with pytest.raises(StaleRelative) as told:
        relatives.change_relative(kept, MOTHER, who, expects=1)
    assert told.value.current.version == 2
    assert relatives.change_relative(kept, anew, who, expects=2).version == 2
    with pytest.raises(BadRelative) as bad:
        relatives.change_relative(kept, Teller(names=("x" * 201,)), who)
    assert set(bad.value.parts) == {"names"}


def test_consent_has_its_wording_and_ends_with_everything_chosen(instance: Instance) -> None:
    who = factories.operator()
    kept = relatives.record_relative(person(), MOTHER, who)
    other = elsewhere()
    consents.record_consent(kept, AGREED, who)
    consents.record_consent(kept, AGREED, who)
    consents.choose_shares(kept, ["tracing-agency", "partners"], who, partners=[other.agency_id])
    assert Consent.objects.count() == 1
    assert Share.objects.filter(ended_at=None).count() == 2
    consents.withdraw_consent(kept, who, "asked by telephone")
    assert not consents.consents_now(kept)
    assert not Share.objects.filter(ended_at=None).exists()
    assert Consent.objects.get().withdrawn_reason == "asked by telephone"
    for audiences, partners in ((["press"], []), (["partners"], []), ([], [other.agency_id]), (["partners"], [999])):
        with pytest.raises(PersonRefused):
            consents.choose_shares(kept, audiences, who, partners=partners)
    with pytest.raises(PersonRefused):
        consents.record_consent(kept, Agreed("", date(2026, 1, 5)), who)


def test_kin_are_listed_together_whoever_was_said_to_be_whose(instance: Instance) -> None:
    who = factories.operator()
    one, two, three = person("M-1"), person("M-2"), person("M-3")
    first = kinship.record_kinship(one, two, "twin", who, said_by="their mother")
    assert kinship.record_kinship(two, one, "twin", who) == first
    kinship.record_kinship(three, one, "parent", who)
    assert kinship.record_kinship(one, three, "parent", who).pk != first.pk
    related = kinship.relatives_of([one.pk, two.pk, three.pk])
    assert related == {one.pk: (two.pk, three.pk), two.pk: (one.pk,), three.pk: (one.pk,)}
    named = {str(key): [str(kin) for kin in found] for key, found in related.items()}
    assert len(families([str(three.pk), str(two.pk), str(one.pk)], named)) == 1
    kinship.end_kinship(first, who)
    assert two.pk not in kinship.relatives_of([two.pk])
    assert Kinship.objects.count() == 3
    with pytest.raises(PersonRefused):
        kinship.record_kinship(one, one, "twin", who)
    with pytest.raises(PersonRefused):
        kinship.record_kinship(one, two, "suspect", who)


def test_registers_are_recorded_with_their_numbers(instance: Instance) -> None:
    who, missed = factories.operator(), person()
    ruling = Entered("court-missing", "Court of Kyiv", "2-о/757/1", "2024-05", "declared missing")
    fact = registers.record_fact(missed, ruling, who)
    assert (fact.number, fact.dated) == ("2-о/757/1", "2024-05")
    registers.end_fact(fact, who, reason="quashed")
    assert RegisterFact.objects.get().end_reason == "quashed"
    for bad in (Entered("rumour", "x"), Entered("court-dead", " "), Entered("court-dead", "x", dated="2024-13")):
        with pytest.raises(PersonRefused):
            registers.record_fact(missed, bad, who)
    entry = Entry.objects.get(action="missing:register:record")
    services.erase_person(missed, who.actor, "asked")
    entry.refresh_from_db()
    assert entry.erased


def test_another_agency_finds_nobody(instance: Instance) -> None:
    who, other, missed = factories.operator(), elsewhere(), person()
    kept = relatives.record_relative(missed, MOTHER, who)
    kin = kinship.record_kinship(missed, person("M-2"), "sibling", who)
    fact = registers.record_fact(missed, Entered("police-report", "Police"), who)
    for call in (
        lambda: relatives.record_relative(missed, MOTHER, other),
        lambda: relatives.change_relative(kept, MOTHER, other),
        lambda: consents.record_consent(kept, AGREED, other),
        lambda: consents.withdraw_consent(kept, other),
        lambda: consents.choose_shares(kept, [], other),
        lambda: kinship.end_kinship(kin, other),
        lambda: registers.end_fact(fact, other, reason="why"),
    ):
        with pytest.raises(NotHere):
            call()
    nobody = access.add_operator("nobody", who.agency, "operator:1")
    with pytest.raises(Refused):
        relatives.record_relative(missed, MOTHER, nobody)


def test_an_erased_person_leaves_no_relative(instance: Instance) -> None:
    who, missed = factories.operator(), person()
    kept = relatives.record_relative(missed, MOTHER, who)
    consents.record_consent(kept, AGREED, who)
    consents.withdraw_consent(kept, who, "because of her son")
    relatives.change_relative(kept, Teller(names=("Olena",)), who)
    kinship.record_kinship(missed, person("M-2"), "sibling", who)
    withdrawal = Entry.objects.get(action="missing:consent:withdraw")
    services.erase_person(missed, who.actor, "asked")
    for model in (Relative, RelativeChange, Consent, Share, Kinship):
        assert not model._default_manager.exists()
    withdrawal.refresh_from_db()
    assert withdrawal.erased
    assert Person.objects.count() == 1
