"""Rows of the data-protection reviewer's pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from antigone.access.models import Agency
from antigone.access.permissions import Permission
from antigone.access.rules import Role
from antigone.remains import review
from antigone.remains.models import SampleDraw
from tests.web import records
from tests.web.people import somebody
from tests.web.table import Route


def _drawn(agency: Agency) -> SampleDraw:
    records.photograph(agency)
    today = timezone.now().date()
    who = somebody(agency, Role.DATA_PROTECTION_REVIEWER, name=f"a reviewer of {agency.name}")
    return review.draw(today, today, 1, who)


def _draw(agency: Agency) -> Mapping[str, Any]:
    return {"pk": _drawn(agency).pk}


def _item(agency: Agency) -> Mapping[str, Any]:
    return {"pk": _drawn(agency).items.get().pk}


_P = Permission

ROUTES = [
    Route(name="web:review:overview", needs=_P.RETENTION_REVIEW),
    Route(name="web:review:ending", needs=_P.RETENTION_REVIEW),
    Route(name="web:review:samples", needs=_P.SAMPLE_REVIEW, query="?after=x"),
    Route(name="web:review:draw", needs=_P.SAMPLE_REVIEW),
    Route(name="web:review:draw", method="post", needs=_P.SAMPLE_REVIEW, data={"number": "0"}, right=422),
    Route(name="web:review:sample", needs=_P.SAMPLE_REVIEW, kwargs=_draw),
    Route(name="web:review:item", needs=_P.SAMPLE_REVIEW, kwargs=_item),
    Route(name="web:review:item", method="post", needs=_P.SAMPLE_REVIEW, kwargs=_item, data={"verdict": "in-order"},
          right=302),
    Route(name="web:review:lift", method="post", needs=_P.SAMPLE_REVIEW, kwargs=_item),
    # Without the token of a veil that was lifted, nobody finds a photograph there.
    Route(name="web:review:picture", needs=_P.SAMPLE_REVIEW, kwargs=_item, right=404),
]  # fmt: skip
