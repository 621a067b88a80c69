"""Every permission and every role has words."""

from __future__ import annotations

from antigone.access import wording
from antigone.access.permissions import Permission
from antigone.access.rules import Role


def test_every_permission_and_role_has_words() -> None:
    assert set(wording.PERMISSIONS) == set(Permission)
    assert set(wording.ROLES) == set(Role)
    assert len({str(each) for each in wording.PERMISSIONS.values()}) == len(Permission)
