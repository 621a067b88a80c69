"""Questions about enquiries that doors ask, each in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils import timezone

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.intake.choices import Stage
from antigone.intake.errors import NoSuchEnquiry
from antigone.intake.models import Enquiry, EnquiryPortrait
from antigone.intake.services import ALPHABET, not_here

MOST = 200


@dataclass(frozen=True)
class EnquiryLine:
    """An enquiry in one line; `names` are those of the person sought, as they were said."""

    pk: int
    reference: str
    filed_at: datetime
    channel: str
    stage: str
    stage_at: datetime
    withdrawn: bool
    names: tuple[str, ...]
    enquirer: str
    portraits: int


@dataclass(frozen=True)
class Enquiries:
    """A page of enquiries, newest first; `after` is where the next one begins, None at the end."""

    lines: tuple[EnquiryLine, ...]
    after: int | None


def enquiries(
    who: Operator,
    stages: Sequence[str] = (),
    after: int | None = None,
    limit: int = 50,
    *,
    channel: str = "",
    waiting_days: int = 0,
    reference: str = "",
) -> Enquiries:
    """The enquiries of the operator's agency, newest first; those of some stages alone where any are named.

    Also those that came by one channel alone, whose stage is that many days old at least, or whose reference begins so.
    Raises Refused.
    """
    access.require(who, Permission.ENQUIRY_READ, object=f"agency:{who.agency_id}")
    wanted = _of(who).annotate(number=Count("portraits")).order_by("-pk")
    if stages:
        wanted = wanted.filter(stage__in=stages)
    if channel:
        wanted = wanted.filter(channel=channel)
    if reference.strip():
        begun = "".join(letter for letter in reference.upper() if letter in f"{ALPHABET}-")[:16]
        wanted = wanted.filter(reference__startswith=begun) if begun else wanted.none()
    if waiting_days > 0:
        wanted = wanted.filter(stage_at__lte=timezone.now() - timedelta(days=min(waiting_days, 36500)))
    if after is not None:
        wanted = wanted.filter(pk__lt=after)
    limit = max(1, min(limit, MOST))
    found = list(wanted[: limit + 1])
    lines = tuple(_line(each) for each in found[:limit])
    return Enquiries(lines, lines[-1].pk if len(found) > limit else None)


def waiting(who: Operator, limit: int = 8) -> list[EnquiryLine]:
    """The enquiries of the agency that nobody has taken up or answered yet, those that wait longest first."""
    stages = (Stage.RECEIVED, Stage.LOOKED_AT)
    wanted = _of(who).filter(stage__in=stages, withdrawn_at=None).annotate(number=Count("portraits"))
    return [_line(each) for each in wanted.order_by("filed_at", "pk")[: max(1, min(limit, MOST))]]


def picture(who: Operator, pk: UUID) -> EnquiryPortrait:
    """A picture that came with an enquiry of the agency; raises NoSuchEnquiry, also for another agency's."""
    found = EnquiryPortrait.objects.select_related("enquiry").filter(pk=pk, enquiry__agency_id=who.agency_id).first()
    if found is None:
        raise NoSuchEnquiry(not_here())
    return found


def enquiry(who: Operator, pk: int) -> Enquiry:
    """The enquiry of this number, with its portraits; raises Refused, or NoSuchEnquiry, also for another agency's."""
    access.require(who, Permission.ENQUIRY_READ, object=f"agency:{who.agency_id}")
    found = _of(who).prefetch_related("portraits").filter(pk=pk).first()
    if found is None:
        raise NoSuchEnquiry(not_here())
    return found


def _of(who: Operator) -> QuerySet[Enquiry]:
    return Enquiry.objects.filter(agency_id=who.agency_id)


def _line(each: Any) -> EnquiryLine:
    return EnquiryLine(
        pk=each.pk,
        reference=each.reference,
        filed_at=each.filed_at,
        channel=each.channel,
        stage=each.stage,
        stage_at=each.stage_at,
        withdrawn=each.withdrawn_at is not None,
        names=names_of(each.sought),
        enquirer=", ".join(each.enquirer.get("names", ())[:1]),
        portraits=each.number,
    )


def names_of(sought: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    """The names that are said of the person sought, each in one piece."""
    said = [each["value"] for each in sought if each["key"] == "name" and each["value"]]
    parts = (("full",), ("surname", "given", "patronymic"))
    return tuple(
        dict.fromkeys(
            text
            for value in said
            for names in parts
            if (text := " ".join(value[part] for part in names if value.get(part)))
        )
    )
