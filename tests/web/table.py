"""One row for each route: what it answers to nobody, to another agency, without the permission, and with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from antigone.access.models import Agency
from antigone.access.permissions import Permission
from antigone.access.rules import Role, roles_allowing

SIGN_IN = 302
"""Signed out: to the sign-in page."""


@dataclass(frozen=True, kw_only=True)
class Route:
    """A route and its four answers.

    `name` is what reverse() takes. `kwargs` is a function that makes a record of the agency it is given and returns
    the arguments of the address; without one the route has no record, and another agency is nobody special (`other`
    is None). `needs` is the permission that its guard asks for (None: any operator); `role` defaults to the first
    that has it. `data` is what a POST sends, or a function of the agency and the arguments.
    """

    name: str
    needs: Permission | None = None
    method: str = "get"
    kwargs: Callable[[Agency], Mapping[str, Any]] | None = None
    data: Mapping[str, Any] | Callable[[Agency, Mapping[str, Any]], Mapping[str, Any]] = field(default_factory=dict)
    query: str = ""
    role: Role | None = None
    without: Role | None = None
    signed_out: int = SIGN_IN
    other: int | None = 404
    missing: int = 403
    right: int = 200

    @property
    def has_record(self) -> bool:
        return self.kwargs is not None

    def right_role(self) -> Role:
        """A role that may."""
        if self.role is not None:
            return self.role
        return roles_allowing(self.needs)[0] if self.needs is not None else Role.AUDITOR

    def wrong_role(self) -> Role | None:
        """A role that may not; None where every operator may."""
        if self.without is not None:
            return self.without
        if self.needs is None:
            return None
        return next(role for role in Role if role not in roles_allowing(self.needs))

    def __str__(self) -> str:
        return f"{self.method} {self.name}{self.query}"
