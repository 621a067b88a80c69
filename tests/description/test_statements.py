"""Statements are written, followed and withdrawn, and none is ever lost."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from antigone.access.models import Agency
from antigone.description.statements import (
    BadStatement,
    Given,
    Stale,
    current,
    current_of,
    digest_of,
    history,
    withdraw,
    write,
    write_new,
)
from antigone.instance import Instance
from tests.description.records import Spoken, record, table

FAMILY = "family-choice"


@pytest.fixture
def person(instance: Instance) -> Agency:
    table()
    return record()


def told(value: object, **rest: str) -> Given:
    return Given(value, basis=FAMILY, **rest)


def test_the_first_statement_stands(person: Agency) -> None:
    written = write(Spoken, person, "birth.date", told("03.05.1987", source="her mother"), actor="operator:1")
    (standing,) = current(Spoken, person)["birth.date"]
    assert standing.pk == written.pk
    assert standing.value == "1987-05-03"
    assert (standing.source, standing.basis, standing.how, standing.certainty) == (
        "her mother",
        FAMILY,
        "reported",
        "known",
    )
    assert standing.recorded_by == "operator:1"


def test_what_follows_ends_what_stood_and_changes_nothing_of_it(person: Agency) -> None:
    first = write(Spoken, person, "birth.date", told("1987"), actor="operator:1")
    second = write(Spoken, person, "birth.date", told("1986"), actor="operator:2", expects=first.pk)
    assert [each.value for each in current(Spoken, person)["birth.date"]] == ["1986"]
    newest, oldest = history(Spoken, person, "birth.date")
    assert (newest.pk, newest.replaces_id) == (second.pk, first.pk)
    assert (oldest.value, oldest.ended_by, oldest.withdrawn) == ("1987", "operator:2", False)
    assert oldest.ended_at is not None


def test_the_same_words_are_not_stated_twice(person: Agency) -> None:
    first = write(Spoken, person, "birth.date", told("1987"), actor="operator:1", expects=0)
    again = write(Spoken, person, "birth.date", told("1987"), actor="operator:1", expects=0)
    assert first.pk == again.pk
    assert len(history(Spoken, person, "birth.date")) == 1


def test_a_stale_writer_is_refused_and_sees_what_stands(person: Agency) -> None:
    first = write(Spoken, person, "birth.date", told("1987"), actor="operator:1")
    second = write(Spoken, person, "birth.date", told("1986"), actor="operator:2", expects=first.pk)
    for seen in (first.pk, 0):
        with pytest.raises(Stale) as refused:
            write(Spoken, person, "birth.date", told("1985"), actor="operator:3", expects=seen)
        assert refused.value.current == second
    assert [each.value for each in current(Spoken, person)["birth.date"]] == ["1986"]


def test_unknown_and_not_asked_differ(person: Agency) -> None:
    write(Spoken, person, "birth.place", told(None, certainty="unknown"), actor="operator:1")
    standing = current(Spoken, person)
    assert standing["birth.place"][0].certainty == "unknown"
    assert "birth.date" not in standing


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("birth.date", told("yesterday")),
        ("birth.date", told("2999")),
        ("birth.date", told(1987)),
        ("birth.date", told(None)),
        ("birth.date", told("1987", certainty="unknown")),
        ("birth.date", told(None, certainty="absent")),
        ("birth.date", told("1987", said_on="2999-01-01")),
        ("birth.date", Given("1987", basis="because")),
        ("birth.date", told("1987", how="guessed")),
        ("birth.date", told("1987", certainty="sure")),
        ("birth.date", told("1987", source="two\nlines")),
        ("birth.place", told("a" * 201)),
        ("birth.place", told("  ")),
        ("no.such.key", told("x")),
        ("name", told({"surname": "Koval"})),
        ("name", told({"kind": "birth", "nickname": "K"})),
        ("name", told("Koval")),
    ],
)
def test_what_cannot_be_stated_is_refused_with_a_sentence(person: Agency, key: str, given: Given) -> None:
    with pytest.raises(BadStatement) as refused:
        write(Spoken, person, key, given, actor="operator:1")
    assert refused.value.sentence.endswith(".")
    assert current(Spoken, person) == {}


def test_items_stand_beside_each_other(person: Agency) -> None:
    birth = write(Spoken, person, "name", told({"kind": "birth", "surname": "Коваль"}), actor="operator:1")
    write(Spoken, person, "name", told({"kind": "married", "surname": "Бондар"}), actor="operator:1")
    assert birth.item is not None
    changed = told({"kind": "birth", "surname": "Ковальова"})
    write(Spoken, person, "name", changed, actor="operator:1", item=birth.item, expects=birth.pk)
    surnames = {each.value["surname"] for each in current(Spoken, person)["name"]}
    assert surnames == {"Ковальова", "Бондар"}
    assert len(history(Spoken, person, "name")) == 3
    assert len(history(Spoken, person, "name", birth.item)) == 2


def test_the_first_item_follows_that_none_was_known(person: Agency) -> None:
    none = write(Spoken, person, "name", told(None, certainty="unknown"), actor="operator:1")
    first = write(Spoken, person, "name", told({"kind": "alias", "full": "Тихий"}), actor="operator:1", expects=none.pk)
    assert first.replaces_id == none.pk
    assert [each.pk for each in current(Spoken, person)["name"]] == [first.pk]
    with pytest.raises(BadStatement):
        write(Spoken, person, "name", told(None, certainty="unknown"), actor="operator:1")
    with pytest.raises(BadStatement):
        write(Spoken, person, "name", told(None, certainty="unknown"), actor="operator:1", item=first.item)


def test_one_value_has_no_items(person: Agency) -> None:
    with pytest.raises(BadStatement):
        write(Spoken, person, "birth.date", told("1987"), actor="operator:1", item=uuid4())


def test_what_is_withdrawn_stays_in_the_history(person: Agency) -> None:
    first = write(Spoken, person, "birth.date", told("1987"), actor="operator:1")
    with pytest.raises(BadStatement):
        withdraw(first, actor="operator:1", reason=" ")
    withdraw(first, actor="operator:1", reason="of another person")
    assert current(Spoken, person) == {}
    (kept,) = history(Spoken, person, "birth.date")
    assert (kept.withdrawn, kept.end_reason, kept.value) == (True, "of another person", "1987")
    with pytest.raises(Stale) as refused:
        withdraw(first, actor="operator:1", reason="again")
    assert refused.value.current is None
    write(Spoken, person, "birth.date", told("1988"), actor="operator:1", expects=0)


def test_a_statement_is_never_saved_again(person: Agency) -> None:
    first = write(Spoken, person, "birth.date", told("1987"), actor="operator:1")
    first.value = "1900"
    with pytest.raises(TypeError):
        first.save()


def test_the_database_itself_lets_one_stand(person: Agency) -> None:
    first = write(Spoken, person, "birth.date", told("1987"), actor="operator:1")
    item = write(Spoken, person, "name", told({"kind": "alias", "full": "Тихий"}), actor="operator:1")
    for double in (first, item):
        double.pk, double._state.adding = None, True
        with pytest.raises(IntegrityError), transaction.atomic():
            double.save()


def test_a_writer_who_was_overtaken_keeps_nothing(person: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two writers look at once: the second finds its look outdated only in the database."""
    from antigone.description import writing

    look = writing._standing
    looks: list[list[Spoken]] = [[]]

    def outdated(*args: object) -> list[Spoken]:
        return looks.pop() if looks else look(*args)  # type: ignore[arg-type]

    first = write(Spoken, person, "birth.date", told("1987"), actor="operator:1")
    monkeypatch.setattr(writing, "_standing", outdated)
    with pytest.raises(Stale) as refused:
        write(Spoken, person, "birth.date", told("1986"), actor="operator:2", expects=0)
    assert refused.value.current == first
    Spoken.objects.filter(pk=first.pk).update(ended_at=timezone.now())
    looks.append([first])
    with pytest.raises(Stale):
        write(Spoken, person, "birth.date", told("1986"), actor="operator:2", expects=first.pk)
    assert len(history(Spoken, person, "birth.date")) == 1


