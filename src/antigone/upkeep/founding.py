"""Found an instance: folders, keys, database, an agency, one operator with roles, and mandates in force."""

from __future__ import annotations

import getpass
import io
import os
from pathlib import Path

from antigone.instance import Instance, create_folders, founded
from antigone.upkeep.opening import open_instance, point_django_at
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
"""


def found(root: Path, *, agency_name: str = "", operator_name: str = "") -> Instance:
    """Found an instance in `root`, a new or empty folder, and open it.

    The one operator is bound to the account that runs this and holds every role that a single person needs;
    the mandates end after a year. antigone.toml is written last: an interrupted founding left no instance and
    can be run again. Raises InstanceError.
    """
    instance = create_folders(root)
    instance_key.create(instance)
    point_django_at(root)

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
    _first_people(agency_name or "This agency", operator_name or account_name())
    founded(instance, SETTINGS_TEXT)
    return open_instance(root)


def _make_database(instance: Instance) -> None:
    from django.core.management import call_command
    from django.db import connection

    instance.database.touch(mode=0o600)
    call_command("migrate", verbosity=0, interactive=False, stdout=io.StringIO())
    connection.close()


def _first_people(agency_name: str, operator_name: str) -> None:
    from antigone import __version__
    from antigone.access import services
    from antigone.access.rules import FOUNDER_ROLES
    from antigone.ledger.services import record, recorded

    with recorded():
        record("instance:self:found", actor="system:init", object="instance:self", version=__version__)
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
