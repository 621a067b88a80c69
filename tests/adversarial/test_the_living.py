"""A person who can speak again: nothing about them is taken in, found or searched from then on."""

from __future__ import annotations

import dataclasses
import hashlib

import pytest
from django.utils import timezone

from antigone.access.rules import Role
from antigone.enrolment.models import Template
from antigone.intake.filing import Agreed
from antigone.missing import consents, merging, reports, speaking
from antigone.missing import services as services_of_missing
from antigone.missing.errors import MergeRefused
from antigone.missing.services import Giving
from antigone.remains import claims, codes, documents, finding, open_source, photographing, services
from antigone.remains.errors import RecordRefused, SubjectRefused
from antigone.remains.models import FoundDocument, OpenSourceItem, Photograph, SubjectToken
from antigone.remains.open_source import NewItem
from antigone.remains.photographing import Taking
from antigone.remains.services import NewPhotograph
from tests.factories import contract, portrait, unit
from tests.remains.staff import living, picture, staff
from tests.web import missed
from tests.web.people import Agencies


def test_what_is_read_while_they_speak_is_not_kept(agencies: Agencies, monkeypatch: pytest.MonkeyPatch) -> None:
    """A photograph is decoded for seconds; who speaks in that time is not photographed after it."""
    subject, who = living(), staff("nurse", Role.FIELD_RECORDER)
    from antigone.imaging import decode

    def slowly(data: bytes) -> object:
        services.person_spoke(subject, who.actor)
        return decode(data)

    monkeypatch.setattr(photographing, "decode", slowly)
    with pytest.raises((RecordRefused, SubjectRefused)):
        photographing.add(subject, picture(), Taking(), who)
    assert not Photograph.objects.exists()


def test_nothing_more_is_recorded_of_who_speaks(agencies: Agencies) -> None:
    subject = living()
    who = staff("everything", *Role)
    services.person_spoke(subject, who.actor)
    subject.refresh_from_db()
    found = documents.NewDocument("identity-card", "in the coat", "a nurse", names_on_it="Ivan Kovalenko")
    with pytest.raises(RecordRefused):
        documents.add(subject, found, who, picture())
    new = NewItem("page.example/1", timezone.now(), "a colleague saw it", "nothing else is known", True)
    with pytest.raises(RecordRefused):
        open_source.propose(subject, new, picture(), who)
    claim = claims.NewClaim("A neighbour", "Ivan Kovalenko", "photograph", timezone.now().date(), "a nurse")
    with pytest.raises(RecordRefused):
        claims.add(subject, claim, who)
    with pytest.raises(SubjectRefused):
        services.add_photograph(subject, NewPhotograph("0" * 64, picture()), who.actor)
    assert not FoundDocument.objects.exists()
    assert not OpenSourceItem.objects.exists()


def test_who_speaks_is_found_by_no_word_again(agencies: Agencies) -> None:
    subject = living("WARD-7")
    who = staff("everything", *Role)
    document = documents.add(subject, documents.NewDocument("identity-card", "in the coat", "a nurse", "Taras"), who)
    assert finding.find(who, "Taras")
    services.person_spoke(subject, who.actor)
    # What touches the record later, and an upgrade that files every record anew, do not bring it back.
    documents.withdraw(document, "it is theirs", who)
    alias = codes.add_alias(subject, "Hospital", "H-1", None, who)
    codes.end_alias(alias, "no more", who)
    finding.index_all()
    finding.index_all(again=True)
    assert not SubjectToken.objects.filter(subject=subject).exists()
    assert not finding.find(who, "Taras")
    assert not finding.find(who, "WARD-7")


def test_who_says_that_they_are_not_missing_is_not_searched_again_by_another_door(agencies: Agencies) -> None:
    person = missed.person(agencies.ours)
    tracer = missed.tracer(agencies.ours)
    relative = person.relatives.get()
    first = Giving(basis="family-consent", giver=relative)
    consents.record_consent(relative, Agreed("1", timezone.now().date()), tracer)
    services_of_missing.add_portraits(person.holding, contract(), [portrait(person.ref, unit(7))], first, tracer.actor)
    assert Template.objects.filter(person=person.pk, searchable=True).count() == 1
    speaking.person_speaks(person, tracer)
    consents.record_consent(relative, Agreed("2", timezone.now().date()), tracer)
    cited = portrait(person.ref, unit(8))
    for given in (
        Giving(basis="family-consent", giver=relative), Giving(basis="own-service", citation="Order 1"),
    ):  # fmt: skip
        new = dataclasses.replace(cited, sha256=hashlib.sha256(given.basis.encode()).hexdigest())
        services_of_missing.add_portraits(person.holding, contract(), [new], given, tracer.actor)
    reports.reopen_person(person, tracer)
    # Nor does the check get lost with a record that is made one with another.
    twin = missed.person(agencies.ours)
    for kept, absorbed in ((person, twin), (twin, person)):
        with pytest.raises(MergeRefused):
            merging.merge(kept, absorbed, tracer, reason="one passport")
    assert Template.objects.filter(person=person.pk).count() == 3
    assert not Template.objects.filter(person=person.pk, searchable=True).exists()
    speaking.identity_checked(person, tracer, confirmed=False)
    assert Template.objects.filter(person=person.pk, searchable=True).count() == 3
