"""Work of casework that takes a while, or reaches into the vault."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework import services
from antigone.casework.errors import CaseRefused, ChoiceChanged, ChoiceRefused, PictureUnusable
from antigone.casework.models import Case, Search
from antigone.casework.searching import preparing
from antigone.jobs import services as jobs
from antigone.jobs.models import Job
from antigone.jobs.registry import handles
from antigone.jobs.work import Work
from antigone.ledger.services import refuse
from antigone.remains import services as remains
from antigone.remains.errors import SubjectRefused
from antigone.vault import tasks as vault_tasks

SEARCH = "casework:search"
FACES = "casework:faces"
STEPS = 2
DEFAULT_TOP = 50


def ask_search(case: Case, who: Operator, top: int = DEFAULT_TOP, photographs: Mapping[UUID, str] | None = None) -> Job:
    """Ask for a search with every photograph that a case has; raises Refused or CaseRefused, in the ledger.

    `photographs` are those that take part, each with the version of what was decided about it (`Prepared.version`):
    where that is not what holds as the work begins, nothing is searched. What the work came to stands in its result:
    the number of the search, whose answer `services.look_at_answer` shows.
    """
    found, _mandate = services.authorise_search(case.code, who)
    if not found.subject.photographs.exists():
        raise CaseRefused(_("The case has no photographs yet. Add one first; nothing was searched."))
    if not found.subject.photographs.filter(not_suitable=None).exists():
        raise CaseRefused(
            _("Every photograph of the case was judged not suitable for comparison. Nothing was searched; add another.")
        )
    args: dict[str, Any] = {"case": found.pk, "top": max(1, min(int(top), 1000))}
    if photographs is not None:
        args["photographs"] = {str(pk): version for pk, version in photographs.items()}
        _as_decided(found, who, args["photographs"])
    return jobs.ask(SEARCH, who.actor, who.agency_id, args)


def _as_decided(case: Case, who: Operator, chosen: Mapping[str, str]) -> None:
    """Return where these decisions about photographs are what holds now; raises ChoiceRefused or ChoiceChanged."""
    if not chosen:
        raise ChoiceRefused(_("Choose at least one photograph that takes part. Nothing was searched."))
    there = {str(each.photograph.pk): each for each in preparing.prepared_in(case, who)}
    for pk, version in chosen.items():
        of = there.get(pk)
        if of is None or of.version != version or of.not_suitable is not None:
            raise ChoiceChanged(
                _(
                    "What was decided about the photographs changed since this search was asked for. Nothing was "
                    "searched. Look at them again, and ask anew."
                )
            )


def ask_faces(case: Case, who: Operator) -> Job | None:
    """Ask that the faces in a case's photographs be found, where that was not done; None where nothing is to be done.

    Raises Refused or CaseRefused, in the ledger: a face is not sought without a mandate either.
    """
    found, _mandate = services.authorise_search(case.code, who)
    if not found.subject.photographs.filter(sought=None, faces=[]).exists():
        return None
    return jobs.ask(FACES, who.actor, who.agency_id, {"case": found.pk})


@handles(FACES, title=gettext_lazy("Find the faces in the photographs of a case"))
def find_faces(work: Work) -> dict[str, Any]:
    """Find the faces that were not found yet; each photograph is kept by itself, so that a kill costs one at most."""
    who, case = _allowed(work)
    rows = list(case.subject.photographs.filter(sought=None, faces=[]).order_by("added_at", "pk"))
    for done, photograph in enumerate(rows):
        work.progress(done, len(rows), _("Looking for faces"))
        preparing.seek(photograph, who)
    return {"case": case.pk, "photographs": len(rows)}


def _allowed(work: Work) -> tuple[Operator, Case]:
    """Whoever asked for the work, and its case, as they may now; raises Refused or CaseRefused."""
    who = Operator.objects.select_related("agency").get(pk=int(work.asked_by.rpartition(":")[2]))
    code = Case.objects.values_list("code", flat=True).get(pk=work.args["case"])
    case, _mandate = services.authorise_search(code, who)
    return who, case


@handles(SEARCH, title=gettext_lazy("Search the photographs of a case"))
def search_case(work: Work) -> dict[str, Any]:
    """Search for whoever asked, as they may now. Killed anywhere it is done again; one that was kept is not doubled."""
    from antigone.casework.searching import search

    made = Search.objects.filter(job=work.job).first()
    if made is None:
        who, case = _allowed(work)
        work.progress(0, STEPS, _("Reading the photographs"))
        chosen = work.args.get("photographs")
        if chosen is not None:
            _as_decided(case, who, chosen)
        given = search.photographs_of(case, chosen)
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
