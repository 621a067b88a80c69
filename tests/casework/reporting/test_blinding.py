"""Whoever reads how remains and a person compare examines no more, and nobody at blind work reads it."""

from __future__ import annotations

import pytest

from antigone.access.rules import Role
from tests.casework.blind_world import world
from tests.casework.deciding.board_world import member


def test_whoever_reads_it_cannot_examine_afterwards(monkeypatch: pytest.MonkeyPatch, instance: object) -> None:
    from antigone.casework.errors import ExaminationRefused, ReportRefused
    from antigone.casework.judging import triage
    from antigone.casework.reporting import blinding, making
    from antigone.missing.models import Person

    here = world(monkeypatch, count=2, later=0)
    person = Person.objects.get(ref="ref-000")
    both = member("Both", Role.MORTUARY_EXAMINER, Role.TRACING_OFFICER)
    concerned = blinding.cases_about(here.case.subject_id)
    assert blinding.ends_blindness(concerned, both)
    # A door that did not ask shows nothing.
    with pytest.raises(ReportRefused):
        making.body_person(here.case.pk, person.pk, both)
    blinding.forgo(concerned, both)
    assert making.body_person(here.case.pk, person.pk, both).content
    with pytest.raises(ExaminationRefused):
        triage.begin(here.search.pk, both)


def test_an_examiner_never_gets_it_before_sealing(monkeypatch: pytest.MonkeyPatch, instance: object) -> None:
    from antigone.access.errors import Refused
    from antigone.casework.errors import ReportRefused
    from antigone.casework.judging import triage
    from antigone.casework.reporting import blinding, making, reading
    from antigone.missing.models import Person

    here = world(monkeypatch, count=2, later=0)
    person = Person.objects.get(ref="ref-000")
    with pytest.raises(Refused):
        making.body_person(here.case.pk, person.pk, here.people[0])
    both = member("Both", Role.MORTUARY_EXAMINER, Role.TRACING_OFFICER)
    triage.begin(here.search.pk, both)
    concerned = blinding.cases_about(here.case.subject_id)
    with pytest.raises(ReportRefused, match="blind work"):
        blinding.forgo(concerned, both)
    # Nor does a list of reports say with whom the remains were compared.
    other = member("Reader", Role.TRACING_OFFICER)
    blinding.forgo(concerned, other)
    making.body_person(here.case.pk, person.pk, other)
    (line,) = reading.reports(both).lines
    assert line.about == here.case.code
    with pytest.raises(ReportRefused):
        reading.read(line.pk, both)


def test_a_case_about_another_part_of_the_same_body_is_no_longer_examined_either(instance: object) -> None:
    from antigone.casework.knowing import has_seen
    from antigone.casework.reporting import blinding
    from antigone.remains import associating
    from tests.casework.reporting import world as records
    from tests.web import found
    from tests.web.people import agencies_of

    ours = agencies_of().ours
    one, other = found.body(ours), found.body(ours)
    associating.associate([one, other], None, "one bag", found.staff(ours))
    cases = [records.case_about(one), records.case_about(other)]
    who = records.board(ours)
    blinding.forgo(blinding.cases_about(one.pk), who)
    assert all(has_seen(who, case.pk) for case in cases)
