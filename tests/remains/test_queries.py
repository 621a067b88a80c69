"""Lists and look-ups: the same number of queries for ten thousand, and nothing of another agency."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antigone.access import agreements
from antigone.access.errors import Refused
from antigone.access.rules import Role
from antigone.access.scope import Scope
from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.remains import codes, looking, queries, recovering, services
from antigone.remains.errors import BadRecord, NotHere
from antigone.remains.models import Photograph, Subject
from antigone.remains.queries import Filters, Page
from antigone.remains.recovering import NewSite
from antigone.remains.services import NewPhotograph
from tests.factories import operator
from tests.remains.staff import body, living, picture, staff, stranger

NOW = datetime(2026, 1, 5, tzinfo=UTC)


def many(number: int, same_moment: bool = False) -> list[int]:
    """Subjects with a photograph each, made at once."""
    agency = operator().agency_id
    kinds = ("deceased", "body-part")
    rows = Subject.objects.bulk_create(
        Subject(
            code=f"MANY-A-{count:05d}",
            kind=kinds[count % 2],
            agency_id=agency,
            opened_at=NOW if same_moment else NOW + timedelta(minutes=count // 3),
        )
        for count in range(number)
    )
    Photograph.objects.bulk_create(
        Photograph(subject=row, sha256=f"{row.pk:064x}", added_at=NOW, added_by="operator:1") for row in rows
    )
    return [row.pk for row in rows]


def all_pages(limit: int, filters: Filters | None = None) -> list[Page]:
    pages, after = [], None
    while True:
        pages.append(queries.subjects(operator(), filters, after, limit))
        after = pages[-1].after
        if after is None:
            return pages


@pytest.mark.parametrize("same_moment", [False, True])
def test_pages_hold_everything_once_the_newest_first(same_moment: bool, instance: Instance) -> None:
    made = many(37, same_moment)
    pages = all_pages(10)
    assert [len(page.lines) for page in pages] == [10, 10, 10, 7]
    seen = [line for page in pages for line in page.lines]
    assert sorted(line.pk for line in seen) == made
    assert [(line.opened_at, line.pk) for line in seen] == sorted(
        ((line.opened_at, line.pk) for line in seen), reverse=True
    )
    assert {line.photographs for line in seen} == {1}


def test_queries_do_not_grow_with_the_records(instance: Instance) -> None:
    who = operator()

    def asked(limit: int) -> tuple[int, list[str]]:
        with CaptureQueriesContext(connection) as caught:
            page = queries.subjects(who, Filters(kind="deceased"), None, limit)
            queries.counts(who)
        assert len(page.lines) == limit
        return len(caught), [each["sql"] for each in caught]

    many(10)
    few, _ = asked(5)
    Photograph.objects.all().delete()
    Subject.objects.all().delete()
    many(10_000)
    often, statements = asked(100)
    assert few == often <= 12
    page = next(sql for sql in statements if "ORDER BY" in sql and "remains_subject" in sql)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {page}")
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert "subjects_newest_first" in plan
    assert "TEMP B-TREE" not in plan


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=40))
def test_a_cursor_that_is_none_is_a_sentence(instance: Instance, cursor: str) -> None:
    refused = ""
    try:
        queries.subjects(operator(), None, cursor)
    except BadRecord as fault:
        refused = fault.sentence
    # Only what is empty, or by chance a place in a list, is no fault.
    assert not refused or "Begin the list again" in refused


@pytest.mark.parametrize("cursor", ["nowhere", "MjAyNnwx", "w6l8w6k", "MjAyNi0wMS0wNVQwMDowMDowMHwx"])
def test_what_only_looks_like_a_cursor_is_refused(instance: Instance, cursor: str) -> None:
    with pytest.raises(BadRecord, match="Begin the list again"):
        queries.subjects(operator(), None, cursor)


def test_lists_narrow(instance: Instance) -> None:
    who = operator()
    one, two = body("KHARKIV-A-001"), body("ODESA-B-001", "body-part")
    draft = services.open_subject("KHARKIV-A-002", "deceased", services.Particulars(), who.actor)
    site = recovering.add_site(NewSite("Cemetery 2", "cemetery"), who)
    recovering.place_subject(one, who, site=site, recovery=None)
    codes.add_alias(two, "Police of the river", "R/17", None, who)

    def found(**narrowed: object) -> set[str]:
        return {line.code for line in queries.subjects(who, Filters(**narrowed)).lines}  # type: ignore[arg-type]

    assert found(kind="body-part") == {two.code}
    assert found(site=site.pk) == {one.code}
    assert found(code="khar") == {one.code, draft.code}
    assert found(code="R/1") == {two.code}
    assert found(draft=True) == {draft.code}
    assert found(draft=False) == {one.code, two.code}
    assert found(recovered_from=date(2026, 1, 6)) == set()
    assert found(recovered_to=date(2026, 1, 6)) == {one.code, two.code}
    counted = queries.counts(who)
    assert (counted.deceased, counted.parts, counted.living, counted.drafts, counted.total) == (2, 1, 0, 1, 3)


def test_a_code_finds_its_subject_however_it_is_typed(instance: Instance) -> None:
    subject = body("БІЛА-А-001")
    for typed in ("БІЛА-А-001", "біла-а-001", " БІЛА-А-001 "):
        assert queries.subject(operator(), typed) == subject
    assert queries.subject_numbered(operator(), subject.pk) == subject
    for other in ("БІЛА-А-002", "", "%"):
        with pytest.raises(NotHere):
            queries.subject(operator(), other)


def test_another_agencys_record_is_as_one_that_is_not_there(instance: Instance) -> None:
    subject, other = body(), stranger()
    kept = services.add_photograph(subject, NewPhotograph("ab" * 32, picture()), operator().actor)
    sentences = set()
    for act in (
        lambda: queries.subject(other, subject.code),
        lambda: queries.subject(other, "NEVER-A-001"),
        lambda: queries.subject_numbered(other, subject.pk),
        lambda: queries.photograph(other, kept.pk),
        lambda: looking.looked(subject, other),
        lambda: looking.lifted(kept, other),
    ):
        with pytest.raises(NotHere) as refused:
            act()
        sentences.add(refused.value.sentence)
    assert len(sentences) == 1
    assert queries.subjects(other).lines == ()
    assert queries.counts(other).total == 0
    with pytest.raises(Refused):
        queries.subjects(staff("auditor", Role.AUDITOR))


def test_an_agreement_opens_what_it_says_and_no_living_person(instance: Instance) -> None:
    subject, alive, other, who = body(), living(), stranger(), operator()
    kept = services.add_photograph(subject, NewPhotograph("ab" * 32, picture()), who.actor)
    signed = agreements.propose(who, other.agency, [Scope.REMAINS], "treaty 1", date(2999, 1, 1))
    agreements.accept(other, signed)
    assert queries.subject(other, subject.code) == subject
    looking.looked(subject, other)
    assert Entry.objects.filter(action="remains:subject:look", actor=other.actor).count() == 1
    with pytest.raises(NotHere):
        looking.lifted(kept, other)
    for act in (lambda: queries.subject(other, alive.code), lambda: looking.looked(alive, other)):
        with pytest.raises(NotHere):
            act()
    # What is disclosed is read, and never changed.
    with pytest.raises(NotHere):
        codes.add_alias(subject, "Another agency", "17", None, other)
    agreements.end(who, signed, "over")
    with pytest.raises(NotHere):
        queries.subject(other, subject.code)


def test_a_living_person_is_there_for_care_and_tracing_alone(instance: Instance) -> None:
    alive = living()
    tracing, recorder = staff("tracing", Role.TRACING_OFFICER), staff("recorder", Role.FIELD_RECORDER)
    for who in (tracing, recorder):
        assert queries.subject(who, alive.code) == alive
        assert queries.counts(who).living == 1
    board, liaison = staff("board", Role.BOARD_MEMBER), staff("liaison", Role.LIAISON_OFFICER)
    for who in (board, liaison):
        with pytest.raises(NotHere):
            queries.subject(who, alive.code)
        assert queries.subjects(who).lines == ()
        assert queries.counts(who).total == 0
    kept = services.add_photograph(alive, NewPhotograph("ab" * 32, picture()), operator().actor)
    with pytest.raises(NotHere):
        looking.lifted(kept, board)
    with pytest.raises(Refused):
        looking.lifted(kept, tracing)
    assert looking.lifted(kept, recorder) == picture()


def test_a_look_is_in_the_ledger_before_anything_is_shown(instance: Instance) -> None:
    who = operator()
    kept = services.add_photograph(body(), NewPhotograph("ab" * 32, picture()), who.actor)
    looking.looked(kept.subject, who)
    assert looking.lifted(kept, who) == picture()
    looks = Entry.objects.filter(action__endswith=":look").order_by("pk")
    assert [(each.action, each.actor) for each in looks] == [
        ("remains:subject:look", who.actor),
        ("remains:photograph:look", who.actor),
    ]
