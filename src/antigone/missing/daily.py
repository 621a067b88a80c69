"""What is done once a day for ante-mortem records: withdrawals followed, reviews warned of, what ended erased."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from antigone.jobs.daily import daily
from antigone.jobs.work import Work


@daily("missing:reviews", title=_("Warn of reviews, and erase what ended"))
def reviews(work: Work) -> dict[str, Any]:
    """Follow withdrawals made on the family pages, warn thirty days before, and end what nobody kept.

    Each step does what is left to do; stopped anywhere, the next run goes on.
    """
    # Erasing needs the galleries, which every other command starts without.
    from antigone.missing import enquiries as withdrawn
    from antigone.missing import reviews as reviewing
    from antigone.missing import withholding

    today = date.fromisoformat(work.args["day"])
    withheld = withholding.follow_intake()
    warned = reviewing.warn(today)
    ended = reviewing.expire(today)
    enquiries = withdrawn.erase_withdrawn(today)
    return {
        "withheld": withheld,
        "enquiries": enquiries,
        "warned": warned.total,
        "ended": ended.ended,
        "erased": ended.erased,
        "verified": ended.verified,
    }
