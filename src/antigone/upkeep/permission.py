"""Who may restore or mend an instance: asked of its records where they can be read, else of the machine."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from django.db import DatabaseError

from antigone.access.permissions import Permission
from antigone.instance import Instance, InstanceError
from antigone.ledger.errors import LedgerError
from antigone.upkeep.opening import open_instance


def who_restores(root: Path, as_name: str | None = None, *, ask: Callable[[], str] | None = None) -> str:
    """The actor of a restore into `root`; raises Refused or AccessError where the records say no.

    A new folder has no records. Where they cannot be opened, as after a disk fault or a restore that was stopped,
    the owner of the keys may bring a backup back; anybody else gets an InstanceError.
    """
    instance = Instance(root.absolute())
    if not instance.exists():
        return "system:restore"
    try:
        open_instance(root, ask=ask, check_schema=False)
        return _permitted(as_name, Permission.BACKUP_RESTORE)
    except (InstanceError, DatabaseError, LedgerError):
        if not instance.keys.is_dir() or instance.keys.stat().st_uid != os.getuid():
            raise
        return "system:restore"


def who_mends(as_name: str | None = None) -> str:
    """The actor of a mending, in an instance that Django is ready on and that is this account's alone.

    Raises Refused or AccessError where the records say no; where they cannot be read, its owner may mend.
    """
    try:
        return _permitted(as_name, Permission.KEYS_MANAGE)
    except DatabaseError:
        return "system:doctor"


def _permitted(as_name: str | None, permission: Permission) -> str:
    from antigone.access import services as access

    who = access.operator(as_name)
    access.require(who, permission, object="instance:self")
    return who.actor
