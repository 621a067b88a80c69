"""Agreements: what one agency discloses to another, signed by a person of each side, with its end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access import rules
from antigone.access.authority import require
from antigone.access.errors import AccessError, NoSuchRecord
from antigone.access.models import Agency, Agreement, Operator
from antigone.access.permissions import Permission
from antigone.access.scope import Scope
from antigone.ledger.services import record, recorded


def propose(
    who: Operator,
    other: Agency,
    scopes: Iterable[Scope | str],
    citation: str,
    valid_until: date,
    *,
    receiving: bool = False,
    valid_from: date | None = None,
) -> Agreement:
    """Propose that the agency of `who` discloses to another, or with `receiving` the other way round.

    It discloses nothing until a person of the other side has accepted it. Raises Refused, AccessError.
    """
    require(who, Permission.AGREEMENT_MANAGE, object=f"agency:{who.agency_id}")
    start = valid_from or timezone.now().date()
    try:
        covered = sorted({Scope(each).value for each in scopes})
    except ValueError:
        raise AccessError(_("There is no such scope. Nothing was changed.")) from None
    if other.pk == who.agency_id:
        raise AccessError(_("An agreement has two sides. Nothing was changed."))
    if not covered or not citation.strip():
        raise AccessError(
            _("An agreement names what it discloses, and the written text it rests on. Nothing was changed.")
        )
    if valid_until < start or valid_until < timezone.now().date():
        raise AccessError(_("An agreement ends after it begins, and not before today. Nothing was changed."))
    sides = (other, who.agency) if receiving else (who.agency, other)
    with recorded():
        agreement = Agreement.objects.create(
            discloses=sides[0],
            receives=sides[1],
            scopes=covered,
            citation=citation.strip(),
            valid_from=start,
            valid_until=valid_until,
            proposing=who.agency,
            proposed_by=who.actor,
            proposed_at=timezone.now(),
        )
        record(
            "access:agreement:propose",
            actor=who.actor,
            object=f"agreement:{agreement.pk}",
            discloses=sides[0].pk,
            receives=sides[1].pk,
            scopes=covered,
            citation=agreement.citation,
            valid_from=start.isoformat(),
            until=valid_until.isoformat(),
        )
    return agreement


def accept(who: Operator, agreement: Agreement) -> None:
    """Sign for the other side: from now on, within its dates, the agreement discloses."""
    _of_ours(who, agreement)
    require(who, Permission.AGREEMENT_MANAGE, object=f"agreement:{agreement.pk}")
    if agreement.proposing_id == who.agency_id:
        raise AccessError(
            _("Your agency proposed this agreement; a person of the other side accepts it. Nothing was changed.")
        )
    with recorded():
        if not Agreement.objects.filter(pk=agreement.pk, accepted_at=None, ended_at=None).update(
            accepted_by=who.actor, accepted_at=timezone.now()
        ):
            raise AccessError(_("This agreement was accepted or ended before. Nothing was changed."))
        record("access:agreement:accept", actor=who.actor, object=f"agreement:{agreement.pk}")
    agreement.refresh_from_db()


def end(who: Operator, agreement: Agreement, reason: str) -> None:
    """End an agreement now, or withdraw a proposal; either side may, and nothing is seen under it any more."""
    _of_ours(who, agreement)
    require(who, Permission.AGREEMENT_MANAGE, object=f"agreement:{agreement.pk}")
    end_for(agreement, who.actor, reason)


def end_for(agreement: Agreement, actor: str, reason: str) -> None:
    """End an agreement in the name of this actor."""
    if not reason.strip():
        raise AccessError(_("Say why the agreement ends. Nothing was changed."))
    with recorded():
        if not Agreement.objects.filter(pk=agreement.pk, ended_at=None).update(
            ended_by=actor, ended_at=timezone.now(), end_reason=reason.strip()
        ):
            raise AccessError(_("This agreement was ended before. Nothing was changed."))
        record("access:agreement:end", actor=actor, object=f"agreement:{agreement.pk}", reason=reason.strip())
    agreement.refresh_from_db()


def _of_ours(who: Operator, agreement: Agreement) -> None:
    if who.agency_id not in (agreement.discloses_id, agreement.receives_id):
        raise NoSuchRecord(_("There is no such agreement. Nothing was changed."))


def fault_of(agreement: Agreement, today: date | None = None) -> str | None:
    """Why this agreement discloses nothing today, or None when it is in force."""
    return rules.agreement_fault(
        valid_from=agreement.valid_from,
        valid_until=agreement.valid_until,
        accepted=agreement.accepted_at is not None,
        ended=agreement.ended_at is not None,
        today=today or timezone.now().date(),
    )
