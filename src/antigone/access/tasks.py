"""What is done once a day for accounts: sessions that ran out, attempts and posts of long ago are forgotten."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from antigone.access import attempts, once, sign_ins
from antigone.jobs.daily import daily
from antigone.jobs.work import Work


@daily("access:sweep", title=_("Forget sessions, attempts and posts of long ago"))
def sweep(work: Work) -> dict[str, Any]:
    """Sweep what nobody needs any more; a second run finds none."""
    return {"sessions": sign_ins.sweep(), "attempts": attempts.sweep(), "posts": once.sweep()}
