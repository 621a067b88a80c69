"""Rows of sites and recoveries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from antigone.access.models import Agency
from antigone.access.permissions import Permission
from antigone.remains import recovering
from antigone.remains.models import Site
from tests.web import found
from tests.web.table import Route

READ, RECORD = Permission.SUBJECT_READ, Permission.SITE_RECORD


def _site(agency: Agency) -> Mapping[str, Any]:
    return {
        "pk": recovering.add_site(recovering.NewSite(f"Bank {Site.objects.count()}", "shore"), found.staff(agency)).pk
    }


def _recovery(agency: Agency) -> Mapping[str, Any]:
    who = found.staff(agency)
    site = recovering.add_site(recovering.NewSite(f"Bank {Site.objects.count()}", "shore"), who)
    return {"pk": recovering.add_recovery(site, recovering.NewRecovery(found.DAY, "A", "B. Leader"), who).pk}


ROUTES: list[Route] = [
    Route(name="web:sites:list", needs=READ),
    Route(name="web:sites:list", needs=READ, query="?q=bank&after=x"),
    Route(name="web:sites:new", needs=RECORD),
    Route(name="web:sites:new", method="post", needs=RECORD, right=422),
    Route(name="web:sites:site", needs=READ, kwargs=_site),
    Route(name="web:sites:correct", needs=RECORD, kwargs=_site),
    Route(name="web:sites:correct", method="post", needs=RECORD, kwargs=_site, right=422),
    Route(name="web:sites:recovery-new", needs=RECORD, kwargs=_site),
    Route(name="web:sites:recovery-new", method="post", needs=RECORD, kwargs=_site, right=422),
    Route(name="web:sites:recovery", needs=READ, kwargs=_recovery),
    Route(name="web:sites:recovery-correct", needs=RECORD, kwargs=_recovery),
    Route(name="web:sites:recovery-correct", method="post", needs=RECORD, kwargs=_recovery, right=422),
]
