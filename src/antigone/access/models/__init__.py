"""Agencies, people, roles, mandates, agreements; how people and programs come in; posts that were done."""

from __future__ import annotations

from antigone.access.models.agencies import Agency, Mandate, Operator, RoleGrant
from antigone.access.models.agreements import Agreement
from antigone.access.models.posts import Once
from antigone.access.models.signing_in import Attempts, Invitation, SignIn, SpentCode
from antigone.access.models.tokens import Token

__all__ = [
    "Agency", "Agreement", "Attempts", "Invitation", "Mandate", "Once", "Operator", "RoleGrant", "SignIn", "SpentCode",
    "Token",
]  # fmt: skip
