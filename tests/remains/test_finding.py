"""Subjects are found by codes, places, marks and papers; no claim and no stranger leads to them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from antigone.access.errors import Refused
from antigone.access.models import Operator
from antigone.access.rules import Role
from antigone.description.given import Given
from antigone.description.seeking import Reason
from antigone.instance import Instance
from antigone.remains import claims, codes, describing, documents, finding, recovering
from antigone.remains.claims import NewClaim
from antigone.remains.documents import NewDocument
from antigone.remains.models import Subject, SubjectToken
from tests.factories import operator
from tests.remains.staff import body, living, staff, stranger

CARD = NewDocument(
    "service-card", "left pocket", "A. Recorder", names_on_it="Щербак Євген", number_on_it="АА 123456", words="driver"
)


def refs(text: str, who: Operator | None = None) -> list[str]:
    return [hit.code for hit in finding.find(who or operator(), text)]


def filed() -> tuple[Subject, Subject]:
    """Two bodies, of which one carried a card, is marked, and is known elsewhere by another code."""
    first, second = body(), body("LIMEN-A-002")
    documents.add(first, CARD, operator())
    codes.add_alias(first, "Another bureau", "XK/77-4", None, operator())
    mark = {"kind": "tattoo", "region": "forearm", "side": "left", "words": "anchor and rope"}
    describing.state(first, "mark", Given(mark, how="observed", basis="statute", citation="code 1"), operator())
    return first, second


MEANT = (
    ("LIMEN-A-001", "LIMEN-A-001"),
    ("limen-a-001", "LIMEN-A-001"),
    ("limen a 002", "LIMEN-A-002"),
    ("001", "LIMEN-A-001"),
    ("2", "LIMEN-A-002"),
    ("xk/77", "LIMEN-A-001"),
    ("77-4", "LIMEN-A-001"),
    ("Евгений Щербак", "LIMEN-A-001"),
    ("Shcherb", "LIMEN-A-001"),
    ("anchor", "LIMEN-A-001"),
    ("tattoo", "LIMEN-A-001"),
    ("123456", "LIMEN-A-001"),
    ("river ba", "LIMEN-A-001"),
    ("river anchor", "LIMEN-A-001"),
)


def test_what_is_typed_finds_what_it_means(instance: Instance) -> None:
    filed()
    for typed, first in MEANT:
        assert refs(typed)[:1] == [first], typed
    assert [typed for typed in ("", "…", "Бетховен", "zz-999", "x" * 900) if refs(typed)] == []


def test_carried_by_is_not_is(instance: Instance) -> None:
    filed()
    (hit,) = finding.find(operator(), "Щербак")
    assert hit.because == (Reason.CARRIED,)
    assert hit.carried == ("Щербак Євген",)
    assert finding.find(operator(), "XK/77-4")[0].because == (Reason.CODE,)


def test_a_claim_leads_nobody_to_a_body(instance: Instance) -> None:
    first, _ = filed()
    told = NewClaim(
        claimant="N. Neighbour",
        named="Верещагін Павло",
        shown="photograph",
        said_on=first.recovered_on,
        heard_by="B. Officer",
    )
    claims.add(first, told, operator())
    finding.index(first)
    assert refs("Верещагін") == []
    assert not SubjectToken.objects.filter(token__startswith="veres").exists()


def test_what_was_withdrawn_leads_nowhere(instance: Instance) -> None:
    first, _ = filed()
    documents.withdraw(first.documents.get(), "of another body", operator())
    codes.end_alias(first.aliases.get(), "mistyped", operator())
    assert refs("Щербак") == []
    assert refs("77-4") == []


def test_another_agency_finds_nothing(instance: Instance) -> None:
    filed()
    assert refs("LIMEN-A-001", stranger()) == []


def test_the_living_are_found_by_those_who_care_for_them_or_trace(instance: Instance) -> None:
    living()
    assert refs("WARD-1", staff("examiner", Role.MORTUARY_EXAMINER)) == ["WARD-1"]
    assert refs("WARD-1", staff("board", Role.BOARD_MEMBER)) == []


def test_nobody_finds_without_the_permission(instance: Instance) -> None:
    filed()
    with pytest.raises(Refused):
        finding.find(staff("auditor", Role.AUDITOR), "LIMEN")


def test_index_all_files_what_is_not_filed(instance: Instance) -> None:
    filed()
    SubjectToken.objects.all().delete()
    assert finding.index_all() == 2
    assert finding.index_all() == 0
    assert finding.index_all(again=True) == 2
    assert refs("LIMEN-A-002")[:1] == ["LIMEN-A-002"]


def test_a_place_that_was_corrected_is_found(instance: Instance) -> None:
    first, _ = filed()
    site = recovering.add_site(recovering.NewSite(name="Вугледар", kind="field-grave"), operator())
    recovering.place_subject(first, operator(), site=site, recovery=None)
    assert refs("Вугледар") == refs("vuhle") == ["LIMEN-A-001"]


def test_what_stands_on_a_paper_leads_no_examiner_to_a_body(instance: Instance) -> None:
    first, second = filed()
    examiner, recorder = staff("examiner", Role.MORTUARY_EXAMINER), staff("recorder", Role.FIELD_RECORDER)
    for typed in ("Евгений Щербак", "Shcherb", "щербак", "123456", "АА 123456", "driver"):
        assert refs(typed, recorder) == ["LIMEN-A-001"], typed
        assert refs(typed, examiner) == [], typed
    for typed in ("anchor", "LIMEN-A-001", "xk/77", "river anchor"):
        assert refs(typed, examiner) == refs(typed, recorder), typed
    # A word of the body and one of the paper: what agrees is the body's word alone.
    assert [hit.carried for hit in finding.find(examiner, "anchor")] == [()]
    assert [hit.carried for hit in finding.find(recorder, "anchor")] == [("Щербак Євген",)]
    documents.add(second, replace(CARD, names_on_it="Чужий"), recorder)
    assert [hit.carried for hit in finding.duplicates(first, examiner)] == [()]
    assert [hit.carried for hit in finding.duplicates(first, recorder)] == [("Чужий",)]


def test_doubles_share_a_code_or_a_paper(instance: Instance) -> None:
    first, second = filed()
    assert finding.duplicates(second, operator()) == []
    codes.add_alias(second, "Another bureau still", "LIMEN-A-001", None, operator())
    documents.add(second, replace(CARD, names_on_it="", number_on_it="аа123456"), operator())
    (double,) = finding.duplicates(first, operator())
    assert double.code == "LIMEN-A-002"
    assert double.because == (Reason.CODE, Reason.CARRIED)


def test_every_question_is_answered_by_an_index(instance: Instance) -> None:
    first, _ = filed()
    who = operator()
    with CaptureQueriesContext(connection) as asked:
        finding.find(who, "LIMEN-A анкор")
        finding.duplicates(first, operator())
    looked = 0
    for each in asked:
        if 'FROM "remains_' in each["sql"] and each["sql"].startswith("SELECT"):
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN QUERY PLAN " + each["sql"])
                plan = [row[3] for row in cursor.fetchall()]
            assert not [step for step in plan if step.startswith("SCAN remains_")], (each["sql"], plan)
            looked += any(step.startswith("SEARCH remains_subjecttoken") for step in plan)
    assert looked > 3
