"""Who may restore over an instance: asked of its records where they can be read, else of the machine."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from django.db import DatabaseError

from antigone.access.permissions import Permission
from antigone.cli.opening import open_instance
from antigone.instance import Instance, InstanceError
from antigone.ledger.errors import LedgerError


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
        return _permitted(as_name)
    except (InstanceError, DatabaseError, LedgerError):
        if not instance.keys.is_dir() or instance.keys.stat().st_uid != os.getuid():
            raise
        return "system:restore"


def _permitted(as_name: str | None) -> str:
    from antigone.access import services as access

    who = access.operator(as_name)
    access.require(who, Permission.BACKUP_RESTORE, object="instance:self")
    return who.actor
