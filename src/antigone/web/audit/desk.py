"""What awaits an auditor: a log that did not verify, or was not verified for long, and what was refused."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework.judging.unread import veil_for
from antigone.ledger import reading
from antigone.upkeep import verifying
from antigone.web.desk.sections import Awaiting, section

# A log that nobody looks at proves nothing; once a week is little to ask.
EVERY = timedelta(days=7)


@section("audit:verify", gettext_lazy("Whether the ledger is whole"), order=10, any_of=[Permission.LEDGER_READ])
def verification(who: Operator) -> list[Awaiting]:
    url = reverse("web:audit:verify")
    last = verifying.last()
    if last is not None and last.result is not None and not last.result.get("ok"):
        return [
            Awaiting(
                title=_("The ledger did not verify"),
                url=url,
                note=str(last.result.get("sentence", "")),
                badge=_("fault"),
                badge_kind="refusal",
            )
        ]
    at = verifying.verified_at()
    if at is not None and timezone.now() - at < EVERY:
        return []
    note = (
        _("It was found whole on %(day)s.") % {"day": date_format(timezone.localtime(at), "DATE_FORMAT")}
        if at
        else _("Nobody has verified it within the last 90 days.")
    )
    return [Awaiting(title=_("Verify the ledger"), url=url, note=note)]


@section("audit:refusals", gettext_lazy("Refused within seven days"), order=30, any_of=[Permission.LEDGER_READ])
def refusals(who: Operator) -> list[Awaiting]:
    found = reading.refusals(timezone.now() - EVERY, veil_for(who))
    number = sum(times for _action, times in found)
    if not number:
        return []
    title = ngettext("%(number)d refusal", "%(number)d refusals", number) % {"number": number}
    note = ", ".join(f"{action} {times}" for action, times in found[:4])
    return [Awaiting(title=title, url=reverse("web:audit:refusals"), note=note)]
