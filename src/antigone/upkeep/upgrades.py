"""Bring an instance up to this version: a backup first, then the schema, then the ledger's entry."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command

from antigone import __version__
from antigone.upkeep.backups import Backup, backup, enter_backup
from antigone.upkeep.opening import open_instance, pending_migrations


@dataclass(frozen=True)
class Upgraded:
    """What an upgrade did; without `migrations` there was nothing to do, and no backup was made."""

    migrations: tuple[str, ...]
    backup: Backup | None


def upgrade(root: Path, *, actor: str = "system:upgrade", ask: Callable[[], str] | None = None) -> Upgraded:
    """Upgrade the instance in `root`; when it fails, the backup that was made first is the way back.

    Where the records lie in a database server, its own tools make the backup, before this is called.
    Raises InstanceError, or UpkeepError when no backup can be made: then nothing was changed.
    """
    instance = open_instance(root, ask=ask, check_schema=False)
    behind = tuple(pending_migrations())
    if not behind:
        return Upgraded((), None)
    made = None if instance.on_server else backup(instance, actor=actor, enter=False)
    call_command("migrate", verbosity=0, interactive=False, stdout=io.StringIO())
    from antigone.missing import finding as missing
    from antigone.remains import finding as remains

    # Records of before the search as one types have no words filed yet.
    missing.index_all()
    remains.index_all()
    if made is not None:
        enter_backup(made, actor)
    from antigone.ledger.services import record, recorded

    with recorded():
        record(
            "instance:schema:upgrade",
            actor=actor,
            object="instance:self",
            version=__version__,
            migrations=list(behind),
        )
    return Upgraded(behind, made)
