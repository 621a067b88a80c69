"""Open an instance for a command: checked first, then Django, then the schema."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from antigone.instance import Instance, InstanceError
from antigone.upkeep import databases
from antigone.vault import instance_key

SETTINGS_MODULE = "antigone.site.settings"
SQLITE = "django.db.backends.sqlite3"


def point_django_at(root: Path) -> Instance:
    """Start Django on the instance in `root`, or turn a running one to it.

    Nothing of the instance is checked.
    """
    os.umask(0o077)
    os.environ["ANTIGONE_INSTANCE"] = str(root.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS_MODULE)
    import django
    from django.apps import apps
    from django.conf import settings

    instance = Instance(root.absolute())
    if not apps.ready:
        zone = os.environ.get("TZ")
        django.setup()
        _keep_zone(zone)
    if instance != settings.ANTIGONE:
        _turn_to(instance)
    return instance


def _keep_zone(zone: str | None) -> None:
    """Give the process back the machine's time zone.

    Django, when it reads its settings, sets the zone of the whole process to theirs (UTC). Times in the records are
    UTC without that, and what a person types at a command means their own clock.
    """
    if zone is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = zone
    time.tzset()


def _turn_to(instance: Instance) -> None:
    """Settings are read once a process; a second instance in it (tests, the demo) is put in their place."""
    from django.conf import settings
    from django.db import connections

    from antigone.vault import store

    for connection in connections.all(initialized_only=True):
        connection.close()
    settings.ANTIGONE = instance
    settings.ANTIGONE_SETTINGS = instance.settings() if instance.exists() else {}
    use_database(databases.of(instance, settings.ANTIGONE_SETTINGS))
    store.reset()


def use_database(wanted: dict[str, Any]) -> None:
    """Have Django work in this database from now on."""
    from django.conf import settings
    from django.db import connections

    if wanted["ENGINE"] == connections["default"].settings_dict["ENGINE"] == SQLITE:
        settings.DATABASES["default"]["NAME"] = wanted["NAME"]
        connections["default"].settings_dict["NAME"] = wanted["NAME"]
        return
    connections["default"].close()
    settings.DATABASES["default"] = wanted
    connections.settings["default"] = connections.configure_settings({"default": dict(wanted)})["default"]
    del connections["default"]


def open_instance(root: Path, *, ask: Callable[[], str] | None = None, check_schema: bool = True) -> Instance:
    """The instance in `root`, safe to work with, and Django ready on it.

    `ask` returns the passphrase of a locked key. Raises InstanceError when the folder is no instance, is
    unsafe, or needs `antigone upgrade`; InstanceKeyError or KeyLocked when its key is missing, damaged or
    stays locked.
    """
    instance = Instance(root.absolute())
    instance.check()
    if instance_key.is_locked(instance):
        instance_key.load(instance, ask)
    point_django_at(root)
    instance_key.load(instance, ask)
    from django.conf import settings

    settings.ANTIGONE_SETTINGS = instance.settings()
    if check_schema and pending_migrations():
        raise InstanceError(
            "This instance was made by an earlier version of Antigone. Nothing was changed. "
            "Bring it up to date (a backup is made first) with: antigone upgrade"
        )
    return instance


def pending_migrations() -> list[str]:
    """The migrations that this version has and the database has not, and the other way round."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    behind = [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
    known = executor.loader.disk_migrations
    ahead = [f"{app}.{name}" for app, name in executor.loader.applied_migrations if (app, name) not in known]
    if ahead:
        raise InstanceError(
            "This instance was made by a later version of Antigone. Nothing was changed. "
            "Install that version, or restore a backup made before the upgrade."
        )
    return behind
