"""How many votes make a board, who may give them, and who may not in one case."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from antigone.access import services as access
from antigone.access.models import Operator, RoleGrant
from antigone.access.permissions import Permission
from antigone.access.rules import roles_allowing
from antigone.casework.deciding import before
from antigone.casework.deciding.rules import DEFAULT_QUORUM, LEAST_QUORUM, PRIMARY
from antigone.casework.errors import DecisionRefused
from antigone.casework.models import DecisionKind, EvidenceLine, Examination, QuorumSetting, Triage
from antigone.ledger.services import record, recorded

MOST = 15


def quorum_of(agency: int) -> int:
    """How many votes make a board of this agency today."""
    last = QuorumSetting.objects.filter(agency=agency).order_by("-pk").first()
    return last.number if last is not None else DEFAULT_QUORUM


def set_quorum(number: int, reason: str, who: Operator) -> None:
    """Say how many votes make a board of one's agency from now on; raises Refused or DecisionRefused.

    What is before the board keeps the quorum under which it was put there. Never fewer than two: one person alone
    decides on nobody's name.
    """
    access.require(who, Permission.QUORUM_SET, object=f"agency:{who.agency_id}")
    why = before.words(reason, 400)
    if not LEAST_QUORUM <= number <= MOST:
        raise DecisionRefused(
            _("A board has from %(least)s to %(most)s votes. Nothing was changed.")
            % {"least": LEAST_QUORUM, "most": MOST}
        )
    with recorded():
        QuorumSetting.objects.create(
            agency=who.agency, number=number, reason=why, set_by=who.actor, set_at=timezone.now()
        )
        record("casework:quorum:set", actor=who.actor, object=f"agency:{who.agency_id}", number=number, reason=why)


def members(agency: int) -> frozenset[str]:
    """The actors who may vote in this agency now; one query."""
    roles = [role.value for role in roles_allowing(Permission.DECISION_VOTE)]
    held = RoleGrant.objects.filter(
        agency=agency, operator__agency=agency, role__in=roles, revoked_at=None, operator__active=True,
        operator__machine=False,
    )  # fmt: skip
    return frozenset(each.actor for each in Operator.objects.filter(pk__in=held.values("operator")))


def examiners(case: int) -> frozenset[str]:
    """The actors who triaged or examined in a case, also those who gave it up: they do not vote in it."""
    triaged = Triage.objects.filter(lineup__search__case=case).values_list("actor", flat=True)
    examined = Examination.objects.filter(comparison__lineup__search__case=case).values_list("actor", flat=True)
    return frozenset((*triaged, *examined))


def recorders(kind: str, lines: Iterable[EvidenceLine]) -> frozenset[str]:
    """The actors who recorded a standing primary result on which a question of this kind would rest.

    The vote is the second pair of eyes on a laboratory's paper: nobody is both.
    """
    if kind not in (DecisionKind.IDENTIFY, DecisionKind.EXCLUDE):
        return frozenset()
    return frozenset(each.recorded_by for each in lines if each.kind in PRIMARY and each.withdrawn_at is None)


def short(able: int, quorum: int) -> str:
    """The sentence that says that a board cannot come together, or an empty one."""
    if able >= quorum:
        return ""
    return ngettext(
        "A decision needs %(quorum)d votes, and %(able)d person of this agency may vote on it. Nobody decides alone: "
        "others have to be made members of the board, or the case goes to another agency.",
        "A decision needs %(quorum)d votes, and %(able)d people of this agency may vote on it. Others have to be made "
        "members of the board, or the case goes to another agency.",
        able,
    ) % {"quorum": quorum, "able": able}
