"""What is done once a day for the pages: drafts that nobody came back to are forgotten."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from antigone.jobs.daily import daily
from antigone.jobs.work import Work


@daily("web:sweep-drafts", title=_("Forget forms that were begun and not sent"))
def sweep_drafts(work: Work) -> dict[str, Any]:
    """Drop drafts older than a week; a second run finds none."""
    from antigone.web.drafts import keeping

    return {"dropped": keeping.sweep()}
