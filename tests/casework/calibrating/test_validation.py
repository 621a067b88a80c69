"""Own closed cases: the list is held against the records, too few are refused, and only this unlocks words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from antigone.access.errors import Refused
from antigone.access.models import Mandate, RoleGrant
from antigone.access.rules import Role
from antigone.casework import services
from antigone.casework.calibrating import calibrations, validation
from antigone.casework.calibrating.closed_cases import found_in, read_list
from antigone.casework.calibrating.validation import NEEDED, validate
from antigone.casework.errors import CalibrationNotTaken, ClosedCasesFault
from antigone.casework.models import Case
from antigone.casework.searching import search
from antigone.casework.searching.reading import Clock, Given, Reading
from antigone.enrolment.models import Template
from antigone.evaluation.calibrating import LEAST_PEOPLE
from antigone.evaluation.errors import EvaluationError
from antigone.evidence import SourceKind
from antigone.evidence.calibration_file import write
from antigone.faces import EmbeddingContract
from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.missing import services as missing
from antigone.missing.models import Person, Portrait
from antigone.remains.services import Particulars
from tests import factories
from tests.casework.searching.test_search import reading

HEAD = "case,person_ref,identified_by,report\n"


@pytest.fixture(autouse=True)
def short_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Photographs of these tests carry their template in their bytes; no model reads them."""
    contract = EmbeddingContract("sface-2021dec", "0" * 64, factories.DIMENSION, "five points", "tests")

    def read(_: Any, given: Iterable[Given], *__: Any) -> list[Reading]:
        vectors = [np.frombuffer(each.original.removeprefix(b"photograph "), "<f4") for each in given]
        return [reading(vector) for vector in vectors]

    monkeypatch.setattr(calibrations, "shipped", tuple)
    monkeypatch.setattr(validation, "read_all", read)
    monkeypatch.setattr(validation, "engine", lambda _: SimpleNamespace(contract=contract, pipeline="plain"))


def closed(people: int, strangers: int = 0) -> str:
    """Enrol people, each with a case whose photograph is theirs, and strangers; returns the list of the cases."""
    vectors = {f"M-{n}": factories.unit(n) for n in range(people)}
    factories.enrol(vectors | {f"S-{n}": factories.unit(1000 + n) for n in range(strangers)})
    for n in range(people):
        photographed(f"C-{n}", n)
        services.close_case(f"C-{n}", factories.operator(), "identified by the laboratory")
    return HEAD + "".join(f"C-{n},M-{n},{('dna', 'prints', 'dental')[n % 3]},lab {n}\n" for n in range(people))


def photographed(code: str, seed: int) -> Case:
    case = services.open_case(code, "deceased", Particulars(), factories.operator())
    photo = [reading(factories.unit(500 + seed, near=factories.unit(seed), noise=0.6))]
    services.keep_photographs(case, photo, factories.operator())
    return case


def run(text: str) -> validation.Validation:
    return validate(text, factories.operator())


def test_own_cases_make_a_calibration_that_unlocks_words(instance: Instance) -> None:
    text = closed(NEEDED + 2, strangers=30)
    missing.close_report(Person.objects.get(ref="M-0"), "identified", "operator:1")
    missing.close_report(Person.objects.get(ref="S-0"), "found", "operator:1")
    found = run(text)
    made = found.fitted.calibration
    assert (found.cases, found.left_out, found.strangers, found.ages_known) == (NEEDED + 2, 0, 29, False)
    assert made.source is SourceKind.OWN_CASES
    assert made.people > made.mated == (NEEDED + 2) // 2 == made.held_out.mated
    assert "closed by dental, dna, prints" in made.data_name
    assert not any(code in write(made) for code in ("C-1", "M-1"))
    # What nobody has written yet is not entered, and what is not entered cannot be put in force.
    assert not Entry.objects.filter(action="casework:calibration:validate").exists()
    with pytest.raises(CalibrationNotTaken, match="knows no validation"):
        calibrations.put_in_force(write(made).encode(), factories.operator())
    validation.enter(found, factories.operator())
    (entry,) = Entry.objects.filter(action="casework:calibration:validate")
    assert entry.object == f"calibration:{made.digest}"
    assert entry.details is not None
    assert entry.details["methods"] == {"dental": 14, "dna": 14, "prints": 14}
    assert not calibrations.in_force(factories.operator().agency).calibrations
    # The same list gives the same calibration; and what the ledger knows can be put in force.
    assert run(text).fitted.calibration.digest == made.digest
    calibrations.put_in_force(write(made).encode(), factories.operator())
    case = photographed("NEW-1", 7)
    answer = search.answer_for(case, [reading(factories.unit(7))], factories.contract(), 5, Clock())
    evidence = answer.candidates[0].evidence
    assert evidence is not None
    assert evidence["level"] is not None
    assert evidence["why_no_level"] is None


def test_too_few_are_refused_with_the_number_needed_and_nothing_is_compared(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validation, "read_all", lambda *_: pytest.fail("something was compared"))
    with pytest.raises(ClosedCasesFault, match=rf"of 3 people, and {NEEDED} are needed: {LEAST_PEOPLE} to fit"):
        run(closed(3))


def test_children_are_left_out_and_counted(instance: Instance) -> None:
    text = closed(2)
    Person.objects.filter(ref="M-1").update(birth_date="2015", last_seen_on="2024-01-01")
    with pytest.raises(ClosedCasesFault, match=r"of 1 people \(1 left out"):
        run(text)


