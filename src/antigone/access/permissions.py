"""Every permission there is, in one closed list."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """What an operator can be allowed to do.

    Values read `scope:resource:action`: the room that acts, the thing acted upon, the deed. They stand in
    alphabetical order, and no other place writes them out. A new one is granted to a role in `rules.GRANTS`.
    """

    MANDATE_MANAGE = "access:mandate:manage"
    OPERATOR_MANAGE = "access:operator:manage"
    CALIBRATION_MANAGE = "casework:calibration:manage"
    CASE_OPEN = "casework:case:open"
    POSTERIOR_READ = "casework:posterior:read"
    SEARCH_RUN = "casework:search:run"
    GALLERY_REBUILD = "enrolment:gallery:rebuild"
    BACKUP_MAKE = "instance:backup:make"
    BACKUP_RESTORE = "instance:backup:restore"
    SCHEMA_UPGRADE = "instance:schema:upgrade"
    LEDGER_VERIFY = "ledger:tree:verify"
    HOLDING_OPEN = "missing:holding:open"
    PERSON_ERASE = "missing:person:erase"
    PORTRAIT_ADD = "missing:portrait:add"
    PORTRAIT_ERASE = "missing:portrait:erase"
    REPORT_CLOSE = "missing:report:close"
    PHOTOGRAPH_ADD = "remains:photograph:add"
    PHOTOGRAPH_ERASE = "remains:photograph:erase"
    KEYS_MANAGE = "vault:keys:manage"
