"""Consent of relatives, with whom each lets be shared what they gave, and withdrawing it, which counts at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access.models import Agency, Operator
from antigone.access.permissions import Permission
from antigone.intake.choices import Audience, ConsentGiven
from antigone.intake.filing import Agreed
from antigone.ledger.services import record, recorded
from antigone.missing import withholding
from antigone.missing.errors import PersonRefused
from antigone.missing.models import Consent, Portrait, Relative, Share
from antigone.missing.own import relative_for

WORDING_LENGTH, REASON_LENGTH = 64, 200


def record_consent(relative: Relative, agreed: Agreed, who: Operator) -> Consent:
    """Record that a relative agrees to a version of the wording; what they gave may be searched (again).

    Raises Refused, NotHere or PersonRefused.
    """
    relative = relative_for(relative, who, Permission.PERSON_RECORD)
    check(agreed)
    with recorded():
        consent = agree(relative, agreed, who.actor)
        withholding.release(Portrait.objects.filter(giver=relative), who.actor)
    return consent


def agree(relative: Relative, agreed: Agreed, actor: str) -> Consent:
    """The row of a consent that was checked, in the caller's transaction; one that stands in the same words stays."""
    same = Consent.objects.filter(
        relative=relative,
        withdrawn_at=None,
        wording=agreed.wording.strip(),
        given_on=agreed.given_on,
        given_how=agreed.given_how,
    ).first()
    if same is not None:
        return same
    consent = Consent.objects.create(
        relative=relative,
        wording=agreed.wording.strip(),
        given_on=agreed.given_on,
        given_how=agreed.given_how,
        recorded_by=actor,
        recorded_at=timezone.now(),
    )
    record(
        "missing:consent:record",
        actor=actor,
        object=f"relative:{relative.pk}",
        wording=consent.wording,
        given_on=consent.given_on,
        given_how=consent.given_how,
    )
    return consent


def check(agreed: Agreed) -> None:
    """Whether a consent can be recorded as it is said; raises PersonRefused with a sentence."""
    wording = agreed.wording.strip()
    if not wording or len(wording) > WORDING_LENGTH or not wording.isprintable():
        raise PersonRefused(_("Say which version of the wording was agreed to. Nothing was saved."))
    if agreed.given_how not in ConsentGiven.values:
        raise PersonRefused(_("How the consent was given: choose one of the list. Nothing was saved."))
    if agreed.given_on > timezone.now().date() + timedelta(days=1):
        raise PersonRefused(_("The consent is dated in the future; check the day. Nothing was saved."))


def withdraw_consent(relative: Relative, who: Operator, reason: str = "") -> int:
    """Record that a relative withdraws; what they gave is searched and shared no more, from this moment on.

    Returns how many portraits are withheld by it. They are erased after the time of grace, unless the relative agrees
    again. Raises Refused or NotHere.
    """
    relative = relative_for(relative, who, Permission.PERSON_RECORD)
    return _withdraw(relative, who.actor, reason.strip()[:REASON_LENGTH])[1]


def withdraw_again(relative: int, actor: str, reason: str) -> bool:
    """Withdraw by the relative's number, as a restore follows what was done since; whether there was something."""
    found = Relative.objects.filter(pk=relative).first()
    return found is not None and any(_withdraw(found, actor, reason))


def _withdraw(relative: Relative, actor: str, reason: str) -> tuple[int, int]:
    """How many consents ended, and how many portraits are withheld by it."""
    now = timezone.now()
    with recorded():
        ended = relative.consents.filter(withdrawn_at=None).update(
            withdrawn_by=actor, withdrawn_at=now, withdrawn_reason=reason
        )
        relative.shares.filter(ended_at=None).update(ended_by=actor, ended_at=now)
        withheld = withholding.withhold(Portrait.objects.filter(giver=relative), actor)
        if ended or withheld:
            record(
                "missing:consent:withdraw",
                actor=actor,
                object=f"relative:{relative.pk}",
                reason=reason,
                portraits=withheld,
            )
    return ended, withheld


def choose_shares(
    relative: Relative, audiences: Collection[str], who: Operator, *, partners: Collection[int] = ()
) -> None:
    """Record with whom, beside this agency, a relative lets be shared what they gave; whoever is not named is not.

    `partners` are the numbers of the agencies meant by the audience of named partners. Raises Refused, NotHere, or
    PersonRefused for an audience or agency that there is not, and for partners without a name.
    """
    relative = relative_for(relative, who, Permission.PERSON_RECORD)
    if not set(audiences) <= set(Audience.values):
        raise PersonRefused(_("With whom it may be shared: choose from the list. Nothing was saved."))
    named = set(partners)
    if (Audience.PARTNERS in audiences) != bool(named):
        raise PersonRefused(_("Name the partner agencies that are meant, each of them. Nothing was saved."))
    if Agency.objects.filter(pk__in=named).exclude(pk=who.agency_id).count() != len(named):
        raise PersonRefused(_("One of these agencies is not known here as a partner. Nothing was saved."))
    wanted: set[tuple[str, int | None]] = {(Audience.PARTNERS.value, each) for each in named}
    wanted |= {(each, None) for each in audiences if each not in (Audience.PARTNERS, Audience.OWN_AGENCY)}
    with recorded():
        share_with(relative, wanted, who.actor)


def share_with(relative: Relative, wanted: set[tuple[str, int | None]], actor: str) -> None:
    """Have exactly these shares stand, in the caller's transaction."""
    now = timezone.now()
    standing = {(each.audience, each.partner_id): each for each in relative.shares.filter(ended_at=None)}
    if set(standing) == wanted:
        return
    gone = [each.pk for key, each in standing.items() if key not in wanted]
    Share.objects.filter(pk__in=gone).update(ended_by=actor, ended_at=now)
    Share.objects.bulk_create(
        Share(relative=relative, audience=audience, partner_id=partner, chosen_by=actor, chosen_at=now)
        for audience, partner in sorted(wanted - set(standing), key=str)
    )
    record(
        "missing:share:choose",
        actor=actor,
        object=f"relative:{relative.pk}",
        audiences=sorted({audience for audience, _partner in wanted}),
        partners=sorted(partner for _audience, partner in wanted if partner is not None),
    )


def consents_now(relative: Relative) -> bool:
    """Whether a consent of theirs stands."""
    return relative.consents.filter(withdrawn_at=None).exists()
