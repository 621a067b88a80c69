"""Mandates: which one is in force, and issuing and revoking them; part of this room's services."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from antigone.access import rules
from antigone.access.errors import AccessError, Refused
from antigone.access.models import Agency, Mandate
from antigone.access.rules import Purpose
from antigone.ledger.services import record, recorded, refuse


def mandate_in_force(
    agency: Agency,
    purpose: Purpose | str,
    today: date | None = None,
    *,
    actor: str,
    subject_kind: str | None = None,
    object: str = "",  # noqa: A002 (the ledger's word for it)
    number: int | None = None,
) -> Mandate:
    """The agency's mandate for this purpose that holds today; of several, the one that lasts longest.

    `number` asks for that one alone, which somebody chose.

    Without one the refusal is written to the ledger, and Refused is raised.
    """
    purpose = Purpose(purpose)
    today = today or timezone.now().date()
    faults: list[str] = []
    entered: list[str] = []
    issued = Mandate.objects.filter(agency=agency, purpose=purpose.value).order_by("-valid_until", "pk")
    for mandate in issued if number is None else issued.filter(pk=number):
        fault = fault_of(mandate, today, subject_kind)
        if fault is None:
            return mandate
        faults.append(_("mandate %(number)s: %(fault)s") % {"number": mandate.pk, "fault": fault})
        with override("en"):  # the ledger keeps to one language
            entered.append(f"mandate {mandate.pk}: {fault_of(mandate, today, subject_kind)}")
    refuse(
        "access:mandate:refuse",
        actor=actor,
        object=object or f"agency:{agency.pk}",
        purpose=purpose.value,
        on=today.isoformat(),
        faults=entered,
    )
    nothing = _("none was ever issued") if number is None else _("the one that was chosen is for something else")
    why = "; ".join(faults) or nothing
    raise Refused(
        _(
            "There is no mandate in force to %(purpose)s (%(why)s). Nothing was opened, and the refusal is in the "
            "ledger. The agency's administrator issues one: antigone access mandate issue"
        )
        % {"purpose": purpose.words, "why": why}
    )


def in_force_today(agency: Agency, purposes: Iterable[Purpose] = Purpose) -> list[Mandate]:
    """The agency's mandates that hold today for these purposes, those that last longest first: to choose from."""
    today = timezone.now().date()
    issued = Mandate.objects.filter(agency=agency, purpose__in=[each.value for each in purposes], revoked_at=None)
    return list(issued.filter(valid_from__lte=today, valid_until__gte=today).order_by("-valid_until", "pk"))


def fault_of(mandate: Mandate, today: date, subject_kind: str | None = None) -> str | None:
    """Why this mandate does not serve on this day, or None when it does."""
    return rules.mandate_fault(
        valid_from=mandate.valid_from,
        valid_until=mandate.valid_until,
        revoked=mandate.revoked_at is not None,
        subject_kinds=mandate.subject_kinds,
        today=today,
        subject_kind=subject_kind,
    )


def issue_mandate(
    agency: Agency,
    purpose: Purpose | str,
    legal_basis: str,
    valid_until: date,
    actor: str,
    *,
    valid_from: date | None = None,
    subject_kinds: Iterable[str] | None = None,
) -> Mandate:
    """Issue a mandate: it names its basis in law, ends on a day, and covers no more than its purpose does.

    Raises AccessError otherwise.
    """
    purpose = Purpose(purpose)
    covered = rules.SUBJECT_KINDS[purpose]
    kinds = covered if subject_kinds is None else tuple(subject_kinds)
    start = valid_from or timezone.now().date()
    if not legal_basis.strip():
        raise AccessError(_("A mandate must name its basis in law. Nothing was changed."))
    if not kinds or not set(kinds) <= set(covered):
        raise AccessError(
            _("A mandate to %(purpose)s covers these kinds of subject: %(kinds)s. Nothing was changed.")
            % {"purpose": purpose.words, "kinds": ", ".join(covered)}
        )
    if valid_until < start:
        raise AccessError(_("A mandate cannot end before it begins. Nothing was changed."))
    with recorded():
        mandate = Mandate.objects.create(
            agency=agency,
            purpose=purpose.value,
            legal_basis=legal_basis.strip(),
            subject_kinds=list(kinds),
            valid_from=start,
            valid_until=valid_until,
            issued_by=actor,
            issued_at=timezone.now(),
        )
        record(
            "access:mandate:issue",
            actor=actor,
            object=f"mandate:{mandate.pk}",
            agency=agency.pk,
            purpose=purpose.value,
            legal_basis=mandate.legal_basis,
            subject_kinds=list(kinds),
            valid_from=start.isoformat(),
            valid_until=valid_until.isoformat(),
        )
    return mandate


def revoke_mandate(mandate: Mandate, actor: str, reason: str) -> None:
    """End a mandate now; searches under it are refused from this moment."""
    with recorded():
        if not Mandate.objects.filter(pk=mandate.pk, revoked_at__isnull=True).update(
            revoked_by=actor, revoked_at=timezone.now()
        ):
            raise AccessError(_("Mandate %(number)s was revoked before. Nothing was changed.") % {"number": mandate.pk})
        record("access:mandate:revoke", actor=actor, object=f"mandate:{mandate.pk}", reason=reason)
    mandate.refresh_from_db()


def issue_default_mandates(agency: Agency, actor: str, *, today: date | None = None) -> list[Mandate]:
    """The mandates of a new instance, one for each purpose, ending a year from today."""
    start = today or timezone.now().date()
    return [
        issue_mandate(agency, purpose, basis, year_after(start), actor, valid_from=start)
        for purpose, basis in DEFAULT_BASES.items()
    ]


def year_after(day: date) -> date:
    """The same day of the next year; 29 February gives 28 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


# The treaty texts oblige the parties; national law that empowers this agency is for the agency to add.
DEFAULT_BASES: dict[Purpose, str] = {
    Purpose.IDENTIFY_THE_DEAD: (
        "Geneva Convention I, articles 15 to 17; Additional Protocol I, articles 32 to 34: the dead are "
        "searched for, identified and recorded. To be replaced by the national law that empowers this agency."
    ),
    Purpose.IDENTIFY_UNABLE: (
        "Geneva Convention III, article 17, fifth paragraph: persons unable to state their identity, on a "
        "clinician's attestation. To be replaced by the national law that empowers this agency."
    ),
}
