"""Subjects: only the dead, body parts, and the living who cannot state their identity while a clinician says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.remains import services
from antigone.remains.errors import BadCode, SubjectRefused
from antigone.remains.models import Photograph, Subject, SubjectKind
from antigone.remains.rules import attestation_fault, code_fault, missing_particulars
from antigone.remains.services import NewPhotograph, Particulars
from antigone.vault import store
from antigone.vault.errors import KeyGone
from antigone.vault.tasks import complete_shreds

LIVING = SubjectKind.UNABLE.value


def hours_ago(hours: float) -> datetime:
    return datetime.now(UTC) - timedelta(hours=hours)


@pytest.mark.parametrize("code", ["LIMEN-A-001", "2026/17", "a", "Пр-А-001", "X.1"])
def test_codes_that_can_stand_on_a_tag(code: str) -> None:
    assert code_fault(code) is None


@pytest.mark.parametrize("code", ["", " ", "-A", "A-", "A B", "A\nB", "A\n", "a" * 121, "../x", "A/"])
def test_codes_that_cannot(code: str, instance: Instance) -> None:
    with pytest.raises(BadCode):
        services.open_subject(code, "deceased", Particulars(), "operator:1")
    assert not Subject.objects.exists()


def test_an_attestation_holds_for_72_hours() -> None:
    now = datetime.now(UTC)
    assert attestation_fault("Dr A", now - timedelta(hours=72), now) is None
    assert attestation_fault("Dr A", now - timedelta(hours=72, seconds=1), now) is not None
    assert attestation_fault("Dr A", now + timedelta(hours=1), now) is not None
    assert attestation_fault("", now, now) is not None
    assert attestation_fault("Dr A", None, now) is not None


def test_a_living_subject_needs_a_clinician(instance: Instance) -> None:
    for given in (Particulars(), Particulars(attested_by="Dr A", attested_at=hours_ago(73))):
        with pytest.raises(SubjectRefused):
            services.open_subject("WARD-1", LIVING, given, "operator:1")
    assert not Subject.objects.exists()
    subject = services.open_subject(
        "WARD-1", LIVING, Particulars(attested_by="Dr A", attested_at=hours_ago(1)), "operator:1"
    )
    assert services.searchable_fault(subject) is None


def test_an_attestation_that_ran_out_ends_the_search_until_it_is_given_again(instance: Instance) -> None:
    subject = services.open_subject(
        "WARD-1", LIVING, Particulars(attested_by="Dr A", attested_at=hours_ago(71)), "operator:1"
    )
    subject.attestations.update(attested_at=hours_ago(73))
    assert "72 hours" in (services.searchable_fault(subject) or "")
    services.attest(subject, "Dr B", hours_ago(0), "operator:1")
    assert services.searchable_fault(subject) is None


def test_when_the_person_speaks_the_search_ends_and_the_photographs_go(instance: Instance) -> None:
    subject = services.open_subject(
        "WARD-1", LIVING, Particulars(attested_by="Dr A", attested_at=hours_ago(1)), "operator:1"
    )
    services.add_photograph(subject, NewPhotograph("ab" * 32, b"photograph"), "operator:1")
    gone = services.person_spoke(subject, "operator:1")
    assert len(gone) == 1
    assert not Photograph.objects.exists()
    subject.refresh_from_db()
    assert "wishes decide" in (services.searchable_fault(subject) or "")
    with pytest.raises(SubjectRefused):
        services.attest(subject, "Dr A", hours_ago(0), "operator:1")


def test_nobody_attests_for_the_dead(instance: Instance) -> None:
    subject = services.open_subject("LIMEN-A-001", "deceased", Particulars(), "operator:1")
    with pytest.raises(SubjectRefused):
        services.attest(subject, "Dr A", hours_ago(1), "operator:1")
    with pytest.raises(SubjectRefused):
        services.person_spoke(subject, "operator:1")


def test_a_photograph_is_sealed_once(instance: Instance) -> None:
    subject = services.open_subject("LIMEN-A-001", "deceased", Particulars(), "operator:1")
    first = services.add_photograph(subject, NewPhotograph("ab" * 32, b"photograph"), "operator:1")
    again = services.add_photograph(subject, NewPhotograph("ab" * 32, b"photograph", [{"turn": 90}]), "operator:1")
    assert first.pk == again.pk
    assert again.faces == [{"turn": 90}]
    assert store.open(str(first.pk)) == b"photograph"


def test_a_draft_says_what_is_missing() -> None:
    assert missing_particulars("deceased", "", None, "") == (
        "place of recovery",
        "date of recovery",
        "name of the attestor",
    )
    assert len(missing_particulars("deceased", " ", None, "\t")) == 3
    assert missing_particulars("deceased", "river bank", "2026-01-01", "A. Recorder") == ()
    assert missing_particulars(LIVING, "", None, "") == ()


def test_an_erased_photograph_cannot_be_opened(instance: Instance) -> None:
    subject = services.open_subject("LIMEN-A-001", "deceased", Particulars(), "operator:1")
    kept = services.add_photograph(subject, NewPhotograph("ab" * 32, b"photograph"), "operator:1")
    assert services.erase_photographs(subject.photographs.all(), "operator:1", "wrong case") == [str(kept.pk)]
    complete_shreds()
    with pytest.raises(KeyGone):
        store.open(str(kept.pk))


def test_choosing_another_face_is_in_the_ledger_and_the_same_again_is_not(instance: Instance) -> None:
    subject = services.open_subject("LIMEN-A-001", "deceased", Particulars(), "operator:1")
    for chosen in (0, 1, 1):
        services.add_photograph(
            subject, NewPhotograph("ab" * 32, b"photograph", faces=[{}, {}], chosen=chosen), "operator:1"
        )
    assert Entry.objects.filter(action="remains:photograph:choose").count() == 1


def test_speaking_twice_adds_nothing(instance: Instance) -> None:
    subject = services.open_subject(
        "WARD-1", LIVING, Particulars(attested_by="Dr A", attested_at=hours_ago(1)), "operator:1"
    )
    services.person_spoke(subject, "operator:1")
    assert services.person_spoke(subject, "operator:1") == []
    assert Entry.objects.filter(action="remains:subject:spoke").count() == 1
    opened = Entry.objects.get(action="remains:subject:open")
    assert opened.erased
