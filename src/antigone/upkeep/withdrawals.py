"""After a restore: withdraw again what the ledger says was withdrawn since the backup.

A backup from before a report was closed, a role taken or a mandate revoked would give all of that back, and would no
longer know who has seen ranked output. Where the ledger of before is there, it says what to take again and who saw;
rights that were *given* since are not given again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

from antigone.access import agreements, invitations, second_factors, sign_ins, tokens
from antigone.access import services as access
from antigone.access.errors import AccessError
from antigone.access.models import Agency, Agreement, Mandate, Operator, SignIn, Token
from antigone.casework import services as casework
from antigone.casework.deciding import reviewing
from antigone.casework.models import Case, Ending, RankedView, StandingSearch
from antigone.casework.searching import ending
from antigone.intake import services as intake
from antigone.ledger.models import Entry
from antigone.missing import consents, withholding
from antigone.missing import services as missing
from antigone.missing.models import Person, Portrait, Report, ReportState
from antigone.remains import services as remains
from antigone.remains.models import Subject

# What takes away, and what gives the same thing back; the last of them decides.
TURNS = {
    "access:agreement:end": True,
    "access:invitation:redeem": True,
    "access:mandate:revoke": True,
    "access:operator:close": True,
    "access:role:grant": False,
    "access:role:revoke": True,
    "access:second-factor:reset": True,
    "access:token:revoke": True,
    "casework:case:close": True,
    "casework:decision:revoke": True,
    "casework:standing:end": True,
    "casework:standing:set": False,
    "intake:enquiry:withdraw": True,
    "missing:consent:record": False,
    "missing:consent:withdraw": True,
    "missing:portrait:release": False,
    "missing:portrait:withhold": True,
    "missing:report:close": True,
    "missing:report:reopen": False,
    "remains:subject:spoke": True,
}
REASON = "withdrawn after the backup was made"


def withdraw_again(made_at: float, actor: str) -> int:
    """Take again, through the rooms' services; returns how many withdrawals that were.

    Sessions that were open when the backup was made are ended as well: whose they are now nobody knows.
    """
    for row in SignIn.objects.filter(ended_at=None):
        sign_ins.end(row, actor, "restored")
    return sum(_taken(entry, actor) for entry in _last_words(made_at))


# What says that somebody saw ranked output of a case; each is an entry about the case.
SEEN = (
    "casework:search:run",
    "casework:answer:look",
    "casework:examination:forgo",
    "casework:posterior:read",
    "casework:lineup:read",
    "casework:file:open",
)


def remember_views() -> int:
    """Put back who saw ranked output, so that they cannot examine the case unseen; returns how many that were.

    The whole ledger is asked, not only what is newer than the backup: knowing it twice does no harm. Of what a program
    was shown, whoever answers for it is put back too.
    """
    known = set(RankedView.objects.values_list("case", "actor"))
    cases = set(Case.objects.values_list("pk", flat=True))
    behind = {each.operator.actor: each.holder.actor for each in Token.objects.select_related("operator", "holder")}
    lost: dict[tuple[int, str], datetime] = {}
    for entry in Entry.objects.filter(action__in=SEEN).order_by("id").iterator():
        case = int(entry.object.rpartition(":")[2])
        for seer in filter(None, (entry.actor, behind.get(entry.actor))):
            if case in cases and (case, seer) not in known:
                lost.setdefault((case, seer), entry.at)
    for (case, seer), at in lost.items():
        casework.remember_ranked_view(case, seer, at)
    return len(lost)


def _last_words(made_at: float) -> Iterator[Entry]:
    """For each thing, the entry that spoke last of it since the backup, if it was a withdrawal."""
    last: dict[tuple[str, ...], Entry] = {}
    for entry in Entry.objects.filter(action__in=TURNS).order_by("id").iterator():
        if entry.at.timestamp() >= made_at:
            said = entry.details or {}
            last[entry.object, entry.action.rpartition(":")[0], str(said.get("role")), str(said.get("agency"))] = entry
    yield from (entry for entry in last.values() if TURNS[entry.action])


def _taken(entry: Entry, actor: str) -> bool:
    """Whether there was something to take; what the restored records do not know, or have taken, is left."""
    number, said = entry.object.rpartition(":")[2], entry.details or {}
    match entry.action:
        case "missing:report:close":
            report = Report.objects.filter(person_id=number, state=ReportState.OPEN).first()
            if report is None or said.get("state") not in ReportState.values:
                return False
            missing.close_report(Person.objects.get(pk=report.person_id), said["state"], actor)
        case "intake:enquiry:withdraw":
            return intake.withdraw_again(int(number), actor)
        case "missing:consent:withdraw":
            return consents.withdraw_again(int(number), actor, REASON)
        case "missing:portrait:withhold":
            return withholding.withhold(Portrait.objects.filter(pk=number), actor) > 0
        case "remains:subject:spoke":
            subject = Subject.objects.filter(pk=number, spoke_at=None).first()
            if subject is None:
                return False
            remains.person_spoke(subject, actor)
        case "casework:decision:revoke":
            return reviewing.revoked_before(int(number), actor)
        case "casework:case:close":
            if not Case.objects.filter(pk=number, closed_at=None).exists():
                return False
            casework.close_again(int(number), actor, REASON)
        case "casework:standing:end":
            standing = StandingSearch.objects.filter(case=int(number), ended_at=None).first()
            return standing is not None and ending.end(standing, Ending.ASKED, actor, REASON)
        case "access:mandate:revoke":
            mandate = Mandate.objects.filter(pk=number, revoked_at=None).first()
            if mandate is None:
                return False
            access.revoke_mandate(mandate, actor, REASON)
        case "access:agreement:end":
            agreement = Agreement.objects.filter(pk=number, ended_at=None).first()
            if agreement is None:
                return False
            agreements.end_for(agreement, actor, REASON)
        case "access:token:revoke":
            token = Token.objects.select_related("operator").filter(pk=int(number), revoked_at=None).first()
            if token is None:
                return False
            tokens.revoke_for(token, actor, REASON)
        case "access:invitation:redeem" | "access:second-factor:reset":
            return _way_in_taken(entry, number, actor)
        case _:
            return _right_taken(entry, number, actor)
    return True


def _way_in_taken(entry: Entry, number: str, actor: str) -> bool:
    """A code that was used opens nothing again, and a second factor that was lost is lost: a new code is given."""
    who = Operator.objects.filter(pk=number, active=True).first()
    if who is None:
        return False
    if entry.action == "access:invitation:redeem":
        return invitations.withdraw(who) > 0
    second_factors.take_away(who, actor)
    return True


def _right_taken(entry: Entry, number: str, actor: str) -> bool:
    who = Operator.objects.filter(pk=number, active=True).first()
    if who is None:
        return False
    # The last administrator of the restored records stays, or nobody could ever be given a role again.
    with suppress(AccessError):
        if entry.action == "access:operator:close":
            access.close_operator(who, actor)
            return True
        said = entry.details or {"agency": 0, "role": ""}
        agency = Agency.objects.filter(pk=said["agency"]).first()
        if agency is not None:
            access.revoke_role(who, said["role"], actor, agency=agency)
            return True
    return False
