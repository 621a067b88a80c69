"""What holds for one person's browser: that the veil is lifted while they go on, and whether single keys judge."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.core import signing

from antigone.access.models import Operator
from antigone.web.guards import Visit

# After so long without a judgement the veil is down again, as everywhere in the house.
LIFTED_FOR = timedelta(minutes=5)
SINGLE_KEYS = "triage_single_keys"
_SIGNER = signing.TimestampSigner(salt="antigone.web.triage.lifted")


def lifted_now(who: Operator, triage: UUID) -> str:
    """What a form carries on from a pair that is shown, so that the next is shown as well."""
    return _SIGNER.sign(f"{who.pk}.{triage}")


def still_lifted(said: str, who: Operator, triage: UUID) -> bool:
    """Whether this person lifted the veil of this triage, and went on since."""
    try:
        return _SIGNER.unsign(said, max_age=LIFTED_FOR) == f"{who.pk}.{triage}"
    except signing.BadSignature:
        return False


def single_keys(request: Visit) -> bool:
    """Whether one key judges, which a person can turn off (WCAG 2.1.4)."""
    return bool(request.session.get(SINGLE_KEYS, True))
