"""Sessions of operators in the pages: begun at a sign-in, ended by hand, by idleness, or at the end of a shift."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access import authority, rules
from antigone.access.errors import NoSuchRecord
from antigone.access.models import Operator, SignIn
from antigone.access.permissions import Permission
from antigone.ledger.services import record, recorded

# A session is seen once in this time, so that not every look at a page writes a row.
NOTED = timedelta(minutes=1)
KEPT = timedelta(days=90)


@dataclass(frozen=True)
class Limits:
    """How long a session lasts at most, and how long without anything being done in it."""

    whole: timedelta
    idle: timedelta


def limits() -> Limits:
    """The limits of this instance: 12 hours and 30 minutes, or what antigone.toml says in `[sessions]`."""
    table = settings.ANTIGONE_SETTINGS.get("sessions")
    said = table if isinstance(table, dict) else {}
    return Limits(
        whole=timedelta(hours=_within(said.get("hours"), 12, 1, 24)),
        idle=timedelta(minutes=_within(said.get("idle_minutes"), 30, 2, 240)),
    )


def _within(value: object, default: int, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        return default
    return min(max(value, least), most)


def begin(who: Operator, *, address: str = "", browser: str = "") -> SignIn:
    """Note that somebody has signed in."""
    now = timezone.now()
    with recorded():
        row = SignIn.objects.create(
            operator=who, began_at=now, seen_at=now, address=address[:64], browser=_line(browser)[:200]
        )
        record("access:sign-in:begin", actor=who.actor, object=f"sign-in:{row.pk}", address=row.address)
    return row


def _line(text: str) -> str:
    return "".join(character for character in text if character.isprintable())


def current(pk: object) -> SignIn | None:
    """The sign-in of a session, its operator and agency with it."""
    if not isinstance(pk, int):
        return None
    return SignIn.objects.select_related("operator__agency").filter(pk=pk).first()


def fault_of(row: SignIn, now: datetime) -> str | None:
    """Why this session is over, in one word, or None when it goes on."""
    held = limits()
    return rules.sign_in_fault(
        ended=row.ended_at is not None,
        operator_active=row.operator.active,
        began_at=row.began_at,
        seen_at=row.seen_at,
        whole=held.whole,
        idle=held.idle,
        now=now,
    )


def seen(row: SignIn, now: datetime) -> None:
    """Note that something was done in this session."""
    if now - row.seen_at >= NOTED:
        SignIn.objects.filter(pk=row.pk, ended_at=None).update(seen_at=now)


def end(row: SignIn, actor: str, reason: str) -> bool:
    """End a session; False when it was over before."""
    with recorded():
        if not SignIn.objects.filter(pk=row.pk, ended_at=None).update(
            ended_at=timezone.now(), ended_by=actor, end_reason=reason
        ):
            return False
        record(
            "access:sign-in:end",
            actor=actor,
            object=f"sign-in:{row.pk}",
            operator=f"operator:{row.operator_id}",
            reason=reason,
        )
    return True


def end_all(who: Operator, actor: str, reason: str, *, but: int | None = None) -> int:
    """End every session of an operator, `but` one where it is given; returns how many were open."""
    with recorded():
        rows = SignIn.objects.filter(operator=who, ended_at=None)
        if but is not None:
            rows = rows.exclude(pk=but)
        return sum(end(row, actor, reason) for row in rows)


def end_by(who: Operator, row: SignIn) -> None:
    """End a session of one's own, or of a colleague by whoever looks after operators."""
    if row.operator.agency_id != who.agency_id:
        raise NoSuchRecord(_("There is no such session. Nothing was changed."))
    if row.operator_id != who.pk:
        authority.require(who, Permission.OPERATOR_MANAGE, object=f"sign-in:{row.pk}")
    end(row, who.actor, "by-hand")


def sweep() -> int:
    """End what has run out unseen, and forget sessions that ended long ago; returns how many rows that were."""
    now = timezone.now()
    swept = 0
    for row in SignIn.objects.select_related("operator").filter(ended_at=None, seen_at__lt=now - limits().idle):
        fault = fault_of(row, now)
        swept += end(row, "system:sessions", fault) if fault else 0
    return swept + SignIn.objects.filter(ended_at__lt=now - KEPT).delete()[0]
