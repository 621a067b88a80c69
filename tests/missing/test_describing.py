"""Statements about missing persons: written with who says it, repeated in columns and names, erased to the row."""

from __future__ import annotations

import importlib

import pytest
from django.apps import apps

from antigone.access import services as access
from antigone.access.errors import Refused
from antigone.access.models import Operator
from antigone.description.statements import BadStatement, Given, Stale, current, history
from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.missing import describing, services
from antigone.missing.describing import Said
from antigone.missing.errors import NotHere
from antigone.missing.models import Person, PersonName, Statement
from antigone.missing.records import PersonRecord
from tests import factories

GIVING = services.Giving(basis="family-consent", citation="form 3")
TOLD = PersonRecord(
    ref="M-1",
    names=("Ostap Vyr", "Остап Вир"),
    sex="male",
    birth_date="1987-03",
    stature_cm=178,
    marks="tattoo of an anchor",
    effects="a ring",
    last_seen_on="2023-05-02",
    last_seen_place="Bakhmut",
    given_by="his mother",
)


def family(value: object, **rest: str) -> Given:
    """What the family chose to tell."""
    return Given(value, basis="family-choice", **rest)


def person(told: PersonRecord = TOLD) -> Person:
    services.report_missing(factories.holding(), [told], GIVING, factories.operator().actor)
    return Person.objects.get(ref=told.ref)


def elsewhere() -> Operator:
    """Somebody of another agency who may record there."""
    who = access.add_operator("elsewhere", access.found_agency("Another agency", "operator:1"), "operator:1")
    access.grant_role(who, "tracing-officer", "operator:1")
    return who


def test_what_a_giver_tells_is_stated_with_its_source(instance: Instance) -> None:
    told = current(Statement, person())
    assert {key: each[0].value for key, each in told.items() if key != "name"} == {
        "sex": "male",
        "birth.date": "1987-03",
        "desc.stature": {"cm": 178},
        "mark.words": "tattoo of an anchor",
        "effect.words": "a ring",
        "event.date": "2023-05-02",
        "event.place": "Bakhmut",
    }
    assert [each.value["full"] for each in told["name"]] == ["Ostap Vyr", "Остап Вир"]
    every = {(each.how, each.source, each.basis, each.citation) for rows in told.values() for each in rows}
    assert every == {("reported", "his mother", "family-choice", "form 3")}
    entry = Entry.objects.get(action="missing:datum:state")
    assert len(entry.details["digests"]) == 9
    assert "Bakhmut" not in entry.payload
    assert set(PersonName.objects.values_list("item", flat=True)) == {each.item for each in told["name"]}


def test_a_birth_date_in_words_is_kept_in_words(instance: Instance) -> None:
    who = person(PersonRecord(ref="M-1", birth_date="the year of the flood", last_seen_on="in spring"))
    told = current(Statement, who)
    assert told["birth.words"][0].value == "the year of the flood"
    assert set(told) == {"birth.words"}
    assert (who.birth_date, who.last_seen_on, who.born_from) == ("the year of the flood", "in spring", None)


def test_a_column_follows_its_statement(instance: Instance) -> None:
    who, actor = person(), factories.operator()
    describing.state(who, "birth.date", family("1986/1987"), actor)
    describing.state(who, "desc.stature", family({"cm": 181.4, "taken": "family"}), actor)
    describing.state(who, "event.place", family(None, certainty="unknown"), actor)
    who.refresh_from_db()
    assert (who.birth_date, who.stature_cm, who.last_seen_place) == ("1986/1987", 181, "")
    assert (str(who.born_from), str(who.born_to)) == ("1986-01-01", "1987-12-31")
    assert [each.value for each in history(Statement, who, "birth.date")] == ["1986/1987", "1987-03"]
    assert who.marks == "tattoo of an anchor"


