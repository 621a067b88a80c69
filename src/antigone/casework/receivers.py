"""What casework does when records below change: erased persons vanish from kept answers, spoken-for cases end."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from antigone.casework.models import Case, Search
from antigone.ledger.services import record
from antigone.missing.events import PersonErased, PortraitErased, erased
from antigone.remains.events import SubjectSpoke, spoke

ERASED = "[erased]"


def follow_erasure(event: PersonErased | PortraitErased, **_: Any) -> None:
    """Take references to what was erased out of every kept answer; the digest of the answer as given stays."""
    if isinstance(event, PortraitErased):
        gone = set(event.portraits)
        searches = Search.objects.filter(named__portrait__in=gone)
    else:
        gone = set()
        searches = Search.objects.filter(named__person=event.person)
    touched: set[int] = set()
    for search in searches.distinct():
        listed = {named.rank: named for named in search.named.all()}
        for candidate in search.answer["candidates"]:
            named = listed.get(candidate["rank"])
            if named is None:
                continue
            if isinstance(event, PersonErased) and named.person == event.person:
                candidate["person_ref"] = ERASED
            if str(named.portrait) in gone:
                candidate["portrait_sha256"] = candidate["portrait"] = ERASED
        search.save(update_fields=["answer"])
        touched.add(search.case_id)
    for case in sorted(touched):
        record("casework:answer:redact", actor=event.actor, object=f"case:{case}")


def follow_speech(event: SubjectSpoke, **_: Any) -> None:
    """Close every case about a living person who can state their identity now."""
    Case.objects.filter(subject_id=event.subject, closed_at=None).update(closed_at=timezone.now())


erased.connect(follow_erasure, dispatch_uid="casework follows erasures")
spoke.connect(follow_speech, dispatch_uid="casework follows speech")
