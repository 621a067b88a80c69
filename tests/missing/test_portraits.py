"""Portraits taken in one at a time, who may see them, and how a giver's word keeps them from every search."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image

from antigone.access import agreements
from antigone.access import services as access
from antigone.access.errors import Refused
from antigone.access.models import Operator
from antigone.demo import people
from antigone.description.given import Given
from antigone.enrolment import projection
from antigone.enrolment.contracts import engine
from antigone.enrolment.models import Template
from antigone.instance import Instance
from antigone.intake import services as intake
from antigone.intake.filing import About, Agreed, Filing, Likeness
from antigone.intake.models import EnquiryPortrait
from antigone.intake.tellers import Teller
from antigone.ledger.models import Entry
from antigone.missing import (
    consents,
    looking,
    portraits,
    queries,
    relatives,
    services,
    speaking,
    taking_up,
    tasks,
    withholding,
)
from antigone.missing.errors import NotHere, PersonRefused, PortraitRefused
from antigone.missing.models import Person, Portrait, Relative, TakenUp
from antigone.missing.records import PersonRecord
from antigone.missing.services import Giving
from antigone.missing.sources import from_folder
from antigone.vault import store
from tests import factories

GIVING = Giving(basis="family-consent", given_by="the mother")
AGREED = Agreed("2026-1", date(2026, 1, 5))


@pytest.fixture(scope="session")
def likeness() -> bytes:
    """A portrait that shows one face."""
    file = people.COHORT / "portraits" / "M-0001" / "1.jpg"
    if not file.is_file():
        pytest.skip("THE SYNTHETIC COHORT IS NOT HERE, so this test proves nothing")
    return file.read_bytes()


@pytest.fixture
def person(instance: Instance, models: Path) -> Iterator[Person]:
    """Somebody reported missing, of whom no portrait was given yet."""
    told = [PersonRecord(ref="M-1", names=("Ostap Vyr",))]
    services.report_missing(factories.holding(), told, GIVING, factories.operator().actor)
    yield Person.objects.select_related("holding", "report").get()
    projection.close_all()


def blank() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 640), (120, 90, 60)).save(out, "JPEG")
    return out.getvalue()


def mother(person: Person) -> Relative:
    told = Teller(names=("Olena Vyr",), relation="mother")
    given = relatives.record_relative(person, told, factories.operator(), reporter=True)
    consents.record_consent(given, AGREED, factories.operator())
    return given


def partner(*scopes: str) -> Operator:
    """Somebody of a second agency to which the first discloses these scopes."""
    agency = access.found_agency("Another agency", "operator:1")
    who = access.add_operator("elsewhere", agency, "operator:1")
    for role in ("administrator", "tracing-officer"):
        access.grant_role(who, role, "operator:1")
    if scopes:
        until = timezone.now().date() + timedelta(days=30)
        agreement = agreements.propose(factories.operator(), agency, scopes, "memorandum 4", until)
        agreements.accept(who, agreement)
    return who


def test_one_picture_is_added_sealed_and_searchable(person: Person, likeness: bytes) -> None:
    who = factories.operator()
    about = About(taken_on="2019-05", taken_by="a neighbour", shows="smiling, teeth seen")
    added = portraits.add_one(person, likeness, GIVING, who, about=about)
    assert (added.new, added.also) == (True, ())
    kept = Portrait.objects.get()
    assert (kept.taken_on, kept.shows, kept.given_by) == ("2019-05", "smiling, teeth seen", "the mother")
    assert store.open(str(kept.pk)) == likeness
    template = Template.objects.get(portrait=kept.pk)
    assert (template.person, template.searchable) == (person.pk, True)
    assert template.contract.digest == engine().contract.digest
    again = portraits.add_one(person, likeness, GIVING, who)
    assert (again.new, again.portrait.pk) == (False, kept.pk)


def test_what_is_no_portrait_is_refused_as_an_enrolment_would(person: Person, likeness: bytes) -> None:
    who = factories.operator()
    cases = {
        "no-face": (blank(), GIVING),
        "not-an-image": (b"<svg/>", GIVING),
        "empty": (b"", GIVING),
        "no-giver": (likeness, Giving(basis="family-consent")),
        "past-end": (likeness, Giving(basis="own-service", given_by="x", until=date(2020, 1, 1))),
        "no-basis": (likeness, Giving(basis="found-online", given_by="x")),
    }
    for reason, (data, giving) in cases.items():
        with pytest.raises(PortraitRefused) as told:
            portraits.add_one(person, data, giving, who)
        assert told.value.reason == reason
        assert told.value.sentence
    assert not Portrait.objects.exists()
    with pytest.raises(NotHere):
        portraits.add_one(person, likeness, GIVING, partner())


def test_what_was_withdrawn_comes_back_only_when_it_is_given_anew(person: Person, likeness: bytes) -> None:
    who = factories.operator()
    added = portraits.add_one(person, likeness, GIVING, who)
    services.erase_portraits(Portrait.objects.filter(pk=added.portrait.pk), who.actor, "asked")
    with pytest.raises(PortraitRefused) as told:
        portraits.add_one(person, likeness, GIVING, who)
    assert told.value.reason == "withdrawn"
    anew = Giving(basis="family-consent", given_by="the mother", again=True)
    assert portraits.add_one(person, likeness, anew, who).new


def test_the_same_picture_under_two_references_is_told(person: Person, likeness: bytes, tmp_path: Path) -> None:
    who = factories.operator()
    portraits.add_one(person, likeness, GIVING, who)
    services.report_missing(factories.holding(), [PersonRecord(ref="M-2")], GIVING, who.actor)
    other = Person.objects.get(ref="M-2")
    assert portraits.add_one(other, likeness, GIVING, who).also == ("M-1",)
    source = tmp_path / "in"
    source.mkdir()
    (source / "M-3.jpg").write_bytes(likeness)
    outcome = tasks.enrol(from_folder(source), "holding", GIVING, who, lambda done: None)
    assert outcome.added == 1
    assert [(each.file, each.person_ref, each.others) for each in outcome.shared] == [
        ("M-3.jpg", "M-3", ("M-1", "M-2"))
    ]
    assert outcome.report is not None
    assert "same-picture" in outcome.report.read_text(encoding="utf-8")


def test_a_giver_who_withdraws_takes_their_portraits_out_at_once(person: Person, likeness: bytes) -> None:
    who, giver = factories.operator(), mother(person)
    added = portraits.add_one(person, likeness, GIVING, who, giver=giver)
    assert consents.withdraw_consent(giver, who, "they wish it") == 1
    assert not Template.objects.get().searchable
    services.reopen_report(person, who.actor)
    assert not Template.objects.get().searchable
    assert not queries.live(timezone.now().date()).exists()
    with pytest.raises(PortraitRefused) as told:
        portraits.add_one(person, likeness[:-1] + b"\0", GIVING, who, giver=giver)
    assert told.value.reason == "no-consent"
    consents.record_consent(giver, Agreed("2026-1", date(2026, 2, 5)), who)
    assert Template.objects.get(portrait=added.portrait.pk).searchable


def test_a_partner_sees_what_an_agreement_covers_and_its_giver_shares(person: Person, likeness: bytes) -> None:
    who, giver, other = factories.operator(), mother(person), partner("portraits", "persons", "relatives")
    kept = portraits.add_one(person, likeness, GIVING, who, giver=giver).portrait
    with pytest.raises(NotHere):
        looking.opened(kept, other)
    consents.choose_shares(giver, ["partners"], who, partners=[other.agency_id])
    assert looking.opened(kept, other) == likeness
    assert queries.relatives(other, person) == [giver]
    consents.choose_shares(giver, ["own-agency"], who)
    with pytest.raises(NotHere):
        looking.looked_at_portrait(kept, other)
    assert queries.relatives(other, person) == []
    looks = Entry.objects.filter(action="missing:portrait:look", object=f"portrait:{kept.pk}")
    assert [entry.actor for entry in looks] == [other.actor]


def test_a_partner_without_agreement_sees_nothing(person: Person, likeness: bytes) -> None:
    giver, other = mother(person), partner()
    kept = portraits.add_one(person, likeness, GIVING, factories.operator(), giver=giver).portrait
    consents.choose_shares(giver, ["partners"], factories.operator(), partners=[other.agency_id])
    with pytest.raises(NotHere):
        looking.opened(kept, other)
    with pytest.raises(NotHere):
        looking.looked(person, other)
    reviewer = access.add_operator("reviewer", factories.operator().agency, "operator:1")
    access.grant_role(reviewer, "data-protection-reviewer", "operator:1")
    with pytest.raises(Refused):
        looking.opened(kept, reviewer)


def test_who_is_not_missing_is_searched_no_more(person: Person, likeness: bytes) -> None:
    who = factories.operator()
    service = Giving(basis="own-service", citation="Order 12", given_by="the staff")
    portraits.add_one(person, likeness, service, who)
    said = speaking.person_speaks(person, who)
    assert (said.report.state, said.identity_check_at is None) == ("found", False)
    assert not Template.objects.filter(searchable=True).exists()
    speaking.identity_checked(person, who, confirmed=False)
    assert Template.objects.filter(searchable=True).exists()
    with pytest.raises(PersonRefused):
        speaking.identity_checked(person, who, confirmed=True)


def enquiry(*pictures: bytes) -> intake.Filed:
    told = [
        ("name", Given({"kind": "current", "full": "Ivan Sych"}, basis="family-choice")),
        ("birth.date", Given("1990", basis="family-choice")),
    ]
    filing = Filing(
        Teller(names=("Halyna Sych",), relation="mother"),
        told,
        AGREED,
        portraits=[Likeness(data, About(taken_on="2020")) for data in pictures],
        shares=["tracing-agency", "partners"],
    )
    return intake.file(filing, factories.operator())


def test_an_enquiry_is_taken_up_once(instance: Instance, models: Path, likeness: bytes) -> None:
    who, into = factories.operator(), factories.holding()
    filed = enquiry(likeness, blank())
    taken = taking_up.take_up(filed.enquiry, who, into)
    assert (taken.new, taken.portraits, [each.reason for each in taken.unusable]) == (True, 1, ["no-face"])
    again = taking_up.take_up(filed.enquiry, who, into)
    assert (again.new, again.person.pk) == (False, taken.person.pk)
    person = Person.objects.get()
    assert (person.ref, person.birth_date) == (f"E-{filed.enquiry.reference}", "1990")
    assert {each.source for each in person.statements.all()} == {"Halyna Sych"}
    assert list(person.names.values_list("text", flat=True)) == ["Ivan Sych"]
    assert taken.relative is not None
    assert [each.audience for each in taken.relative.shares.all()] == ["tracing-agency"]
    kept = Portrait.objects.get()
    assert (kept.giver, kept.taken_on, kept.enquiry) == (taken.relative, "2020", filed.enquiry)
    assert EnquiryPortrait.objects.count() == 1
    filed.enquiry.refresh_from_db()
    assert filed.enquiry.stage == "registered"
    assert Template.objects.get().searchable
    projection.close_all()


def test_an_enquiry_that_is_withdrawn_takes_its_portraits_out(
    instance: Instance, models: Path, likeness: bytes
) -> None:
    who = factories.operator()
    filed = enquiry(likeness)
    taking_up.take_up(filed.enquiry, who, factories.holding())
    intake.withdraw_on_pages(filed.enquiry.reference, filed.secret)
    assert not Template.objects.get().searchable
    assert withholding.follow_intake() == 0
    assert withholding.release(Portrait.objects.all(), who.actor) == 0
    second = enquiry(likeness)
    intake.withdraw(second.enquiry, who)
    with pytest.raises(PersonRefused):
        taking_up.take_up(second.enquiry, who, factories.holding())
    assert TakenUp.objects.count() == 1
    projection.close_all()


def test_a_withdrawal_made_elsewhere_is_followed(instance: Instance, models: Path, likeness: bytes) -> None:
    filed = enquiry(likeness)
    taking_up.take_up(filed.enquiry, factories.operator(), factories.holding())
    type(filed.enquiry).objects.update(withdrawn_at=timezone.now())
    assert withholding.follow_intake() == 1
    assert not Template.objects.get().searchable
    projection.close_all()


def test_erasing_a_person_takes_the_enquiry_and_everything_said(
    instance: Instance, models: Path, likeness: bytes
) -> None:
    who = factories.operator()
    taken = taking_up.take_up(enquiry(likeness, blank()).enquiry, who, factories.holding())
    assert taken.relative is not None
    told = [f"person:{taken.person.pk}", f"relative:{taken.relative.pk}"]
    services.erase_person(taken.person, who.actor, "asked")
    from django.apps import apps

    rooms = [model for room in ("missing", "intake") for model in apps.get_app_config(room).get_models()]
    left = {model.__name__: model._default_manager.count() for model in rooms if model._default_manager.exists()}
    assert left == {"Holding": 1, "Withdrawal": 2}
    personal = Entry.objects.filter(object__in=told).exclude(payload=None)
    assert {entry.action for entry in personal} == {
        "missing:person:erase",
        "ledger:payload:erase",
        "missing:consent:record",
        "missing:enquiry:take-up",
        "missing:relative:record",
        "missing:share:choose",
    }
    projection.close_all()
