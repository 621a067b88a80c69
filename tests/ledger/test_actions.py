"""The register of actions: nothing is written that could not be read or redacted."""

from __future__ import annotations

import pytest

from antigone.instance import Instance
from antigone.ledger import actions
from antigone.ledger.errors import LedgerWarning, UnknownAction
from antigone.ledger.services import record, recorded, refuse


@pytest.mark.parametrize(
    "name", ["do", "test:do", "Test:thing:do", "test:thing:do:more", "test:thing:", "test: thing:do"]
)
def test_a_name_is_room_noun_verb(ledger: Instance, name: str) -> None:
    with pytest.raises(ValueError, match="room:noun:verb"):
        actions.register(name, "{actor} did it", redact=())


def test_every_action_has_a_sentence(ledger: Instance) -> None:
    with pytest.raises(ValueError, match="sentence"):
        actions.register("test:thing:mute", " ", redact=())
    with pytest.raises(ValueError, match="'}'"):
        actions.register("test:thing:broken", "{actor} did }", redact=())
    for sentence in ("{} did", "{0} did", "{actor.name} did", "{actor!r} did", "{n:d} done", "{actor[0]} did"):
        with pytest.raises(ValueError, match="plain name"):
            actions.register("test:thing:fancy", sentence, redact=())
    with pytest.raises(ValueError, match="tuple"):
        actions.register("test:thing:slip", "{actor} did", redact="name")


def test_an_action_is_registered_once(ledger: Instance) -> None:
    once = actions.register("test:thing:once", "{actor} did", redact=("name",))
    assert actions.register("test:thing:once", "{actor} did", redact=("name",)) == once
    with pytest.raises(ValueError, match="already"):
        actions.register("test:thing:once", "{actor} did", redact=())


def test_an_unregistered_action_cannot_be_written(ledger: Instance) -> None:
    with pytest.raises(UnknownAction, match="Nothing was written"), recorded():
        record("test:thing:unknown", actor="operator:1", object="thing:1")
    with pytest.raises(UnknownAction):
        refuse("test:thing:unknown", actor="operator:1", object="thing:1")


def test_a_payload_without_a_redaction_rule_warns(ledger: Instance) -> None:
    actions.register("test:thing:undecided", "{actor} did")
    with recorded():
        record("test:thing:undecided", actor="operator:1", object="thing:1")
        with pytest.warns(LedgerWarning, match="redaction rule"):
            record("test:thing:undecided", actor="operator:1", object="thing:1", name="N")


def test_a_sentence_reads_with_and_without_its_payload(ledger: Instance) -> None:
    assert (
        actions.describe("test:thing:do", "operator:1", "thing:1", {"what": "this"}) == "operator:1 did this to thing:1"
    )
    assert actions.describe("test:thing:do", "operator:1", "thing:1", None) == "operator:1 did [erased] to thing:1"
    assert actions.describe("gone:room:act", "operator:1", "thing:1", None) == "operator:1 did gone:room:act to thing:1"


def test_the_table_holds_every_action(ledger: Instance) -> None:
    table = actions.table()
    for action in actions.every():
        assert f"| `{action.name}` | {action.sentence} |" in table
    assert "for `what`" in table
    assert "no personal data" in table
