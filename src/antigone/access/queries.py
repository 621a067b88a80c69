"""Questions about the people and mandates of an agency."""

from __future__ import annotations

from dataclasses import dataclass

from antigone.access.models import Agency, Mandate, Operator, RoleGrant
from antigone.access.rules import Role


@dataclass(frozen=True)
class OperatorLine:
    """A person of the agency in one line: their roles in it now, and how they are recognised."""

    name: str
    roles: tuple[Role, ...]
    bound: bool
    active: bool


def operators(agency: Agency) -> list[OperatorLine]:
    """Everybody who works or worked for the agency, in the order in which they were added."""
    held: dict[int, set[str]] = {}
    for who, role in RoleGrant.objects.filter(agency=agency, revoked_at=None).values_list("operator", "role"):
        held.setdefault(who, set()).add(role)
    return [
        OperatorLine(
            name=who.name,
            roles=tuple(role for role in Role if role.value in held.get(who.pk, ())),
            bound=who.os_uid is not None,
            active=who.active,
        )
        for who in Operator.objects.filter(agency=agency, machine=False).order_by("pk")
    ]


def operator_named(agency: Agency, name: str) -> Operator | None:
    """The agency's operator of this name, closed or not."""
    return Operator.objects.select_related("agency").filter(agency=agency, name=name.strip(), machine=False).first()


def mandates(agency: Agency) -> list[Mandate]:
    """The agency's mandates, in the order in which they were issued."""
    return list(Mandate.objects.filter(agency=agency).order_by("pk"))


def mandate_numbered(agency: Agency, number: int) -> Mandate | None:
    """The agency's mandate of this number."""
    return Mandate.objects.filter(agency=agency, pk=number).first()