def test_many_records_are_written_and_read_in_few_queries(person: Agency) -> None:
    records = [person, *(Agency.objects.create(name=f"record {n}") for n in range(50))]
    rows = [
        row
        for each in records
        for row in (
            (each, "birth.date", told("1987")),
            (each, "name", told({"kind": "birth", "surname": "Коваль"})),
            (each, "name", told({"kind": "alias", "full": "Тихий"})),
        )
    ]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(write_new(Spoken, rows, "operator:1")) == 153
    assert len([query for query in asked if query["sql"].startswith("INSERT")]) <= 5
    with CaptureQueriesContext(connection) as asked:
        found = current_of(Spoken, [each.pk for each in records])
    assert len(asked) == 1
    assert all(len(of_one["name"]) == 2 and len(of_one["birth.date"]) == 1 for of_one in found.values())
    with CaptureQueriesContext(connection) as asked:
        current(Spoken, person)
    assert len(asked) == 1


def test_many_are_written_all_or_none(person: Agency) -> None:
    other = record("another")
    with pytest.raises(BadStatement):
        write_new(Spoken, [(other, "birth.date", told("1987")), (person, "birth.date", told("soon"))], "operator:1")
    write(Spoken, person, "birth.date", told("1987"), actor="operator:1")
    with pytest.raises(BadStatement):
        write_new(Spoken, [(other, "birth.date", told("1987")), (person, "birth.date", told("1988"))], "operator:1")
    assert current(Spoken, other) == {}
    assert len(history(Spoken, person, "birth.date")) == 1


def test_a_digest_is_of_one_statement(person: Agency) -> None:
    first = write(Spoken, person, "birth.date", told("1987"), actor="operator:1")
    second = write(Spoken, person, "birth.date", told("1986"), actor="operator:1")
    assert digest_of(first) == digest_of(Spoken.objects.get(pk=first.pk))
    assert digest_of(first) != digest_of(second)
    assert len(digest_of(first)) == 64
