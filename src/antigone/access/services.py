"""Who acts, whether they may, and under which mandate; each change one transaction with its ledger entry."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.utils import timezone

from antigone.access import rules
from antigone.access.errors import AccessError, Refused
from antigone.access.models import Agency, Mandate, Operator, RoleGrant
from antigone.access.permissions import Permission
from antigone.access.rules import Purpose, Role
from antigone.ledger.services import record, recorded, refuse


def operator(as_name: str | None = None) -> Operator:
    """The operator of this name, or by default the one bound to the operating-system owner of the keys.

    Raises AccessError when there is none, when the account was closed, or when it is bound to another account
    of this machine.
    """
    uid = os.getuid()
    if as_name is None:
        owner = settings.ANTIGONE.keys.stat().st_uid
        found = Operator.objects.filter(os_uid=owner).first() if owner == uid else None
        if found is None:
            raise AccessError(
                "No operator of this instance is bound to your account of this machine. Nothing was done. "
                "Name one with --as NAME."
            )
    else:
        found = Operator.objects.filter(name=as_name).first()
        if found is None:
            raise AccessError(f"This instance knows no operator “{as_name}”. Nothing was done.")
        if found.os_uid is not None and found.os_uid != uid:
            raise AccessError(
                f"The operator “{as_name}” is bound to another account of this machine. Nothing was done."
            )
    if not found.active:
        raise AccessError(f"The account of the operator “{found.name}” is closed. Nothing was done.")
    return found


def roles_of(who: Operator, agency: Agency | None = None) -> tuple[Role, ...]:
    """The roles that this operator holds now in an agency (by default their own)."""
    held = RoleGrant.objects.filter(
        operator=who, agency_id=agency.pk if agency else who.agency_id, revoked_at__isnull=True
    ).values_list("role", flat=True)
    return tuple(role for role in Role if role.value in set(held))


def allows(who: Operator, permission: Permission, *, agency: Agency | None = None) -> bool:
    """Whether a role that the operator holds allows this; asks nothing of the ledger."""
    return who.active and permission in rules.permissions_of(roles_of(who, agency))


def require(
    who: Operator,
    permission: Permission,
    *,
    agency: Agency | None = None,
    object: str = "",  # noqa: A002 (the ledger's word for it)
    purpose: str = "",
) -> None:
    """Return when the operator may do this; otherwise write the refusal to the ledger and raise Refused."""
    if allows(who, permission, agency=agency):
        return
    able = rules.roles_allowing(permission)
    refuse(
        "access:permission:refuse",
        actor=who.actor,
        object=object or f"permission:{permission}",
        permission=str(permission),
        purpose=purpose,
    )
    raise Refused(
        f"“{who.name}” may not do this: it needs the permission {permission}, which comes with the role "
        f"{' or '.join(able)}. Nothing was done, and the refusal is in the ledger."
    )


def mandate_in_force(
    agency: Agency,
    purpose: Purpose | str,
    today: date | None = None,
    *,
    actor: str,
    subject_kind: str | None = None,
    object: str = "",  # noqa: A002 (the ledger's word for it)
) -> Mandate:
    """The agency's mandate for this purpose that holds today; of several, the one that lasts longest.

    Without one the refusal is written to the ledger, and Refused is raised.
    """
    purpose = Purpose(purpose)
    today = today or timezone.now().date()
    faults: list[str] = []
    for mandate in Mandate.objects.filter(agency=agency, purpose=purpose.value).order_by("-valid_until", "pk"):
        fault = fault_of(mandate, today, subject_kind)
        if fault is None:
            return mandate
        faults.append(f"mandate {mandate.pk}: {fault}")
    refuse(
        "access:mandate:refuse",
        actor=actor,
        object=object or f"agency:{agency.pk}",
        purpose=purpose.value,
        on=today.isoformat(),
        faults=faults,
    )
    why = "; ".join(faults) if faults else "none was ever issued"
    raise Refused(
        f"There is no mandate in force to {purpose.words} ({why}). Nothing was opened, and the refusal is "
        "in the ledger. A mandate is issued by the agency's administrator."
    )


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


def found_agency(name: str, actor: str) -> Agency:
    """Open an agency; its name must be new (AccessError)."""
    name = name.strip()
    with recorded():
        if not name or Agency.objects.filter(name=name).exists():
            raise AccessError(f"There is an agency “{name}” already, or the name is empty. Nothing was changed.")
        agency = Agency.objects.create(name=name)
        record("access:agency:found", actor=actor, object=f"agency:{agency.pk}", name=name)
    return agency


def add_operator(name: str, agency: Agency, actor: str, *, os_uid: int | None = None) -> Operator:
    """Add a person who works here; they may do nothing until a role is given to them."""
    name = name.strip()
    with recorded():
        if not name or Operator.objects.filter(name=name).exists():
            raise AccessError(f"There is an operator “{name}” already, or the name is empty. Nothing was changed.")
        if os_uid is not None and Operator.objects.filter(os_uid=os_uid).exists():
            raise AccessError(
                "Another operator is bound to that account of this machine. Nothing was changed. "
                "Add this one without binding, and name them with --as."
            )
        new = Operator.objects.create(name=name, agency=agency, os_uid=os_uid, added_at=timezone.now())
        record(
            "access:operator:add",
            actor=actor,
            object=new.actor,
            name=name,
            agency=agency.pk,
            bound=os_uid is not None,
        )
    return new


def close_operator(who: Operator, actor: str) -> None:
    """Close an operator's account and take every role; what they did stays theirs in the ledger."""
    with recorded():
        for grant in RoleGrant.objects.filter(operator=who, revoked_at__isnull=True).select_related("agency"):
            revoke_role(who, grant.role, actor, agency=grant.agency)
        Operator.objects.filter(pk=who.pk).update(active=False, os_uid=None)
        record("access:operator:close", actor=actor, object=who.actor)
    who.refresh_from_db()