def test_children_among_the_strangers_are_compared_with_nobody(instance: Instance) -> None:
    text = closed(NEEDED, strangers=32)
    Person.objects.filter(ref="S-1").update(birth_date="2015", last_seen_on="2024-01-01")
    Person.objects.filter(ref="S-2").update(birth_date="1990")
    Portrait.objects.filter(person__ref="S-2").update(taken_on="1999")
    Person.objects.filter(ref="S-3").update(birth_date="1990", last_seen_on="2024-01-01")
    found = run(text)
    assert (found.children, found.strangers) == (2, 30)


def test_scores_that_tell_nothing_are_refused_and_logged(instance: Instance) -> None:
    text = closed(NEEDED, strangers=30)
    rows = text.splitlines()[1:]
    # Everybody is said to be their neighbour: the list is wrong, and a higher score would be weaker evidence.
    turned = [f"C-{n},M-{(n + 1) % NEEDED},{row.split(',', 2)[2]}" for n, row in enumerate(rows)]
    with pytest.raises(EvaluationError):
        run(HEAD + "\n".join(turned))
    assert Entry.objects.filter(action="casework:calibration:refuse").count() == 1
    assert not Entry.objects.filter(action="casework:calibration:validate").exists()


def test_only_the_board_validates_and_under_a_mandate(instance: Instance) -> None:
    text = closed(1)
    Mandate.objects.update(valid_until=datetime.now(UTC).date() - timedelta(days=1))
    with pytest.raises(Refused, match="no mandate"):
        run(text)
    RoleGrant.objects.filter(role=Role.BOARD_MEMBER).delete()
    with pytest.raises(Refused, match="may not put calibrations in force"):
        run(text)


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("", "no column case, person_ref, identified_by, report"),
        ("case,person_ref\nC-0,M-0\n", "no column identified_by, report"),
        (HEAD + "C-0,M-0,face,lab 1\n", "Line 2 .* no primary identifier"),
        (HEAD + "C-0,M-0,dna,\n", "Line 2 .* has no report"),
        (HEAD + ",M-0,dna,lab 1\n", "Line 2 .* has no case"),
        (HEAD + "C-0,M-0,dna,lab 1\nc-0,M-0,dna,lab 2\n", "Line 3 .* case of line 2 again"),
        (HEAD + "C-0,M-0,dna,a\x07b\n", "Line 2 .* control character"),
        (HEAD + '"C-0,M-0', "not CSV"),
        (HEAD + "\n\nC-0,M-0,face,lab 1\n", "Line 4 .* no primary identifier"),
        (HEAD + '"C-0","M\n-0",dna,lab 1\n', "Line 3 .* control character"),
        ("case,case,person_ref,identified_by,report\nC-1,C-0,M-0,dna,lab 1\n", "two columns case"),
        (HEAD + "NOWHERE,M-0,dna,lab 1\n", "Line 2 .* is not here"),
        (HEAD + "C-0,NOBODY,dna,lab 1\n", "Line 2 .*NOBODY"),
        (HEAD + "EMPTY,M-0,dna,lab 1\n", "Line 2 .* without a photograph"),
        (HEAD + "WARD-1,M-0,dna,lab 1\n", "Line 2 .* living person"),
        (HEAD + "C-0,BARE,dna,lab 1\n", "Line 2 .* without a portrait"),
        (HEAD + "C-0,GONE,dna,lab 1\n", "Line 2 .* withdrawn"),
        (HEAD + "OPEN,M-0,dna,lab 1\n", "Line 2 .* still open"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(instance: Instance, text: str, match: str) -> None:
    closed(1)
    who = factories.operator()
    services.open_case("EMPTY", "deceased", Particulars(), who)
    services.close_case("EMPTY", who, "buried")
    photographed("OPEN", 3)
    attested = Particulars(attested_by="Dr A", attested_at=datetime.now(UTC) - timedelta(hours=1))
    services.open_case("WARD-1", "unable-to-state-identity", attested, who)
    into = factories.enrol({"GONE": factories.unit(9)}, into=Person.objects.get(ref="M-0").holding)
    missing.report_missing(into, [missing.PersonRecord(ref="BARE")], missing.Giving("family-consent"), who.actor)
    missing.close_report(Person.objects.get(ref="GONE"), "withdrawn", who.actor)
    with pytest.raises(ClosedCasesFault, match=match) as refused:
        run(text)
    assert "Nothing was compared" in str(refused.value)


def test_columns_without_a_name_and_rows_too_long_move_nothing() -> None:
    (row,) = read_list("case,,person_ref,,identified_by,report\nC-0,x,M-0,y,DNA,lab 1,more\n")
    assert (row.case, row.person_ref, row.identified_by, row.report) == ("C-0", "M-0", "dna", "lab 1")


def test_a_reference_of_two_holdings_is_told_apart_by_its_holding(instance: Instance) -> None:
    closed(1)
    factories.enrol({"M-0": factories.unit(9)}, into=factories.holding("second"))
    agency = factories.operator().agency
    with pytest.raises(ClosedCasesFault, match="Several holdings"):
        found_in(read_list(HEAD + "C-0,M-0,dna,lab 1\n"), agency)
    named = read_list("case,person_ref,identified_by,report,holding\nC-0,M-0,DNA,lab 1,second\n")
    (found,) = found_in(named, agency)
    assert (found.person.holding.name, found.identified_by) == ("second", "dna")


def test_a_portrait_whose_end_has_passed_is_not_compared(instance: Instance) -> None:
    text = closed(NEEDED)
    Template.objects.filter(person=Person.objects.get(ref="M-0").pk).update(until=1)
    with pytest.raises(ClosedCasesFault, match="without a portrait that may be compared today"):
        run(text)
