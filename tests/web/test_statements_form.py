"""Forms of statements: what was touched is stated, two people at once get a choice, and nothing typed is lost."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from antigone.description.catalogue import FIELDS
from antigone.description.given import Given
from antigone.instance import Instance
from antigone.missing import describing
from antigone.missing.models import Person, Statement
from antigone.web.forms.described import StatementsForm
from tests import factories

NAMES = ("desc.stature", "desc.hair_colour", "desc.facial_hair", "mark", "dental.chart")


def person() -> Person:
    return Person.objects.create(ref="P-1", holding=factories.holding())


def form_of(record: Person, data: QueryDict | None = None) -> StatementsForm:
    return StatementsForm(data, model=Statement, record=record, fields=[FIELDS[key] for key in NAMES])


def posted(form: StatementsForm, **changes: str) -> QueryDict:
    """What a browser would send of this form, with some inputs filled in."""
    data = QueryDict(mutable=True)
    for line in form.lines:
        data[f"{line.prefix}expects"] = str(line.expects)
        for name, text in line.raw.items():
            data[f"{line.prefix}{name}"] = text
    for name, text in form.said.items():
        data[f"said/{name}"] = text
    for name, text in changes.items():
        data[name] = text
    return data


def stated(record: Person, changes: list[describing.Said]) -> None:
    describing.state_many(record, changes, factories.operator())


def known(value: Any) -> Given:
    return Given(value, basis="family-choice", source="the mother")


def test_a_form_that_nobody_touched_states_nothing(instance: Instance) -> None:
    record = person()
    describing.state(record, "desc.hair_colour", known(["brown"]), factories.operator())
    form = form_of(record, posted(form_of(record)))
    assert form.is_valid()
    assert form.changes() == []


def test_only_the_changed_line_is_stated_under_what_is_said_of_the_form(instance: Instance) -> None:
    record = person()
    describing.state(record, "desc.hair_colour", known(["brown"]), factories.operator())
    sent = posted(form_of(record), **{"desc.stature//value-cm": "172,5", "said/source": "the father"})
    form = form_of(record, sent)
    assert form.is_valid(), form.faults
    (change,) = form.changes()
    assert (change.key, change.given.value, change.given.source) == ("desc.stature", {"cm": 172.5}, "the father")
    stated(record, form.changes())
    assert Statement.objects.filter(person=record, ended_at=None).count() == 2


def test_a_line_may_have_a_source_of_its_own(instance: Instance) -> None:
    record = person()
    describing.state(record, "desc.hair_colour", known(["brown"]), factories.operator())
    form = form_of(record, posted(form_of(record), **{"desc.hair_colour//source": "the sister"}))
    assert form.is_valid(), form.faults
    (change,) = form.changes()
    assert (change.given.value, change.given.source) == (["brown"], "the sister")


def test_absent_is_said_without_a_value(instance: Instance) -> None:
    record = person()
    form = form_of(record, posted(form_of(record), **{"mark//certainty": "absent"}))
    assert form.is_valid(), form.faults
    stated(record, form.changes())
    assert Statement.objects.get(person=record).certainty == "absent"


def test_a_fault_stands_at_its_input_and_keeps_what_was_typed(instance: Instance) -> None:
    record = person()
    form = form_of(record, posted(form_of(record), **{"desc.stature//value-cm": "tall"}))
    assert not form.is_valid()
    assert "tall" in str(form)
    assert [at for at, _label, _sentence in form.faults] == ["in-desc-stature--value-cm"]
    assert "in-desc-stature--value-cm-fault" in str(form)


def test_an_emptied_line_is_asked_about(instance: Instance) -> None:
    record = person()
    describing.state(record, "desc.stature", known({"cm": 170}), factories.operator())
    form = form_of(record, posted(form_of(record), **{"desc.stature//value-cm": ""}))
    assert not form.is_valid()


def test_another_item_is_asked_for_without_saving(instance: Instance) -> None:
    record = person()
    form = form_of(record, posted(form_of(record), **{"mark/new0/value-kind": "scar", "more": "mark"}))
    assert not form.is_valid()
    assert not form.errors
    assert [line.token for line in form.lines if line.of.key == "mark"] == ["", "new0", "new1"]


def test_items_are_stated_and_changed_by_their_own(instance: Instance) -> None:
    record = person()
    first = {"mark/new0/value-kind": "scar", "mark/new0/value-region": "chin", "mark/new0/value-words": "thin"}
    form = form_of(record, posted(form_of(record), **first))
    assert form.is_valid(), form.faults
    stated(record, form.changes())
    (line,) = [each for each in form_of(record).lines if each.of.key == "mark" and each.token]
    form = form_of(record, posted(form_of(record), **{f"{line.prefix}value-words": "thin and pale"}))
    assert form.is_valid(), form.faults
    (change,) = form.changes()
    assert change.item == line.item
    stated(record, form.changes())
    assert Statement.objects.get(person=record, ended_at=None).value["words"] == "thin and pale"


def test_a_chart_is_read_tooth_by_tooth(instance: Instance) -> None:
    record = person()
    teeth = {
        "dental.chart//value-11": "filling", "dental.chart//value-11-also": "root-filling",
        "dental.chart//value-11-surfaces": "mo", "dental.chart//value-48": "missing",
    }  # fmt: skip
    form = form_of(record, posted(form_of(record), **teeth))
    assert form.is_valid(), form.faults
    stated(record, form.changes())
    again = form_of(record, posted(form_of(record)))
    assert again.changes() == []
    assert Statement.objects.get(person=record).value["11"]["states"] == ["filling", "root-filling"]


def test_who_was_second_sees_what_the_first_recorded(instance: Instance) -> None:
    record = person()
    describing.state(record, "desc.stature", known({"cm": 170}), factories.operator())
    sent = posted(form_of(record), **{"desc.stature//value-cm": "175", "desc.hair_colour//value-red": "on"})
    describing.state(record, "desc.stature", known({"cm": 172}), factories.operator())
    form = form_of(record, sent)
    assert form.is_valid(), form.faults
    (conflict,) = form.conflicts()
    assert conflict.now is not None
    assert conflict.now.value == {"cm": 172}
    # Theirs: what stands is left, the rest is saved. Mine: it follows what stands.
    sent["desc.stature//expects"] = str(conflict.now.pk)
    for choice, keys in (("theirs", ["desc.hair_colour"]), ("mine", ["desc.stature", "desc.hair_colour"])):
        sent["desc.stature//choice"] = choice
        form = form_of(record, sent)
        assert [each.key for each in form.changes()] == keys
        assert form.conflicts() == []


def test_an_item_that_was_withdrawn_meanwhile_is_a_conflict_too(instance: Instance) -> None:
    record, who = person(), factories.operator()
    mark = describing.state(record, "mark", known({"kind": "scar", "region": "chin"}), who)
    sent = posted(form_of(record), **{f"mark/{mark.item}/value-words": "thin"})
    describing.withdraw_statement(mark, who, reason="another person's")
    form = form_of(record, sent)
    assert form.is_valid(), form.faults
    (conflict,) = form.conflicts()
    assert conflict.now is None
