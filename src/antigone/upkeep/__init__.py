"""Keeping an instance: backups, restores, upgrades, and what is wrong with it.

These modules are imported before Django knows an instance, so they import the rooms' models only inside functions.
"""

from antigone.upkeep.backups import Backup, backup
from antigone.upkeep.errors import UpkeepError
from antigone.upkeep.examination import Finding, Severity, doctor
from antigone.upkeep.keyexport import export_keys, recover_key
from antigone.upkeep.permission import who_restores
from antigone.upkeep.restores import Restored, restore
from antigone.upkeep.upgrades import Upgraded, upgrade

__all__ = [
    "Backup", "Finding", "Restored", "Severity", "Upgraded", "UpkeepError",
    "backup", "doctor", "export_keys", "recover_key", "restore", "upgrade", "who_restores",
]  # fmt: skip
