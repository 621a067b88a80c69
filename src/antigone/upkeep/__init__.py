"""Keeping an instance: backups, restores, upgrades, and what is wrong with it.

What is named here is imported when it is asked for: every command comes through this package, and few need it all.
Modules that open, found, restore or upgrade an instance are imported before Django knows one, and import the rooms'
models only inside functions; the others wait until one is open.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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

_MODULES = {
    "Backup": "backups", "Finding": "examination", "Restored": "restores", "Severity": "examination",
    "Upgraded": "upgrades", "UpkeepError": "errors", "backup": "backups", "doctor": "examination",
    "export_keys": "keyexport", "recover_key": "keyexport", "restore": "restores", "upgrade": "upgrades",
    "who_restores": "permission",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
