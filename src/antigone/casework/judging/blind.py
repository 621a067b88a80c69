"""Who may work blind on a search, and the pictures that they are shown: made from pixels, with nothing else in them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.access.scope import Scope, agencies_open_to
from antigone.casework import services
from antigone.casework.errors import ExaminationRefused, NotHere
from antigone.casework.judging.framing import Eyes, eyes_of
from antigone.casework.knowing import has_seen
from antigone.casework.models import Case, Comparison, Search
from antigone.enrolment.limits import picture_limits
from antigone.imaging.decoding import decode
from antigone.imaging.derivatives import derive
from antigone.ledger.services import refuse
from antigone.missing import looking as portraits
from antigone.missing import sharing
from antigone.missing.models import Portrait
from antigone.missing.rules import searchable
from antigone.remains import looking, own
from antigone.remains import services as remains
from antigone.remains.models import Photograph
from antigone.remains.rules import FOR_CARE_AND_TRACING
from antigone.vault import store

NEEDED = (Scope.CASES, Scope.PHOTOGRAPHS, Scope.PORTRAITS)
"""What an agreement must disclose before somebody of the other agency can be second examiner."""

LONGEST = 1600


def not_here() -> NotHere:
    """The one answer for what does not exist, what is another's, and what is not open to this person."""
    return NotHere(_("There is no such work here. Nothing was changed."))


def agencies_worked_for(who: Operator) -> frozenset[int]:
    """The agencies on whose cases this person may work blind: their own, and those whose agreements cover it."""
    if who.machine or not who.active:
        return frozenset()
    return frozenset.intersection(*(agencies_open_to(who, scope) for scope in NEEDED))


def open_case_for(search: Search, who: Operator, permission: Permission) -> Case:
    """The case of a search, for somebody who may work blind on it now; asked again before every step.

    Raises NotHere, Refused, or ExaminationRefused with the refusal in the ledger: for whoever has seen ranked output,
    for a case that is closed, a subject that may not be searched now, and a search that was recalled.
    """
    case = Case.objects.select_related("subject", "agency").get(pk=search.case_id)
    living = case.subject.kind in FOR_CARE_AND_TRACING
    if case.agency_id not in agencies_worked_for(who) or not own.may_see(case.subject, who):
        raise not_here()
    if living and case.agency_id != who.agency_id:
        raise not_here()
    access.require(who, permission, object=f"case:{case.pk}")
    if has_seen(who, case.pk):
        raise refused(
            who, case, permission, "saw ranked output",
            _("You have seen what a search of this case came to, and cannot judge blind any more. Nothing was done."),
        )  # fmt: skip
    fault = _("The case is closed.") if case.closed_at else remains.searchable_fault(case.subject)
    if fault:
        raise refused(who, case, permission, "not open", _("%(fault)s Nothing was done.") % {"fault": fault})
    if Search.objects.filter(pk=search.pk, recalled_at__isnull=False).exists():
        raise refused(
            who, case, permission, "recalled",
            _("What this search rested on was decided anew, and it is to be made again. Nothing was done."),
        )  # fmt: skip
    return case


def mandated(case: Case, who: Operator) -> None:
    """Return when the agency of a case has a mandate in force for it today; raises Refused, in the ledger."""
    access.mandate_in_force(
        case.agency,
        services.purpose_for(case.subject.kind),
        actor=who.actor,
        subject_kind=case.subject.kind,
        object=f"case:{case.pk}",
    )


def refused(who: Operator, case: Case, permission: Permission, why: str, sentence: str) -> ExaminationRefused:
    """Enter a refusal, and return what to tell."""
    action = "casework:triage:refuse" if permission is Permission.TRIAGE_DO else "casework:examination:refuse"
    refuse(action, actor=who.actor, object=f"case:{case.pk}", why=why)
    return ExaminationRefused(_("%(sentence)s The refusal is in the ledger.") % {"sentence": sentence})


def photographs_of(search: Search) -> list[UUID]:
    """The photographs of the subject that a search was made with."""
    return list(search.photographs.order_by("added_at", "pk").values_list("pk", flat=True))


def photograph(search: Search, pk: UUID, who: Operator) -> bytes:
    """One photograph of the subject, as a JPEG without metadata; the look is in the ledger. Raises NotHere, Refused."""
    found = Photograph.objects.select_related("subject").filter(pk=pk, searches=search).first()
    if found is None:
        raise not_here()
    return _plain(looking.lifted(found, who), found.sha256)


def eyes_in_photograph(search: Search, pk: UUID) -> Eyes | None:
    """Where the eyes of the subject are in a photograph of a search, if they were found; no pixel of it leaves."""
    found = Photograph.objects.filter(pk=pk, searches=search).first()
    if found is None:
        raise not_here()
    face = found.faces[found.chosen] if found.chosen < len(found.faces) else None
    return _eyes(found.pk, face)


def eyes_in_portrait(comparison: Comparison, who: Operator) -> Eyes | None:
    """The same of the portrait of a comparison, for whoever may be shown it."""
    found = shown([comparison], who).get(comparison.pk)
    if found is None:
        raise not_here()
    return _eyes(found.pk, found.face)


def shown(comparisons: Iterable[Comparison], who: Operator) -> dict[UUID, Portrait]:
    """Of these comparisons, by key, the portraits that this person may be shown today; two queries at most.

    What its giver withdrew, what is out of date or of somebody no longer missed, and what is not shared with the
    agency of whoever asks is not among them.
    """
    wanted = [(each.pk, each.portrait) for each in comparisons if each.portrait is not None]
    today = timezone.now().date()
    rows = (
        sharing.shown_to(who)
        .filter(
            pk__in={portrait for _pk, portrait in wanted}, withheld_at=None, person__holding__approved_at__isnull=False
        )
        .filter(Q(until=None) | Q(until__gte=today))
        .select_related("person__report")
    )
    open_now = {each.pk: each for each in rows if searchable(each.person.report.state, each.basis, each.citation)}
    # One portrait may be compared in several cases at once.
    return {pk: open_now[portrait] for pk, portrait in wanted if portrait in open_now}


def portrait(comparison: Comparison, who: Operator) -> bytes:
    """The portrait of a comparison, as a JPEG without metadata; the look is in the ledger. Raises NotHere."""
    found = shown([comparison], who).get(comparison.pk)
    if found is None:
        raise not_here()
    return _plain(portraits.opened_for_comparison(found, who), found.sha256)


def _eyes(pk: UUID, face: dict[str, Any] | None) -> Eyes | None:
    if not face or not face.get("landmarks"):
        return None
    picture = decode(store.open(str(pk)), picture_limits())
    return eyes_of(face, picture.width, picture.height)


def _plain(original: bytes, sha256: str) -> bytes:
    # A file may carry a name, a place or a maker's note: only its pixels are shown.
    return derive(decode(original, picture_limits()).pixels, source=sha256, longest=LONGEST)[0]
