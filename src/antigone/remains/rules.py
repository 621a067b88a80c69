"""What makes a subject one that may be searched: pure decisions about codes, attestations and recovery particulars."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from antigone.access.rules import Role
from antigone.remains.models import SubjectKind

# A clinician's word holds for three days and must then be given again (DESIGN 2.2).
ATTESTATION_HOLDS = timedelta(hours=72)

# A clock that runs a little ahead of ours is not a statement about the future.
CLOCK_SLACK = timedelta(minutes=5)

# PLACE-TEAM-COUNT is the usual form (field manual for the management of the dead); other agencies' forms pass too,
# as long as they can be written on a tag and said over a radio.
CODE = re.compile(r"[^\W_](?:[\w.\-/]{0,118}[^\W_])?")

# What is known of the living goes to those who care for them and those who trace their kin.
FOR_CARE_AND_TRACING = frozenset({SubjectKind.UNABLE.value})
CARE_AND_TRACING = frozenset({Role.FIELD_RECORDER.value, Role.MORTUARY_EXAMINER.value, Role.TRACING_OFFICER.value})


# The living are looked at again after a month, whatever became of the attestation; the dead after a year.
REVIEW_OF_THE_LIVING = timedelta(days=30)
REVIEW_OF_THE_DEAD = timedelta(days=365)

# A review is told of so long before; of the living, who are looked at again after a month, a week before.
REVIEW_WARNING = timedelta(days=30)
REVIEW_WARNING_OF_THE_LIVING = timedelta(days=7)


def review_day(kind: str, today: date) -> date:
    """The day on which it is asked whether a record of this kind, made today, is still needed."""
    return today + (REVIEW_OF_THE_LIVING if kind == SubjectKind.UNABLE else REVIEW_OF_THE_DEAD)


def review_warning(kind: str) -> timedelta:
    """How long before its review a record of this kind is told of."""
    return REVIEW_WARNING_OF_THE_LIVING if kind == SubjectKind.UNABLE else REVIEW_WARNING


def cares_or_traces(roles: Iterable[str]) -> bool:
    """Whether one of these roles cares for the living or traces their kin."""
    return not CARE_AND_TRACING.isdisjoint(roles)


def open_to(kind: str, roles: Iterable[str]) -> bool:
    """Whether a subject of this kind may be seen by somebody who holds these roles."""
    return kind not in FOR_CARE_AND_TRACING or cares_or_traces(roles)


def code_fault(code: str) -> str | None:
    """The sentence that refuses a code, or None when it can stand on a tag."""
    if CODE.fullmatch(code):
        return None
    return _(
        "A case code has letters, digits, hyphens, dots or slashes, begins and ends with a letter or digit, and has at "
        "most 120 characters (for example LIMEN-A-001). Nothing was saved."
    )


def attestation_fault(attested_by: str, attested_at: datetime | None, now: datetime) -> str | None:
    """The sentence that refuses a living subject, or None when the attestation holds at `now`."""
    if not attested_by.strip() or attested_at is None:
        return _(
            "A living person may be searched for only on a clinician's attestation that they cannot state their "
            "identity: name the clinician (--attested-by) and the time (--attested-at)."
        )
    if attested_at > now + CLOCK_SLACK:
        return _("The attestation is dated in the future.")
    if now - attested_at > ATTESTATION_HOLDS:
        return _("The clinician's attestation is older than 72 hours; a new one is needed (antigone case attest).")
    return None


def missing_particulars(kind: str, place: str, recovered_on: object, attested_by: str) -> tuple[str, ...]:
    """What the record of a dead subject still lacks; empty when it is complete."""
    if kind == SubjectKind.UNABLE:
        return ()
    wanted = (
        (_("place of recovery"), place),
        (_("date of recovery"), recovered_on),
        (_("name of the attestor"), attested_by),
    )
    return tuple(name for name, value in wanted if not str(value or "").strip())
