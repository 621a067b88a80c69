"""Opening records as pages do it: permission first, and a refused living subject is in the ledger."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from antigone.access.errors import Refused
from antigone.access.rules import Role
from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.remains import opening, photographing, services
from antigone.remains.errors import BadCode, BadRecord, NotHere, RecordRefused, SubjectRefused
from antigone.remains.models import Photograph, Subject
from antigone.remains.services import NewPhotograph, Particulars
from tests.factories import operator
from tests.remains.staff import body, living, picture, staff, stranger

HOUR_AGO = datetime.now(UTC) - timedelta(hours=1)


def test_a_subject_is_recorded_for_the_recorders_agency(instance: Instance) -> None:
    recorder = staff("recorder", Role.FIELD_RECORDER)
    subject = opening.record(" LIMEN-A-001 ", "deceased", Particulars("river bank"), recorder)
    assert (subject.code, subject.agency_id) == ("LIMEN-A-001", recorder.agency_id)
    done = opening.complete(subject, Particulars(recovered_on=date(2026, 1, 5), attested_by="A"), recorder)
    assert (done.place, done.recovered_on) == ("river bank", date(2026, 1, 5))
    with pytest.raises(BadCode):
        opening.record("limen-a-001", "deceased", Particulars(), recorder)
    with pytest.raises(Refused):
        opening.record("LIMEN-A-002", "deceased", Particulars(), staff("board", Role.BOARD_MEMBER))
    with pytest.raises(NotHere):
        opening.complete(subject, Particulars(), stranger())


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("suspect", Particulars()),
        ("deceased", Particulars("x" * 201)),
        ("deceased", Particulars("a\x00b")),
        ("deceased", Particulars(recovered_on=date(2999, 1, 1))),
        ("deceased", Particulars(recovered_on=date(1, 1, 1))),
    ],
)
def test_what_cannot_be_kept_is_not(kind: str, given: Particulars, instance: Instance) -> None:
    with pytest.raises(BadRecord):
        opening.record("LIMEN-A-001", kind, given, operator())
    assert not Subject.objects.exists()


def test_a_living_subject_without_a_clinician_is_refused_and_it_is_known(instance: Instance) -> None:
    with pytest.raises(SubjectRefused):
        opening.record("WARD-1", "unable-to-state-identity", Particulars(), operator())
    assert Entry.objects.filter(action="remains:subject:refuse").count() == 1
    subject = living()
    opening.attest(subject, "Dr B", HOUR_AGO, operator())
    with pytest.raises(SubjectRefused):
        opening.attest(subject, "Dr B", HOUR_AGO - timedelta(days=4), operator())
    with pytest.raises(BadRecord):
        opening.attest(subject, "Dr\nB", HOUR_AGO, operator())
    assert subject.attestations.count() == 2
    assert Entry.objects.filter(action="remains:attestation:refuse").count() == 1
    tracing = staff("tracing", Role.TRACING_OFFICER)
    with pytest.raises(Refused):
        opening.attest(subject, "Dr B", HOUR_AGO, tracing)
    with pytest.raises(NotHere):
        opening.spoke(subject, stranger())


def test_when_they_speak_it_ends(instance: Instance) -> None:
    subject = living()
    services.add_photograph(subject, NewPhotograph("ab" * 32, picture()), operator().actor)
    assert len(opening.spoke(subject, operator())) == 1
    assert not Photograph.objects.exists()


def test_the_reviewer_erases_a_photograph_with_a_reason(instance: Instance) -> None:
    reviewer = staff("reviewer", Role.DATA_PROTECTION_REVIEWER)
    kept = services.add_photograph(body(), NewPhotograph("ab" * 32, picture()), operator().actor)
    with pytest.raises(RecordRefused):
        photographing.erase(kept, " ", reviewer)
    with pytest.raises(NotHere):
        photographing.erase(kept, "x", stranger())
    with pytest.raises(Refused):
        photographing.erase(kept, "x", staff("recorder", Role.FIELD_RECORDER))
    photographing.erase(kept, "of the wrong case", reviewer)
    assert not Photograph.objects.exists()
