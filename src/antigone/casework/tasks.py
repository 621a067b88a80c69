"""Work of casework that takes a while, or reaches into the vault."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework import services
from antigone.casework.errors import CaseRefused, PictureUnusable
from antigone.casework.models import Case, Search
from antigone.jobs import services as jobs
from antigone.jobs.models import Job
from antigone.jobs.registry import handles
from antigone.jobs.work import Work
from antigone.ledger.services import refuse
from antigone.remains import services as remains
from antigone.remains.errors import SubjectRefused
from antigone.vault import tasks as vault_tasks

SEARCH = "casework:search"
STEPS = 2
DEFAULT_TOP = 50


def ask_search(case: Case, who: Operator, top: int = DEFAULT_TOP) -> Job:
    """Ask for a search with every photograph that a case has; raises Refused or CaseRefused, in the ledger.

    What the work came to stands in its result: the number of the search, whose answer `services.look_at_answer` shows.
    """
    found, _mandate = services.authorise_search(case.code, who)
    if not found.subject.photographs.exists():
        raise CaseRefused(_("The case has no photographs yet. Add one first; nothing was searched."))
    return jobs.ask(SEARCH, who.actor, who.agency_id, {"case": found.pk, "top": max(1, min(int(top), 1000))})


@handles(SEARCH, title=gettext_lazy("Search the photographs of a case"))
def search_case(work: Work) -> dict[str, Any]:
    """Search for whoever asked, as they may now. Killed anywhere it is done again; one that was kept is not doubled."""
    from antigone.casework.searching import search

    made = Search.objects.filter(job=work.job).first()
    if made is None:
        who = Operator.objects.select_related("agency").get(pk=int(work.asked_by.rpartition(":")[2]))
        code = Case.objects.values_list("code", flat=True).get(pk=work.args["case"])
        case, _mandate = services.authorise_search(code, who)
        work.progress(0, STEPS, _("Reading the photographs"))
        given = search.photographs_of(case)
        work.progress(1, STEPS, _("Searching the portraits"))
        try:
            _answer, made = search.run(case, given, work.args["top"], who, job=work.job)
        except PictureUnusable as unusable:
            raise CaseRefused(str(unusable)) from None
    return {"search": made.pk, "case": made.case_id, "none_of_these": made.none_of_these}


def erase_photograph(code: str, sha256: str, who: Operator, reason: str) -> int:
    """Erase the photographs of a case whose SHA-256 begins so; returns how many. Raises Refused or CaseRefused."""
    case = services.case_of(code, who, Permission.PHOTOGRAPH_ERASE)
    found = case.subject.photographs.filter(sha256__startswith=sha256.lower())
    gone = remains.erase_photographs(found, who.actor, reason)
    vault_tasks.complete_shreds()
    return len(gone)


def person_spoke(code: str, who: Operator) -> int:
    """End every search about a living subject who can state their identity; returns how many photographs went."""
    case = services.case_of(code, who)
    try:
        gone = remains.person_spoke(case.subject, who.actor)
    except SubjectRefused as refused:
        refuse("casework:case:refuse", actor=who.actor, object=f"case:{case.pk}", code=code)
        raise CaseRefused(f"{refused} The refusal is in the ledger.") from None
    vault_tasks.complete_shreds()
    return len(gone)
