"""Who comes before the board's records: one's own agency's case, no blind work left to do, and none afterwards."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework.errors import DecisionRefused, NotHere
from antigone.casework.knowing import at_blind_work, has_seen, saw
from antigone.casework.models import Case, Decision, Proposal
from antigone.ledger.services import record, recorded, refuse
from antigone.missing.models import Person
from antigone.missing.own import counting
from antigone.missing.records import text_fault
from antigone.missing.sharing import persons_shown_to
from antigone.remains import own

OPENED = "casework:file:open"
REFUSED = "casework:decision:refuse"
REASONS_LENGTH = 4000


def not_here() -> NotHere:
    """The one answer for what does not exist and for what is not this person's to know."""
    return NotHere(_("There is no such record here. Nothing was changed."))


def case_for(pk: int, who: Operator, permission: Permission) -> Case:
    """The agency's case of this number for somebody who may do this; raises NotHere, Refused or DecisionRefused.

    Whoever has blind work in it that is not ended is refused, with an entry: these records would unblind them.
    """
    found = Case.objects.select_related("subject", "agency").filter(pk=pk, agency=who.agency_id).first()
    if found is None or not own.may_see(found.subject, who):
        raise not_here()
    access.require(who, permission, object=f"case:{found.pk}")
    if at_blind_work(who, found):
        raise refused(
            who, found, "blind work",
            _(
                "You have blind work in this case that is not ended. Seal it or give it up first; whoever reads what "
                "the board reads examines no more."
            ),
        )  # fmt: skip
    return found


def person_for(pk: int, who: Operator) -> Person:
    """A missing person whom this operator may know of, the record that counts; raises NotHere."""
    rows = persons_shown_to(who).select_related("holding__agency", "report")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise not_here()
    return counting(found)


def proposal_for(pk: int, who: Operator) -> Proposal:
    """A proposal before the board of one's own agency, with its case; raises as `case_for`."""
    found = _proposals().filter(pk=pk, case__agency=who.agency_id).first()
    if found is None:
        raise not_here()
    found.case = case_for(found.case_id, who, Permission.DECISION_VOTE)
    return found


def decision_for(serial: str, who: Operator, permission: Permission) -> Decision:
    """A decision of one's own agency by its number; raises as `case_for`."""
    rows = Decision.objects.select_related("case__subject", "case__agency", "proposal", "revoked_by")
    found = rows.filter(serial=serial, agency=who.agency_id).first()
    if found is None:
        raise not_here()
    case_for(found.case_id, who, permission)
    return found


def held(case: Case) -> Case:
    """The case as it stands now, held still in the caller's transaction; first of all rows that a board holds."""
    Case.objects.select_for_update().only("pk").get(pk=case.pk)
    return Case.objects.select_related("subject", "agency").get(pk=case.pk)


def end_blindness(case: Case, who: Operator) -> None:
    """Keep that this person reads what the board reads of a case, in the caller's transaction; once is enough."""
    if not has_seen(who, case.pk):
        saw(who, case, None, timezone.now())
        record(OPENED, actor=who.actor, object=f"case:{case.pk}")


def opened(case: Case, who: Operator) -> None:
    """The same, in a transaction of its own, with an entry each time."""
    with recorded():
        if not has_seen(who, case.pk):
            saw(who, case, None, timezone.now())
        record(OPENED, actor=who.actor, object=f"case:{case.pk}")


def refused(who: Operator, case: Case, why: str, sentence: str) -> DecisionRefused:
    """Enter a refusal, and return what to tell."""
    refuse(REFUSED, actor=who.actor, object=f"case:{case.pk}", why=why)
    return DecisionRefused(
        _("%(sentence)s Nothing was done, and the refusal is in the ledger.") % {"sentence": sentence}
    )


def words(text: str, most: int = REASONS_LENGTH) -> str:
    """Reasons as they are kept; raises DecisionRefused for none, or for what cannot be read."""
    if not text.strip():
        raise DecisionRefused(_("Give your reasons. Nothing was changed."))
    if text_fault(text, most, allowed="\n\r\t"):
        raise DecisionRefused(_("At most %(most)s characters that can be read. Nothing was changed.") % {"most": most})
    return text.strip()


def _proposals() -> QuerySet[Proposal]:
    return Proposal.objects.select_related("case__subject", "case__agency", "revokes__proposal")