def test_marks_are_repeated_in_words_beside_what_was_told(instance: Instance) -> None:
    who = person()
    mark = {"kind": "tattoo", "region": "left forearm", "words": "anchor"}
    with pytest.raises(BadStatement):
        describing.state(who, "mark", family(mark), factories.operator())
    mark["region"] = "forearm"
    mark["side"] = "left"
    describing.state(who, "mark", family(mark), factories.operator())
    who.refresh_from_db()
    assert who.marks == "tattoo of an anchor\ntattoo, forearm, left, anchor"


def test_names_have_their_kinds_dates_and_spellings(instance: Instance) -> None:
    who = person()
    name = {
        "kind": "former",
        "surname": "Сич",
        "given": "Олена",
        "script": "Cyrl",
        "until": "2010",
        "transliterations": "Olena Sych; Elena Sych",
    }
    describing.state(who, "name", family(name), factories.operator())
    rows = PersonName.objects.filter(person=who, kind="former").order_by("pk")
    assert [(row.text, row.script, row.borne, row.spelling) for row in rows] == [
        ("Сич Олена", "Cyrl", "../2010", False),
        ("Olena Sych", "Latn", "../2010", True),
        ("Elena Sych", "Latn", "../2010", True),
    ]
    assert PersonName.objects.filter(person=who).count() == 5


def test_a_form_is_kept_whole_or_not_at_all(instance: Instance) -> None:
    who = person()
    before = Statement.objects.count()
    said = [Said("desc.eye_colour", family("brown")), Said("birth.date", family("1990-13"))]
    with pytest.raises(BadStatement):
        describing.state_many(who, said, factories.operator())
    assert Statement.objects.count() == before
    who.refresh_from_db()
    assert who.birth_date == "1987-03"


def test_two_writers_do_not_overwrite_each_other(instance: Instance) -> None:
    who, actor = person(), factories.operator()
    seen = current(Statement, who)["event.place"][0].pk
    describing.state(who, "event.place", family("Soledar"), actor, expects=seen)
    with pytest.raises(Stale) as told:
        describing.state(who, "event.place", family("Kreminna"), actor, expects=seen)
    assert told.value.current is not None
    assert told.value.current.value == "Soledar"


def test_a_withdrawn_statement_leaves_its_column(instance: Instance) -> None:
    who, actor = person(), factories.operator()
    (said,) = current(Statement, who)["event.place"]
    describing.withdraw_statement(said, actor, reason="it was his brother")
    who.refresh_from_db()
    assert who.last_seen_place == ""
    with pytest.raises(Stale):
        describing.withdraw_statement(said, actor, reason="again")
    entry = Entry.objects.get(action="missing:datum:withdraw")
    services.erase_person(who, actor.actor, "withdrawn")
    entry.refresh_from_db()
    assert entry.erased


def test_another_agency_finds_nothing_to_state(instance: Instance) -> None:
    who, other = person(), elsewhere()
    with pytest.raises(NotHere):
        describing.state(who, "sex", family("female"), other)
    with pytest.raises(NotHere):
        describing.withdraw_statement(current(Statement, who)["sex"][0], other, reason="wrong")
    nobody = access.add_operator("nobody", factories.operator().agency, "operator:1")
    with pytest.raises(Refused):
        describing.state(who, "sex", family("female"), nobody)


def test_statements_of_earlier_records_are_made_once_from_their_columns(instance: Instance) -> None:
    who = person()
    Statement.objects.all().delete()
    PersonName.objects.update(item=None, kind="")
    Person.objects.update(born_from=None, born_to=None)
    migration = importlib.import_module("antigone.missing.migrations.0003_statements_of_earlier_records")
    migration.state(apps, None)
    told = current(Statement, who)
    assert told["desc.stature"][0].value == {"cm": 178}
    assert {each.source for rows in told.values() for each in rows} == {"his mother"}
    assert [each.value["full"] for each in told["name"]] == ["Ostap Vyr", "Остап Вир"]
    who.refresh_from_db()
    assert str(who.born_to) == "1987-03-31"
    assert PersonName.objects.filter(item=None).count() == 0
