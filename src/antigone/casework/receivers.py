"""What casework does when records below change: what is erased leaves kept answers, what is undone is recalled."""

from __future__ import annotations

from typing import Any

from antigone.casework import services
from antigone.casework.models import Case, Search
from antigone.casework.recalling import ASSOCIATION, recall
from antigone.evidence.withheld import Reason
from antigone.missing.events import PersonErased, PortraitErased
from antigone.missing.events import erased as record_erased
from antigone.remains.events import AssociationChanged, PhotographErased, SubjectSpoke, associated, spoke
from antigone.remains.events import erased as photograph_erased

ERASED = "[erased]"
KIN_ERASED = "No likelihood ratio: a relative of this person was missing too when this was searched."


def follow_erasure(event: PersonErased | PortraitErased, **_: Any) -> None:
    """Take references to an erased person or portrait out of every kept answer."""
    person = event.person if isinstance(event, PersonErased) else None
    portraits = set(event.portraits) if isinstance(event, PortraitErased) else set()

    def blank(search: Search) -> None:
        listed = {named.rank: named for named in search.named.all()}
        if isinstance(event, PersonErased):
            _forget_kin(search.answer["candidates"], event.ref)
        for candidate in search.answer["candidates"]:
            named = listed.get(candidate["rank"])
            if named is not None and named.person == person:
                # The lines repeat the records, and what is said of a ratio may tell an age or a relative.
                candidate.update(person_ref=ERASED, evidence=None, secondary=[], secondary_warning="")
                candidate.update(by_photo=[], apart=None, kin=[])
            if named is not None and str(named.portrait) in portraits:
                candidate["portrait_sha256"] = candidate["portrait"] = ERASED

    named = {"named__portrait__in": portraits} if person is None else {"named__person": person}
    services.blank_answers(Search.objects.filter(**named), blank, event.actor)


def _forget_kin(candidates: list[dict[str, Any]], ref: str) -> None:
    """Take somebody who was erased out of what is said of their relatives on the list."""
    for candidate in candidates:
        if ref in candidate.get("kin", ()):
            candidate["kin"] = [each for each in candidate["kin"] if each != ref]
            for each in (candidate["evidence"] or {}).get("withheld", ()):
                if each["reason"] == Reason.RELATIVES:
                    each["sentence"] = KIN_ERASED


def follow_photograph(event: PhotographErased, **_: Any) -> None:
    """Take an erased photograph out of the answers of its subject's cases."""

    def blank(search: Search) -> None:
        for photo in search.answer["photos"]:
            if photo["sha256"] in event.sha256s:
                _forget_scores(search.answer["candidates"])
                photo.update(file=ERASED, sha256=ERASED, faces=[])

    services.blank_answers(Search.objects.filter(case__subject=event.subject), blank, event.actor)


def _forget_scores(candidates: list[dict[str, Any]]) -> None:
    """Take what each photograph scored by itself out of every lead."""
    for candidate in candidates:
        # All of them: what one photograph scored is arithmetic from the mean and the others.
        candidate.update(by_photo=[], apart=None)


def follow_speech(event: SubjectSpoke, **_: Any) -> None:
    """Close every case about a living person who can state their identity now, and empty its answers."""
    services.empty_answers(event.subject, event.actor)
    for case in Case.objects.filter(subject=event.subject):
        services.close_again(case.pk, event.actor, "the person can state their identity")


def follow_association(event: AssociationChanged, **_: Any) -> None:
    """Recall the searches about units whose association was decided anew: their photographs may be of two persons."""
    # One unit by itself, which nothing was associated with, is what it was before.
    if len(event.subjects) > 1:
        recall(event.subjects, ASSOCIATION, event.actor)


record_erased.connect(follow_erasure, dispatch_uid="casework follows erasures")
photograph_erased.connect(follow_photograph, dispatch_uid="casework follows erased photographs")
associated.connect(follow_association, dispatch_uid="casework recalls searches as associations change")
spoke.connect(follow_speech, dispatch_uid="casework follows speech")
