"""Keeps the search of a case standing: set by a person who answers for it, and ended again."""

from __future__ import annotations

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework import services
from antigone.casework.errors import CaseRefused, NotHere
from antigone.casework.models import Case, Ending, StandingSearch
from antigone.casework.searching import ending
from antigone.jobs import services as jobs
from antigone.jobs.models import Job, State
from antigone.ledger.services import record, recorded
from antigone.remains import own

KIND = "casework:standing"
MOST = 1000


def keep_standing(code: str, who: Operator, top: int = 50) -> StandingSearch:
    """Have a case searched again whenever either side changes, from now on; asks for a first look at once.

    Whoever sets it answers for every search that it makes, as if they had made it: they count as having seen its ranked
    output. Raises Refused or CaseRefused; nothing is changed then.
    """
    case, _mandate = services.authorise_search(code, who)
    if who.machine:
        raise CaseRefused(_("A person answers for a standing search, and no program does. Nothing was changed."))
    if standing_of(case) is not None:
        raise CaseRefused(_("The search of this case is kept standing already. Nothing was changed."))
    try:
        with recorded():
            standing = StandingSearch.objects.create(
                case=case, set_by=who.actor, set_at=timezone.now(), top=max(1, min(int(top), MOST))
            )
            record(
                "casework:standing:set",
                actor=who.actor,
                object=f"case:{case.pk}",
                standing=standing.pk,
                top=standing.top,
            )
            ask_run()
    except IntegrityError:  # somebody else set it standing in the same moment
        raise CaseRefused(_("The search of this case is kept standing already. Nothing was changed.")) from None
    return standing


def end_standing(code: str, who: Operator, reason: str = "") -> StandingSearch:
    """End the standing search of a case of the agency; whoever may search there may end it. Raises as above."""
    case = services.case_of(code, who, Permission.SEARCH_RUN)
    own.may(who, Permission.SEARCH_RUN, case.subject)
    standing = standing_of(case)
    if standing is None:
        raise CaseRefused(_("The search of this case is not kept standing. Nothing was changed."))
    ending.end(standing, Ending.ASKED, who.actor, reason.strip())
    standing.refresh_from_db()
    return standing


def standing_of(case: Case) -> StandingSearch | None:
    """The standing search of a case that is in force."""
    return StandingSearch.objects.filter(case=case, ended_at=None).first()


def case_for(pk: int, who: Operator) -> Case:
    """The agency's case of this number, for somebody who may search; raises NotHere or Refused."""
    case = Case.objects.select_related("subject", "agency").filter(pk=pk, agency=who.agency_id).first()
    if case is None or not own.may_see(case.subject, who):
        raise NotHere(_("There is no such case here. Nothing was changed."))
    access.require(who, Permission.SEARCH_RUN, object=f"case:{case.pk}")
    return case


def ask_run() -> Job | None:
    """Ask for a look at every standing search, unless one waits already; in the caller's transaction."""
    if Job.objects.filter(kind=KIND, state=State.WAITING).exists():
        return None
    return jobs.ask(KIND, ending.SYSTEM)
