"""Which operator a signed-in account belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antigone.access.models import Operator

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser


def operator_of(user: AbstractBaseUser | AnonymousUser | None) -> Operator | None:
    """The operator who signed in with this account, their agency with them; None for nobody, or a closed account."""
    if user is None or not user.is_authenticated or not user.is_active:
        return None
    return Operator.objects.select_related("agency").filter(account_id=user.pk, active=True, machine=False).first()
