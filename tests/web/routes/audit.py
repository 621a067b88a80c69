"""Rows of the ledger's pages. The log is one for the whole instance: an auditor of each agency reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from antigone.access.models import Agency
from antigone.access.permissions import Permission
from antigone.ledger.models import Checkpoint, Entry
from tests.web.table import Route


def _entry(agency: Agency) -> Mapping[str, Any]:
    return {"place": Entry.objects.earliest("pk").index}


def _checkpoint(agency: Agency) -> Mapping[str, Any]:
    return {"size": Checkpoint.objects.earliest("size").size}


_P = Permission

ROUTES = [
    Route(name="web:audit:entries", needs=_P.LEDGER_READ),
    Route(name="web:audit:entries", needs=_P.LEDGER_READ, query="?after=x&since=never&q=%00&only=all&who=nobody"),
    Route(name="web:audit:entry", needs=_P.LEDGER_READ, kwargs=_entry, other=200),
    Route(name="web:audit:proof", needs=_P.LEDGER_READ, kwargs=_entry, other=200),
    Route(name="web:audit:about", needs=_P.LEDGER_READ),
    Route(name="web:audit:about", needs=_P.LEDGER_READ, query="?object=agency:1&before=5"),
    Route(name="web:audit:refusals", needs=_P.LEDGER_READ),
    Route(name="web:audit:verify", needs=_P.LEDGER_VERIFY),
    Route(name="web:audit:verify", method="post", needs=_P.LEDGER_VERIFY, data={"checkpoint": ""}, right=302),
    Route(name="web:audit:checkpoints", needs=_P.LEDGER_VERIFY),
    Route(name="web:audit:checkpoint", needs=_P.LEDGER_VERIFY, kwargs=_checkpoint, other=200),
    Route(name="web:audit:countersign", needs=_P.LEDGER_VERIFY),
    Route(name="web:audit:countersign", method="post", needs=_P.LEDGER_VERIFY, data={"checkpoint": "x"}, right=422),
]
