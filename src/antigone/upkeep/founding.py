"""Found an instance: folders, keys, database, an agency, one operator with roles, and mandates in force."""

from __future__ import annotations

import getpass
import io
import os
import tomllib
from pathlib import Path
from typing import Any

from antigone.instance import Instance, InstanceError, create_folders, founded
from antigone.upkeep import databases
from antigone.upkeep.opening import open_instance, point_django_at, use_database
from antigone.vault import instance_key

SETTINGS_TEXT = """\
# Settings of this Antigone instance. Every line that begins with # is a comment or shows a default.

[faces]
# The pipeline, or the model alone, that makes templates; `antigone models list` shows which can be used here.
# After a change run `antigone reencode`: until it is done, searches find only what is encoded anew.
# recogniser = "robust-1"

[imaging]
# A picture beyond these limits is refused before it is decoded.
# max_bytes = 67108864
# max_pixels = 80000000
# max_frames = 1

[serve]
# How `antigone serve` is reached; docs/operations.md, Pages.
# host = "127.0.0.1"
# port = 8000
# The address of the proxy that ends HTTPS in front, and the names that people type, as ["antigone.example.org"].
# proxy = ""
# names = []
# workers = 1
# max_upload = 268435456

[sessions]
# How many hours a session in the pages lasts at most, and how many minutes with nothing done in it.
# hours = 12
# idle_minutes = 30
"""


PRACTICE_TEXT = """
[instance]
# Founded for practice, with records of nobody: no second factor is asked for, and every page says so. For real work,
# found another instance; this line is no switch.
practice = true
"""


def found(
    root: Path, *, agency_name: str = "", operator_name: str = "", database: str = "", practice: bool = False
) -> Instance:
    """Found an instance in `root`, a new or empty folder, and open it.

    `database` is the [database] section of antigone.toml, as text, where the records are to lie in a server: an empty
    database of it. By default they lie in a file of the instance. With `practice` it is for practice, for good.

    The one operator is bound to the account that runs this and holds every role that a single person needs;
    the mandates end after a year. antigone.toml is written last: an interrupted founding left no instance and
    can be run again. Raises InstanceError.
    """
    server = databases.of(Instance(root.absolute()), sections(database)) if database else None
    instance = create_folders(root)
    instance_key.create(instance)
    point_django_at(root)
    if server is not None:
        use_database(server)
        _refuse_used_server()

    from django.db import connections

    from antigone.ledger import keys as ledger_keys
    from antigone.vault import store
    from antigone.vault.keystore import KeyStore

    # An interrupted founding of this folder, in this process, must leave nothing open.
    connections.close_all()
    store.reset()
    KeyStore.create(store.key_store_path(instance), instance_key.load(instance))
    ledger_keys.create(instance)
    _make_database(instance)
    _first_people(agency_name or "This agency", operator_name or account_name(), practice)
    more = (PRACTICE_TEXT if practice else "") + (f"\n{database.strip()}\n" if database else "")
    founded(instance, SETTINGS_TEXT + more)
    return open_instance(root)


def sections(text: str) -> dict[str, Any]:
    """The [database] section of a text; raises InstanceError where there is none, or something else beside it."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise InstanceError(f"The [database] section cannot be read ({exc}). Nothing was founded.") from None
    if set(found) != {"database"}:
        raise InstanceError("The file holds a [database] section and nothing else. Nothing was founded.")
    return found


def _refuse_used_server() -> None:
    """A server's database that holds records already is never founded over."""
    from django.db import DatabaseError, connection

    try:
        tables = connection.introspection.table_names()
    except DatabaseError as exc:
        raise InstanceError(
            f"The database server does not answer as antigone.toml would have it ({type(exc).__name__}). Nothing was "
            "founded. Look at host, name, user and password, and try again."
        ) from None
    if tables:
        raise InstanceError(
            "The database of the server is not empty. Nothing was founded. Name an empty one; what an interrupted "
            "founding left in it can be dropped."
        )


def _make_database(instance: Instance) -> None:
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "sqlite":
        instance.database.touch(mode=0o600)
    call_command("migrate", verbosity=0, interactive=False, stdout=io.StringIO())
    connection.close()


def _first_people(agency_name: str, operator_name: str, practice: bool) -> None:
    from antigone import __version__
    from antigone.access import services
    from antigone.access.rules import FOUNDER_ROLES
    from antigone.ledger.services import record, recorded

    with recorded():
        record(
            "instance:self:found",
            actor="system:init",
            object="instance:self",
            version=__version__,
            practice=practice,
        )
        agency = services.found_agency(agency_name, "system:init")
        operator = services.add_operator(operator_name, agency, "system:init", os_uid=os.getuid())
        for role in FOUNDER_ROLES:
            services.grant_role(operator, role, "system:init")
        services.issue_default_mandates(agency, operator.actor)


def account_name() -> str:
    """The name of the operating-system account, or its number where it has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"account {os.getuid()}"
