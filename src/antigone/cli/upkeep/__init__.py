"""Keeping an instance: backups, restores, upgrades, and what is wrong with it."""

from antigone.cli.upkeep.backup import Backup, backup
from antigone.cli.upkeep.doctor import Finding, Severity, doctor
from antigone.cli.upkeep.errors import UpkeepError
from antigone.cli.upkeep.keyexport import export_keys
from antigone.cli.upkeep.restore import Restored, restore
from antigone.cli.upkeep.upgrade import Upgraded, upgrade

__all__ = [
    "Backup", "Finding", "Restored", "Severity", "Upgraded", "UpkeepError",
    "backup", "doctor", "export_keys", "restore", "upgrade",
]  # fmt: skip
