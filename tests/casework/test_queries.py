"""Lists of cases: what each waits for, whose they are, and that a page costs the same however many there are."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from antigone.access import services as access
from antigone.access.errors import Refused
from antigone.access.models import Operator
from antigone.access.rules import Role
from antigone.casework import queries, services
from antigone.casework.errors import CaseExists, NotHere
from antigone.casework.models import Case, RankedView, Search
from antigone.casework.narrowing import Filters
from antigone.casework.queries import CaseLine
from antigone.casework.waiting import Standing, Wait, waits
from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.remains import associating
from antigone.remains import services as remains
from antigone.remains.models import Photograph, Subject, SubjectKind
from antigone.remains.services import Particulars
from tests import factories

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
FULL = Particulars("quay", date(2026, 3, 20), "A. R.")


def opened(code: str, kind: str = SubjectKind.DECEASED, given: Particulars = FULL) -> Case:
    return services.open_case(code, kind, given, factories.operator())


def photographed(case: Case, sha256: str = "a" * 64, at: datetime | None = None) -> None:
    Photograph.objects.create(subject=case.subject, sha256=sha256, added_at=at or timezone.now(), added_by="operator:1")


def searched(case: Case, *, none_of_these: bool = False, at: datetime | None = None) -> Search:
    return Search.objects.create(
        case=case, actor="operator:1", at=at or timezone.now(), contract="c" * 64, generation=1,
        none_of_these=none_of_these, answer={"candidates": [], "photos": []}, answer_sha256="d" * 64,
    )  # fmt: skip


def line_of(who: Operator, code: str) -> CaseLine:
    """A case by its code, as this person reads it in a list."""
    (line,) = queries.lines_of([queries.case(who, code)], who)
    return line


def tracer() -> Operator:
    """Somebody of our agency who searches and examines nothing, and so may know what searches came to."""
    ours = factories.operator()
    who = access.add_operator("tracer", ours.agency, "system:tests")
    access.grant_role(who, Role.TRACING_OFFICER, "system:tests")
    return who


def stranger() -> Operator:
    """An operator of another agency, with every role."""
    agency = access.found_agency("Elsewhere", "system:tests")
    who = access.add_operator("stranger", agency, "system:tests")
    for role in Role:
        access.grant_role(who, role, "system:tests")
    return who


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        (Standing("deceased"), (Wait.PHOTOGRAPHS,)),
        (Standing("deceased", closed=True, lacking=("place",)), ()),
        (Standing("deceased", photographs=1, newest_photograph=NOW), (Wait.SEARCH,)),
        (Standing("deceased", photographs=1, newest_photograph=NOW, searched_at=NOW), (Wait.EXAMINATION,)),
        (Standing("deceased", photographs=1, searched_at=NOW, none_of_these=True), (Wait.PORTRAITS,)),
        (Standing("deceased", photographs=1, searched_at=NOW, recalled=True), (Wait.SEARCH_AGAIN,)),
        (
            Standing("deceased", photographs=2, newest_photograph=NOW, searched_at=NOW - timedelta(days=1)),
            (Wait.NEW_PHOTOGRAPHS,),
        ),
        (Standing("deceased", lacking=("place",)), (Wait.PHOTOGRAPHS, Wait.PARTICULARS)),
        (Standing("unable-to-state-identity"), (Wait.ATTESTATION, Wait.PHOTOGRAPHS)),
        (Standing("unable-to-state-identity", attested_at=NOW - timedelta(hours=59)), (Wait.PHOTOGRAPHS,)),
        (
            Standing("unable-to-state-identity", attested_at=NOW - timedelta(hours=61)),
            (Wait.ATTESTATION, Wait.PHOTOGRAPHS),
        ),
    ],
)
def test_what_a_case_waits_for(standing: Standing, expected: tuple[Wait, ...]) -> None:
    assert waits(standing, NOW) == expected
    assert all(str(each.label) for each in Wait)


def test_pages_go_through_all_cases_newest_first_without_repeating(instance: Instance) -> None:
    codes = [f"LIMEN-A-{number:03}" for number in range(7)]
    for code in codes:
        opened(code)
    who, seen, after = factories.operator(), [], None
    while True:
        page = queries.cases(who, after=after, limit=3)
        seen += [line.code for line in page.lines]
        after = page.after
        if after is None:
            break
    assert seen == codes[::-1]
    for nonsense in ("x", "%%%", "bm90IGEgY3Vyc29y", "é"):
        with pytest.raises(NotHere, match="Begin the list again"):
            queries.cases(who, after=nonsense)


def test_lists_are_narrowed(instance: Instance) -> None:
    who = factories.operator()
    bare, pictured, looked, undone, ended = [opened(f"LIMEN-{name}-1") for name in "ABCDE"]
    part = opened("PIER-A-1", SubjectKind.BODY_PART, Particulars())
    for number, case in enumerate((pictured, looked, undone, ended)):
        photographed(case, f"{number}" * 64)
    searched(looked)
    searched(undone)
    services.close_case(ended.code, who, "done")
    Search.objects.filter(case=undone).update(recalled_at=timezone.now(), recalled_why="why")

    def codes(**wanted: object) -> set[str]:
        return {line.code for line in queries.cases(who, Filters(**wanted)).lines}  # type: ignore[arg-type]

    assert codes(closed=True) == {ended.code}
    assert codes(kind=SubjectKind.BODY_PART) == {part.code} == codes(code="pier")
    assert codes(photographed=False) == {bare.code, part.code}
    assert codes(searched=True) == {looked.code, undone.code}
    assert codes(recalled=True) == {undone.code}
    searched(undone)
    assert codes(recalled=True) == set(), "the last search stands"
    assert codes(opened_from=timezone.now().date() + timedelta(days=2)) == set()
    assert len(codes(opened_to=timezone.now().date() + timedelta(days=2))) == 6


def test_a_line_says_how_the_case_stands(instance: Instance) -> None:
    case = opened("LIMEN-A-001")
    photographed(case)
    photographed(case, "b" * 64)
    searched(case, none_of_these=True)
    last = searched(case)
    who = tracer()
    (line,) = queries.cases(who).lines
    assert (line.photographs, line.searches, line.last_search, line.none_of_these) == (2, 2, last.pk, False)
    assert (line.place, line.closed, line.recalled, line.waits) == ("quay", False, False, (Wait.EXAMINATION,))
    assert line_of(who, "limen-a-001") == line
    assert queries.cases_of_subject(who, case.subject_id) == [line]
    assert queries.case_numbered(who, case.pk) == case


def test_an_examiner_is_not_told_what_a_search_came_to(instance: Instance) -> None:
    """Unless they saw it already: then they cannot examine the case anyhow."""
    examiner = factories.operator()  # holds every role, that of the examiner among them
    case = opened("LIMEN-A-001")
    photographed(case)
    search = searched(case, none_of_these=True)
    assert line_of(tracer(), case.code).waits == (Wait.PORTRAITS,)
    line = line_of(examiner, case.code)
    assert (line.searches, line.none_of_these, line.waits) == (1, None, (Wait.ANSWERED,))
    services.forgo_examining(search.pk, examiner)
    services.forgo_examining(search.pk, examiner)
    line = line_of(examiner, case.code)
    assert (line.none_of_these, line.waits) == (True, (Wait.PORTRAITS,))
    assert Entry.objects.filter(action="casework:examination:forgo", object=f"case:{case.pk}").count() == 1


def test_cases_are_found_by_what_they_wait_for_as_each_says_it_waits(instance: Instance) -> None:
    who, examiner = tracer(), factories.operator()
    _bare, pictured, leads, nobody, undone, newer, ended = [opened(f"LIMEN-{name}-1") for name in "ABCDEFG"]
    opened("PIER-A-1", given=Particulars())
    now = timezone.now()
    opened("WARD-A-1", SubjectKind.UNABLE, Particulars(attested_by="Dr. M.", attested_at=now - timedelta(hours=70)))
    opened("WARD-A-2", SubjectKind.UNABLE, Particulars(attested_by="Dr. M.", attested_at=now))
    for number, case in enumerate((pictured, leads, nobody, undone, newer, ended)):
        photographed(case, f"{number}" * 64)
    for case in (leads, nobody, undone, newer):
        searched(case, none_of_these=case is nobody)
    photographed(newer, "f" * 64)
    Search.objects.filter(case=undone).update(recalled_at=timezone.now(), recalled_why="why")
    services.close_case(ended.code, examiner, "done")
    lines = queries.cases(who).lines
    for wait in set(Wait) - {Wait.ANSWERED}:
        found = {line.code for line in queries.cases(who, Filters(waits=wait)).lines}
        assert found == {line.code for line in lines if wait in line.waits}, wait
        assert found, wait
    for wait in (Wait.EXAMINATION, Wait.PORTRAITS, Wait.ANSWERED):
        found = {line.code for line in queries.cases(examiner, Filters(waits=wait)).lines}
        assert found == {leads.code, nobody.code}, "either, to whoever may not know which"


def test_the_board_opens_a_kept_answer_and_a_field_recorder_does_not(instance: Instance) -> None:
    ours = factories.operator()
    search = searched(opened("LIMEN-A-001"))
    board = access.add_operator("board", ours.agency, ours.actor)
    access.grant_role(board, Role.BOARD_MEMBER, ours.actor)
    assert services.look_at_answer(search.pk, board).pk == search.pk
    field = access.add_operator("field-recorder", ours.agency, ours.actor)
    access.grant_role(field, Role.FIELD_RECORDER, ours.actor)
    for ask in (services.answered, services.forgo_examining, services.look_at_answer):
        with pytest.raises(Refused, match="may not search under a mandate"):
            ask(search.pk, field)
    assert not RankedView.objects.filter(actor=field.actor).exists()


def test_a_mandate_is_chosen_among_those_in_force(instance: Instance) -> None:
    who = factories.operator()
    longest, living = access.in_force_today(who.agency)
    assert {longest.purpose, living.purpose} == {"identify-the-dead", "identify-person-unable-to-state-identity"}
    dead = longest if longest.purpose == "identify-the-dead" else living
    other = access.issue_mandate(who.agency, "identify-the-dead", "another law", timezone.now().date(), who.actor)
    case = services.open_case("LIMEN-A-1", SubjectKind.DECEASED, FULL, who, mandate_number=other.pk)
    assert case.mandate_id == other.pk
    assert opened("LIMEN-A-2").mandate_id == dead.pk, "by itself the one that lasts longest"
    wrong = (longest if longest is not dead else living).pk
    with pytest.raises(Refused, match="chosen is for something else"):
        services.open_case("LIMEN-A-3", SubjectKind.DECEASED, FULL, who, mandate_number=wrong)


def test_another_agencys_case_does_not_exist(instance: Instance) -> None:
    case, who = opened("LIMEN-A-001"), stranger()
    search = searched(case)
    assert queries.cases(who).lines == ()
    for code in (case.code, "LIMEN-Z-999"):
        with pytest.raises(NotHere) as refused:
            queries.case(who, code)
        assert str(refused.value) == "There is no such case here. Nothing was changed."
    with pytest.raises(NotHere):
        queries.searches(who, case)
    with pytest.raises(NotHere):
        services.look_at_answer(search.pk, who)
    with pytest.raises(Exception, match="no such record"):
        services.open_case_about(case.subject, who)


def test_cases_of_the_living_are_shown_to_care_and_tracing_alone(instance: Instance) -> None:
    given = Particulars(attested_by="Dr. M.", attested_at=timezone.now())
    opened("WARD-A-1", SubjectKind.UNABLE, given)
    who = factories.operator()
    board = access.add_operator("board", who.agency, who.actor)
    access.grant_role(board, Role.BOARD_MEMBER, who.actor)
    assert [line.code for line in queries.cases(who).lines] == ["WARD-A-1"]
    assert queries.cases(board).lines == ()
    with pytest.raises(NotHere):
        queries.case(board, "WARD-A-1")


def test_whoever_may_not_read_cases_is_refused(instance: Instance) -> None:
    who = factories.operator()
    clerk = access.add_operator("clerk", who.agency, who.actor)
    access.grant_role(clerk, Role.BUREAU_CLERK, who.actor)
    with pytest.raises(Refused, match="may not read cases"):
        queries.cases(clerk)


def test_the_price_of_a_page_does_not_grow(instance: Instance) -> None:
    who = factories.operator()

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as taken:
            queries.cases(who, limit=50)
        return len(taken)

    for number in range(3):
        case = opened(f"LIMEN-A-{number:03}")
        photographed(case)
        searched(case)
    few = cost()
    for number in range(3, 30):
        case = opened(f"LIMEN-A-{number:03}")
        photographed(case)
        searched(case)
    assert cost() == few


def test_a_case_is_opened_about_a_subject_on_record_once(instance: Instance) -> None:
    who = factories.operator()
    subject = remains.open_subject("QUAY-A-1", SubjectKind.DECEASED, FULL, who.actor)
    case = services.open_case_about(subject, who)
    assert (case.code, case.subject) == ("QUAY-A-1", subject)
    with pytest.raises(CaseExists, match="QUAY-A-1"):
        services.open_case_about(subject, who)
    assert Entry.objects.filter(action="casework:case:open", object=f"case:{case.pk}").count() == 1


def test_a_kept_answer_is_looked_at_on_record(instance: Instance) -> None:
    who = factories.operator()
    case = opened("LIMEN-A-001")
    search = searched(case)
    assert services.look_at_answer(search.pk, who).recalled_at is None
    assert RankedView.objects.filter(case=case, actor=who.actor, search=search).count() == 1
    assert Entry.objects.filter(action="casework:answer:look", object=f"case:{case.pk}").count() == 1
    clerk = access.add_operator("field", who.agency, who.actor)
    access.grant_role(clerk, Role.FIELD_RECORDER, who.actor)
    with pytest.raises(Refused):
        services.look_at_answer(search.pk, clerk)
    assert RankedView.objects.count() == 1


def test_searches_are_recalled_when_units_are_associated_anew(instance: Instance) -> None:
    reader = tracer()
    who = factories.operator()
    body, part = opened("LIMEN-A-001"), opened("LIMEN-A-002", SubjectKind.BODY_PART)
    other = opened("LIMEN-A-003")
    kept = [searched(each) for each in (body, part, other)]
    individual = associating.associate([Subject.objects.get(pk=body.subject_id)], None, "found whole", who)
    assert not Search.objects.filter(recalled_at__isnull=False).exists(), "nothing was associated with it"
    associating.associate([Subject.objects.get(pk=part.subject_id)], individual, "they fit", who)
    recalled = set(Search.objects.filter(recalled_at__isnull=False))
    assert recalled == {kept[0], kept[1]}
    assert "decided anew" in Search.objects.get(pk=kept[0].pk).recalled_why
    assert Entry.objects.filter(action="casework:search:recall").count() == 2
    lines = {line.code: line for line in queries.cases(who).lines}
    assert lines["LIMEN-A-001"].recalled
    assert not lines["LIMEN-A-003"].recalled
    photographed(body)
    assert line_of(reader, "LIMEN-A-001").waits == (Wait.SEARCH_AGAIN,)
    searched(body)
    assert line_of(reader, "LIMEN-A-001").waits == (Wait.EXAMINATION,)
