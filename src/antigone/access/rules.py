"""Which role may do what, and when a mandate is in force: pure decisions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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

    @property
    def label(self) -> Promise:
        """What people call the role."""
        return _ROLE_LABELS[self]


_ROLE_LABELS: dict[Role, Promise] = {
    Role.ADMINISTRATOR: gettext_lazy("administrator"),
    Role.AUDITOR: gettext_lazy("auditor"),
    Role.BOARD_MEMBER: gettext_lazy("board member"),
    Role.BUREAU_CLERK: gettext_lazy("bureau clerk"),
    Role.DATA_PROTECTION_REVIEWER: gettext_lazy("data-protection reviewer"),
    Role.FIELD_RECORDER: gettext_lazy("field recorder"),
    Role.LIAISON_OFFICER: gettext_lazy("liaison officer"),
    Role.MORTUARY_EXAMINER: gettext_lazy("mortuary examiner"),
    Role.TRACING_OFFICER: gettext_lazy("tracing officer"),
}


class Purpose(StrEnum):
    """What a search may be for: a closed list (DESIGN 2.2)."""

    IDENTIFY_THE_DEAD = "identify-the-dead"
    IDENTIFY_UNABLE = "identify-person-unable-to-state-identity"

    @property
    def words(self) -> Promise:
        """What one does, to follow a “to”."""
        return _PURPOSE_WORDS[self]


_PURPOSE_WORDS: dict[Purpose, Promise] = {
    Purpose.IDENTIFY_THE_DEAD: gettext_lazy("identify the dead"),
    Purpose.IDENTIFY_UNABLE: gettext_lazy("identify a person unable to state their identity"),
}

# Which kinds of subject each purpose covers; the names are those of the post-mortem records.
SUBJECT_KINDS: dict[Purpose, tuple[str, ...]] = {
    Purpose.IDENTIFY_THE_DEAD: ("deceased", "body-part"),
    Purpose.IDENTIFY_UNABLE: ("unable-to-state-identity",),
}

_P = Permission

# Nobody who looks at faces runs the machine, and nobody who runs the machine looks at faces, unless one
# person is all there is and holds both roles in the open.
GRANTS: dict[str, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(
        {
            _P.AGREEMENT_MANAGE, _P.AGREEMENT_READ, _P.BACKUP_MAKE, _P.BACKUP_RESTORE, _P.GALLERY_REBUILD,
            _P.HOLDING_READ, _P.KEYS_MANAGE, _P.LEDGER_VERIFY, _P.MANDATE_MANAGE, _P.OPERATOR_MANAGE, _P.QUORUM_SET,
            _P.SCHEMA_UPGRADE, _P.TOKEN_MANAGE,
        }
    ),
    # The auditor reads what was done and what was refused, and sees no face and no record.
    Role.AUDITOR: frozenset({_P.AGREEMENT_READ, _P.LEDGER_READ, _P.LEDGER_VERIFY}),
    # What a score is worth, and what follows for a case, is the board's to answer for.
    Role.BOARD_MEMBER: frozenset(
        {
            _P.ASSOCIATION_DECIDE, _P.CALIBRATION_MANAGE, _P.CASE_READ, _P.CLAIM_READ, _P.DECISION_VOTE,
            _P.EVIDENCE_RECORD, _P.EXHIBIT_MAKE, _P.HOLDING_READ, _P.INCIDENT_DECLARE, _P.INSCRIPTION_READ,
            _P.LEDGER_VERIFY, _P.OPEN_SOURCE_APPROVE, _P.PERSON_READ, _P.PHOTOGRAPH_LOOK, _P.PORTRAIT_LOOK,
            _P.POSTERIOR_READ, _P.PRACTICE_REPORT, _P.SAMPLING_ORDER, _P.SUBJECT_READ,
        }
    ),
    Role.BUREAU_CLERK: frozenset(
        {
            _P.ENQUIRY_FILE, _P.ENQUIRY_READ, _P.HOLDING_OPEN, _P.HOLDING_READ, _P.PERSON_READ, _P.PERSON_RECORD,
            _P.PORTRAIT_ADD, _P.PORTRAIT_LOOK, _P.REPORT_CLOSE,
        }
    ),
    # Erases and reviews: records by their references, and a veiled sample of what was searched with.
    Role.DATA_PROTECTION_REVIEWER: frozenset(
        {
            _P.AGREEMENT_READ, _P.CASE_READ, _P.HOLDING_READ, _P.LEDGER_READ, _P.LEDGER_VERIFY, _P.PERSON_ERASE,
            _P.PERSON_READ, _P.PHOTOGRAPH_ERASE, _P.PORTRAIT_ERASE, _P.REPORT_CLOSE, _P.RETENTION_REVIEW,
            _P.SAMPLE_REVIEW,
        }
    ),
    Role.FIELD_RECORDER: frozenset(
        {
            _P.ATTESTATION_RECORD, _P.CASE_OPEN, _P.CASE_READ, _P.CLAIM_RECORD, _P.CUSTODY_RECORD, _P.INSCRIPTION_READ,
            _P.PHOTOGRAPH_ADD, _P.PHOTOGRAPH_LOOK, _P.SAMPLING_ORDER, _P.SITE_RECORD, _P.SUBJECT_READ,
            _P.SUBJECT_RECORD,
        }
    ),
    Role.LIAISON_OFFICER: frozenset(
        {
            _P.AGREEMENT_READ, _P.CASE_READ, _P.CLAIM_READ, _P.CLAIM_RECORD, _P.ENQUIRY_READ, _P.HOLDING_READ,
            _P.INSCRIPTION_READ, _P.OPEN_SOURCE_APPROVE, _P.PERSON_READ, _P.SUBJECT_READ,
        }
    ),
    # Sees no name, also not one on a paper or a disc, no portrait outside an examination, and no word of who is said to
    # have recognised whom.
    Role.MORTUARY_EXAMINER: frozenset(
        {
            _P.ATTESTATION_RECORD, _P.CASE_OPEN, _P.CASE_READ, _P.CUSTODY_RECORD, _P.EXAMINATION_DO,
            _P.OPEN_SOURCE_PROPOSE, _P.PHOTOGRAPH_ADD, _P.PHOTOGRAPH_LOOK, _P.PRACTICE_DO, _P.RELEASE_SIGN,
            _P.SAMPLING_ORDER, _P.SEARCH_RUN, _P.SITE_RECORD, _P.SUBJECT_READ, _P.SUBJECT_RECORD, _P.TRIAGE_DO,
        }
    ),
    Role.TRACING_OFFICER: frozenset(
        {
            _P.CASE_READ, _P.CLAIM_READ, _P.CLAIM_RECORD, _P.ENQUIRY_FILE, _P.ENQUIRY_READ, _P.EVIDENCE_RECORD,
            _P.HOLDING_OPEN, _P.HOLDING_READ, _P.INSCRIPTION_READ, _P.OPEN_SOURCE_PROPOSE, _P.PERSON_MERGE,
            _P.PERSON_READ, _P.PERSON_RECORD, _P.PORTRAIT_ADD, _P.PORTRAIT_LOOK, _P.REPORT_CLOSE, _P.SEARCH_RUN,
            _P.SUBJECT_READ,
        }
    ),
}  # fmt: skip

# What a person decides, or what opens a door to more: no program is given it, whoever answers for the program.
FOR_PEOPLE_ALONE: frozenset[Permission] = frozenset(
    {
        _P.AGREEMENT_MANAGE, _P.ASSOCIATION_DECIDE, _P.BACKUP_RESTORE, _P.CALIBRATION_MANAGE, _P.DECISION_VOTE,
        _P.EVIDENCE_RECORD, _P.EXAMINATION_DO, _P.EXHIBIT_MAKE, _P.INCIDENT_DECLARE, _P.KEYS_MANAGE, _P.MANDATE_MANAGE,
        _P.OPEN_SOURCE_APPROVE, _P.OPERATOR_MANAGE, _P.PERSON_ERASE, _P.PHOTOGRAPH_ERASE, _P.PORTRAIT_ERASE,
        _P.PRACTICE_DO, _P.QUORUM_SET, _P.RELEASE_SIGN, _P.SAMPLE_REVIEW, _P.SAMPLING_ORDER, _P.SCHEMA_UPGRADE,
        _P.TOKEN_MANAGE, _P.TRIAGE_DO,
    }
)  # fmt: skip

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
        return _("it was revoked")
    if today < valid_from:
        return _("it begins on %(day)s") % {"day": valid_from.isoformat()}
    if today > valid_until:
        return _("it ended on %(day)s") % {"day": valid_until.isoformat()}
    if subject_kind is not None and subject_kind not in subject_kinds:
        return _("it does not cover a subject of the kind “%(kind)s”") % {"kind": subject_kind}
    return None


def agreement_fault(*, valid_from: date, valid_until: date, accepted: bool, ended: bool, today: date) -> str | None:
    """Why an agreement discloses nothing today, or None when it is in force; its last day counts."""
    if ended:
        return _("it was ended")
    if not accepted:
        return _("the other agency has not accepted it")
    if today < valid_from:
        return _("it begins on %(day)s") % {"day": valid_from.isoformat()}
    if today > valid_until:
        return _("it ended on %(day)s") % {"day": valid_until.isoformat()}
    return None


def token_fault(
    *, revoked: bool, collected: bool, holder_active: bool, valid_until: datetime, now: datetime
) -> str | None:
    """Why a token opens nothing at this moment, or None when it is in force."""
    if revoked:
        return _("it was revoked")
    if not holder_active:
        return _("the one who answers for it has left")
    if not collected:
        return _("its secret was not collected")
    if now >= valid_until:
        return _("it ended on %(day)s") % {"day": valid_until.date().isoformat()}
    return None


def sign_in_fault(
    *,
    ended: bool,
    operator_active: bool,
    began_at: datetime,
    seen_at: datetime,
    whole: timedelta,
    idle: timedelta,
    now: datetime,
) -> str | None:
    """Why a session is over, in one word, or None when it goes on."""
    if ended:
        return "ended"
    if not operator_active:
        return "closed"
    if now - began_at >= whole:
        return "time"
    if now - seen_at >= idle:
        return "idle"
    return None
