"""Which role may do what, and when a mandate is in force: pure decisions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum

from antigone.access.permissions import Permission


class Role(StrEnum):
    """The roles of the field; an operator holds any number of them, each inside one agency."""

    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    BOARD_MEMBER = "board-member"
    BUREAU_CLERK = "bureau-clerk"
    DATA_PROTECTION_REVIEWER = "data-protection-reviewer"
    FIELD_RECORDER = "field-recorder"
    LIAISON_OFFICER = "liaison-officer"
    MORTUARY_EXAMINER = "mortuary-examiner"
    TRACING_OFFICER = "tracing-officer"


class Purpose(StrEnum):
    """What a search may be for: a closed list (DESIGN 2.2)."""

    IDENTIFY_THE_DEAD = "identify-the-dead"
    IDENTIFY_UNABLE = "identify-person-unable-to-state-identity"

    @property
    def words(self) -> str:
        return _PURPOSE_WORDS[self]


_PURPOSE_WORDS = {
    Purpose.IDENTIFY_THE_DEAD: "identify the dead",
    Purpose.IDENTIFY_UNABLE: "identify a person unable to state their identity",
}

# Which kinds of subject each purpose covers; the names are those of the post-mortem records.
SUBJECT_KINDS: dict[Purpose, tuple[str, ...]] = {
    Purpose.IDENTIFY_THE_DEAD: ("deceased", "body-part"),
    Purpose.IDENTIFY_UNABLE: ("unable-to-state-identity",),
}

# Nobody who looks at faces runs the machine, and nobody who runs the machine looks at faces, unless one
# person is all there is and holds both roles in the open.
GRANTS: dict[str, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.BACKUP_MAKE,
            Permission.BACKUP_RESTORE,
            Permission.GALLERY_REBUILD,
            Permission.KEYS_MANAGE,
            Permission.LEDGER_VERIFY,
            Permission.MANDATE_MANAGE,
            Permission.OPERATOR_MANAGE,
            Permission.SCHEMA_UPGRADE,
        }
    ),
    Role.AUDITOR: frozenset({Permission.LEDGER_VERIFY}),
    # What a score is worth, and what follows for a case, is the board's to answer for.
    Role.BOARD_MEMBER: frozenset({Permission.CALIBRATION_MANAGE, Permission.LEDGER_VERIFY, Permission.POSTERIOR_READ}),
    Role.BUREAU_CLERK: frozenset({Permission.HOLDING_OPEN, Permission.PORTRAIT_ADD, Permission.REPORT_CLOSE}),
    Role.DATA_PROTECTION_REVIEWER: frozenset(
        {
            Permission.LEDGER_VERIFY,
            Permission.PERSON_ERASE,
            Permission.PHOTOGRAPH_ERASE,
            Permission.PORTRAIT_ERASE,
            Permission.REPORT_CLOSE,
        }
    ),
    Role.FIELD_RECORDER: frozenset({Permission.CASE_OPEN, Permission.PHOTOGRAPH_ADD}),
    Role.LIAISON_OFFICER: frozenset(),
    Role.MORTUARY_EXAMINER: frozenset({Permission.CASE_OPEN, Permission.PHOTOGRAPH_ADD, Permission.SEARCH_RUN}),
    Role.TRACING_OFFICER: frozenset(
        {Permission.HOLDING_OPEN, Permission.PORTRAIT_ADD, Permission.REPORT_CLOSE, Permission.SEARCH_RUN}
    ),
}

# Held together by the one person of a new instance; separating duties begins by giving some of these away.
FOUNDER_ROLES = (
    Role.ADMINISTRATOR,
    Role.BOARD_MEMBER,
    Role.DATA_PROTECTION_REVIEWER,
    Role.FIELD_RECORDER,
    Role.MORTUARY_EXAMINER,
    Role.TRACING_OFFICER,
)


def permissions_of(roles: Iterable[str]) -> frozenset[Permission]:
    """The union of what these roles may do; a role that this version does not know allows nothing."""
    allowed: set[Permission] = set()
    for role in roles:
        allowed |= GRANTS.get(role, frozenset())
    return frozenset(allowed)


def roles_allowing(permission: Permission) -> tuple[Role, ...]:
    """The roles that a refusal can name as able to do it."""
    return tuple(role for role in Role if permission in GRANTS[role])


def mandate_fault(
    *,
    valid_from: date,
    valid_until: date,
    revoked: bool,
    subject_kinds: Collection[str],
    today: date,
    subject_kind: str | None,
) -> str | None:
    """Why a mandate does not serve today for this kind of subject, or None; its last day counts."""
    if revoked:
        return "it was revoked"
    if today < valid_from:
        return f"it begins on {valid_from.isoformat()}"
    if today > valid_until:
        return f"it ended on {valid_until.isoformat()}"
    if subject_kind is not None and subject_kind not in subject_kinds:
        return f"it does not cover a subject of the kind “{subject_kind}”"
    return None
