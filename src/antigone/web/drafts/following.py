"""Drafts follow their record: what was typed about somebody is forgotten when their record is erased or ends."""

from __future__ import annotations

from typing import Any

from antigone.missing.events import PersonErased, PortraitErased
from antigone.missing.events import erased as record_erased
from antigone.remains.events import SubjectSpoke, spoke
from antigone.web.drafts import keeping


def follow_erasure(event: PersonErased | PortraitErased, **_: Any) -> None:
    """Forget what anybody typed about an erased person and did not send."""
    if isinstance(event, PersonErased):
        keeping.forget(f"missing:person:{event.person}:")


def follow_speech(event: SubjectSpoke, **_: Any) -> None:
    """The same of a living person who can state their identity."""
    keeping.forget(f"remains:subject:{event.subject}:")


record_erased.connect(follow_erasure, dispatch_uid="drafts follow erasures")
spoke.connect(follow_speech, dispatch_uid="drafts follow speech")
