"""Rows of the holdings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from antigone.access.models import Agency
from antigone.access.permissions import Permission
from tests.web import missed
from tests.web.table import Route


def _holding(agency: Agency) -> Mapping[str, Any]:
    return {"pk": missed.holding(agency).pk}


ROUTES = [
    Route(name="web:holdings:list", needs=Permission.HOLDING_READ),
    Route(name="web:holdings:new", needs=Permission.HOLDING_OPEN),
    Route(name="web:holdings:new", method="post", needs=Permission.HOLDING_OPEN, data={"name": "New"}, right=302),
    Route(name="web:holdings:approve", needs=Permission.HOLDING_OPEN, kwargs=_holding),
    Route(name="web:holdings:approve", method="post", needs=Permission.HOLDING_OPEN, kwargs=_holding, right=302),
]
