"""Missing persons are found as one types, in any script, by their agency and those it discloses to, and nobody else."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from antigone.access import services as access
from antigone.access.errors import Refused
from antigone.access.models import Agreement, Operator
from antigone.access.scope import Scope
from antigone.description import seeking
from antigone.description.seeking import Reason
from antigone.instance import Instance
from antigone.missing import finding, services
from antigone.missing.models import Person, PersonName, PersonToken, Portrait, Report, ReportState
from antigone.missing.records import PersonRecord
from tests import factories

GIVING = services.Giving(basis="family-consent", citation="form 3")
TOLD = (
    PersonRecord(ref="KH-0017", names=("Ющенко Олександр Іванович",), sex="male", birth_date="1985-02-11"),
    PersonRecord(ref="KH-0018", names=("Щербак Євген",), sex="male", marks="татуювання тризуб на плечі"),
    PersonRecord(ref="KH-0019", names=("محمد عبد الله", "Mohammed Abdullah"), effects="silver ring with initials"),
    PersonRecord(ref="KH-0020", names=("Зеленська Ганна",), sex="female", last_seen_place="Маріуполь"),
    PersonRecord(ref="KH-0021", names=("Шевченко Олександр",), sex="male"),
)


def tell(told: Sequence[PersonRecord] = TOLD, holding: str = "holding") -> dict[str, Person]:
    """Report these persons missing and file them."""
    into = factories.holding(holding)
    services.report_missing(into, list(told), GIVING, factories.operator().actor)
    found = {person.ref: person for person in Person.objects.filter(holding=into)}
    finding.index_many(found.values())
    return found


def elsewhere() -> Operator:
    """Somebody of another agency who may read there."""
    who = access.add_operator("elsewhere", access.found_agency("Another agency", "operator:1"), "operator:1")
    access.grant_role(who, "tracing-officer", "operator:1")
    return who


def refs(text: str, who: Operator | None = None) -> list[str]:
    return [hit.ref for hit in finding.find(who or factories.operator(), text)]


MEANT = (
    ("Олександр Ющенко", "KH-0017"),
    ("Александр Ющенко", "KH-0017"),
    ("Aleksandr Iushchenko", "KH-0017"),
    ("yushch", "KH-0017"),
    ("ющ", "KH-0017"),
    ("Iouchtchenko", "KH-0017"),
    ("ющенко алекс", "KH-0017"),
    ("Evgenii Scherbak", "KH-0018"),
    ("Yevhen Shcherb", "KH-0018"),
    ("тризуб", "KH-0018"),
    ("щербак тризуб", "KH-0018"),
    ("Mohamed Abd Allah", "KH-0019"),
    ("Мохаммед Абдулла", "KH-0019"),
    ("silver ring", "KH-0019"),
    ("Зеленский Анна", "KH-0020"),
    ("мариуполь", "KH-0020"),
    ("kh-0021", "KH-0021"),
    ("0021", "KH-0021"),
    ("21", "KH-0021"),
)


def test_what_is_typed_finds_whom_it_means(instance: Instance) -> None:
    tell()
    for typed, first in MEANT:
        assert refs(typed)[:1] == [first], typed


def test_a_whole_number_comes_before_one_that_begins_so(instance: Instance) -> None:
    tell([PersonRecord(ref=f"B-{number:06d}") for number in (217, 21, 2100, 121, 210)])
    assert refs("21")[0] == refs("0021")[0] == refs("b-000021")[0] == refs("000021")[0] == "B-000021"
    assert "B-000121" not in refs("21")


def test_a_hit_says_why(instance: Instance) -> None:
    tell()
    hit = finding.find(factories.operator(), "Александр Ющенко")[0]
    assert hit.because == (Reason.NAME,)
    assert hit.names == ("Ющенко Олександр Іванович",)
    assert (hit.birth_date, hit.state, hit.holding) == ("1985-02-11", ReportState.OPEN, "holding")
    assert Reason.TEXT in finding.find(factories.operator(), "тризуб")[0].because
    assert finding.find(factories.operator(), "KH-0017")[0].because == (Reason.CODE,)


def test_a_shared_given_name_comes_after_the_whole_name(instance: Instance) -> None:
    tell()
    found = finding.find(factories.operator(), "Олександр Ющенко")
    assert [hit.ref for hit in found] == ["KH-0017", "KH-0021"]
    assert found[0].likeness > 0.9 > found[1].likeness


NOBODY = ("", "   ", "…", "%", "Бетховен", "zz-999", "\x00", "'; DROP TABLE", "ا" * 900)


def test_nothing_is_found_for_what_means_nobody(instance: Instance) -> None:
    tell()
    assert [typed for typed in NOBODY if refs(typed)] == []


def test_another_agency_finds_nobody_until_an_agreement_discloses(instance: Instance) -> None:
    tell()
    who = elsewhere()
    assert refs("Ющенко", who) == []
    assert refs("KH-0017", who) == []
    now = timezone.now()
    Agreement.objects.create(
        discloses=factories.operator().agency,
        receives=who.agency,
        proposing=factories.operator().agency,
        scopes=[Scope.PERSONS.value],
        citation="memorandum 7",
        valid_from=now.date(),
        valid_until=now.date(),
        proposed_by="operator:1",
        proposed_at=now,
        accepted_by="operator:2",
        accepted_at=now,
    )
    assert refs("Ющенко", who) == ["KH-0017"]


def test_nobody_finds_without_the_permission(instance: Instance) -> None:
    tell()
    who = access.add_operator("auditor", factories.operator().agency, "operator:1")
    access.grant_role(who, "auditor", "operator:1")
    with pytest.raises(Refused):
        finding.find(who, "Ющенко")


def test_what_was_withdrawn_is_not_found(instance: Instance) -> None:
    person = tell()["KH-0017"]
    Report.objects.filter(person=person).update(state=ReportState.WITHDRAWN)
    assert refs("Ющенко") == []
    finding.index(Person.objects.get(pk=person.pk))
    assert not PersonToken.objects.filter(person=person).exists()
    assert finding.index_all() == 0


def test_words_go_with_their_person(instance: Instance) -> None:
    person = tell()["KH-0018"]
    Report.objects.filter(person=person).delete()
    person.delete()
    assert refs("Щербак") == []
    assert not PersonToken.objects.filter(token__startswith="shcherb").exists()


def test_indexing_twice_changes_nothing_and_follows_the_record(instance: Instance) -> None:
    person = tell()["KH-0018"]
    before = sorted(PersonToken.objects.filter(person=person).values_list("kind", "token"))
    finding.index(person)
    assert sorted(PersonToken.objects.filter(person=person).values_list("kind", "token")) == before
    PersonName.objects.create(person=person, text="Коваль Євген", script="Cyrl")
    finding.index(person)
    assert refs("Коваль") == ["KH-0018"]
    PersonName.objects.filter(person=person, text="Щербак Євген").delete()
    finding.index(person)
    assert refs("Щербак") == []


def test_a_merged_record_leads_to_the_one_that_counts(instance: Instance) -> None:
    people = tell((*TOLD, PersonRecord(ref="OLD-5", names=("Юшченко О. І.",))))
    Person.objects.filter(ref="OLD-5").update(merged_into=people["KH-0017"])
    assert refs("OLD-5") == ["KH-0017"]
    hit = finding.find(factories.operator(), "OLD-5")[0]
    assert hit.through == ("OLD-5",)
    assert refs("Ющенко").count("KH-0017") == 1


def test_pages_follow_each_other(instance: Instance) -> None:
    tell([PersonRecord(ref=f"P-{number:03d}", names=(f"Бойко Іван {number}",)) for number in range(45)])
    who, seen, after = factories.operator(), [], None
    while page := finding.find(who, "бойко", limit=20, after=after):
        seen += [hit.ref for hit in page]
        after = page[-1].cursor
    assert len(seen) == len(set(seen)) == 45
    assert len(finding.find(who, "бойко", after="not a cursor")) == 20


def test_index_all_goes_on_where_it_was_stopped(instance: Instance) -> None:
    tell([PersonRecord(ref=f"P-{number:03d}") for number in range(450)])
    PersonToken.objects.all().delete()
    done: list[int] = []

    def stop(number: int) -> None:
        done.append(number)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        finding.index_all(stop)
    assert PersonToken.objects.values("person").distinct().count() == done[0] < 450
    assert finding.index_all() == 450 - done[0]
    assert finding.index_all() == 0
    assert finding.index_all(again=True) == 450


def test_doubles_are_warned_of(instance: Instance) -> None:
    people = tell(
        (
            *TOLD,
            PersonRecord(ref="D-1", names=("Александр Ющенко",), sex="male", birth_date="1985"),
            PersonRecord(ref="D-2", names=("Aleksandr Iushchenko",), sex="male", birth_date="1991-05-05"),
            PersonRecord(ref="D-3", names=("Oleksandr Yushchenko",)),
            PersonRecord(ref="D-4", names=("Олександра Ющенко",), sex="female"),
        )
    )
    doubles = finding.duplicates(people["KH-0017"])
    assert {hit.ref for hit in doubles} == {"D-1", "D-3"}
    assert all(hit.because == (Reason.NAME,) for hit in doubles)
    assert finding.duplicates(people["KH-0018"]) == []


def test_doubles_are_warned_of_before_a_record_is_made(instance: Instance) -> None:
    tell()
    who = factories.operator()
    assert [hit.ref for hit in finding.alike(who, ["Aleksandr Iushchenko"], "male", "1985")] == ["KH-0017"]
    assert finding.alike(who, ["Aleksandr Iushchenko"], "male", "1991") == []
    assert finding.alike(who, ["Aleksandr Iushchenko"], "female", "") == []
    assert finding.alike(who, ["Ющенко", ""], "unknown", "") == []
    assert finding.alike(elsewhere(), ["Aleksandr Iushchenko"], "male", "1985") == []


def test_the_same_picture_under_two_references_is_a_double(instance: Instance) -> None:
    people = tell()
    for ref in ("KH-0018", "KH-0020"):
        Portrait.objects.create(
            pk=uuid.uuid4(), person=people[ref], sha256="a" * 64, basis="family-consent", added_at=timezone.now()
        )
    (double,) = finding.duplicates(people["KH-0018"])
    assert (double.ref, double.because) == ("KH-0020", (Reason.PORTRAIT,))


def test_every_question_is_answered_by_an_index(instance: Instance) -> None:
    tell()
    who, person = factories.operator(), Person.objects.select_related("holding").get(ref="KH-0017")
    with CaptureQueriesContext(connection) as asked:
        finding.find(who, "Олександр ющ")
        finding.duplicates(person)
    assert_indexed([each["sql"] for each in asked])


def assert_indexed(statements: list[str]) -> None:
    """No statement about records of missing persons reads a whole table."""
    looked = 0
    for sql in statements:
        if 'FROM "missing_' in sql and sql.startswith("SELECT"):
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN QUERY PLAN " + sql)
                plan = [row[3] for row in cursor.fetchall()]
            assert not [step for step in plan if step.startswith("SCAN missing_")], (sql, plan)
            looked += any(step.startswith("SEARCH missing_persontoken") for step in plan)
    assert looked > 3


def test_a_word_that_very_many_share_costs_no_more_questions(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell()
    who = factories.operator()

    def found() -> tuple[list[str], int]:
        with CaptureQueriesContext(connection) as asked:
            hits = finding.find(who, "Oleksandr Yushchenko")
        return [hit.ref for hit in hits], len(asked)

    rare = found()
    assert rare[0][0] == "KH-0017"
    monkeypatch.setattr(seeking, "MOST_ROWS", 2)
    common = found()
    assert common[1] == rare[1]
    assert common[0][0] == "KH-0017", "and the other word still tells them apart"