def grant_role(who: Operator, role: Role | str, actor: str, *, agency: Agency | None = None) -> RoleGrant:
    """Give a role in an agency (their own by default); giving it twice changes nothing."""
    role = Role(role)
    agency = agency or who.agency
    with recorded():
        held = RoleGrant.objects.filter(operator=who, agency=agency, role=role, revoked_at__isnull=True).first()
        if held is not None:
            return held
        grant = RoleGrant.objects.create(
            operator=who, agency=agency, role=role.value, granted_by=actor, granted_at=timezone.now()
        )
        record("access:role:grant", actor=actor, object=who.actor, role=role.value, agency=agency.pk)
    return grant


def revoke_role(who: Operator, role: Role | str, actor: str, *, agency: Agency | None = None) -> None:
    """Take a role away; the grant stays on record as revoked.

    The last administrator cannot be taken (AccessError).
    """
    role = Role(role)
    agency = agency or who.agency
    with recorded():
        held = RoleGrant.objects.filter(operator=who, agency=agency, role=role, revoked_at__isnull=True)
        if not held.exists():
            raise AccessError(f"“{who.name}” does not hold the role {role}. Nothing was changed.")
        others = RoleGrant.objects.filter(role=role, revoked_at__isnull=True).exclude(operator=who)
        if role is Role.ADMINISTRATOR and not others.exists():
            raise AccessError(
                "This is the last administrator; without one nobody could ever be given a role again. "
                "Nothing was changed. Give the role to another person first."
            )
        held.update(revoked_by=actor, revoked_at=timezone.now())
        record("access:role:revoke", actor=actor, object=who.actor, role=role.value, agency=agency.pk)


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
        raise AccessError("A mandate must name its basis in law. Nothing was changed.")
    if not kinds or not set(kinds) <= set(covered):
        raise AccessError(
            f"A mandate to {purpose.words} covers these kinds of subject: {', '.join(covered)}. Nothing was changed."
        )
    if valid_until < start:
        raise AccessError("A mandate cannot end before it begins. Nothing was changed.")
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
            raise AccessError(f"Mandate {mandate.pk} was revoked before. Nothing was changed.")
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
