"""A register of the tests' own actions, and a ledger with a few entries."""

from __future__ import annotations

import os

import pytest
from django.db import connection

from antigone.instance import Instance
from antigone.ledger import actions

DO, SECRET, REFUSED = "test:thing:do", "test:thing:tell", "test:thing:refuse"


@pytest.fixture
def ledger(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> Instance:
    """A fresh instance in which the tests' actions are registered; the register is put back afterwards.

    Nothing waits for the disk: what must be durable, and in which order, test_outside.py asks of its own.
    """
    monkeypatch.setattr(os, "fsync", lambda handle: None)
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "init_command", "PRAGMA synchronous=OFF;")
    connection.close()
    monkeypatch.setattr(actions, "_register", dict(actions._register))
    actions.register(DO, "{actor} did {what} to {object}", redact=())
    actions.register(SECRET, "{actor} told {what} of {object}", redact=("what",))
    actions.register(REFUSED, "{actor} was refused {object}", redact=())
    return instance
