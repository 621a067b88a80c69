"""Steps 3 and 4 before a search: the faces of a photograph, found once and kept, and how it stands for a search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from antigone import imaging
from antigone.access.models import Operator
from antigone.casework import queries
from antigone.casework.models import Case, FacesSought, NotSuitable
from antigone.casework.searching.answer import digest_of
from antigone.casework.searching.reading import describe
from antigone.enrolment.contracts import engine
from antigone.enrolment.limits import picture_limits
from antigone.enrolment.rules import main_face
from antigone.faces import Face
from antigone.faces.strength import NAME as STRENGTH
from antigone.ledger.services import record, recorded
from antigone.remains import own
from antigone.remains.models import Photograph
from antigone.vault import store
from antigone.vault.errors import KeyGone

LOOKED_AT = 200
"""Photographs among which those that wait for a choice are sought: a desk shows a few."""

MEASURED = 3
"""Faces of one picture, the most prominent first, whose template's strength is worth its cost."""


class Readiness(StrEnum):
    """How a photograph stands for a search."""

    NOT_SOUGHT = "not-sought"
    ONE = "one"
    CHOSEN = "chosen"
    BY_HAND = "by-hand"
    SEVERAL = "several"
    NONE = "none"
    UNREADABLE = "unreadable"
    NOT_SUITABLE = "not-suitable"

    @property
    def label(self) -> Promise:
        return _LABELS[self]


_LABELS: dict[Readiness, Promise] = {
    Readiness.NOT_SOUGHT: _("faces not looked for yet"),
    Readiness.ONE: _("one face stands out, and is taken"),
    Readiness.CHOSEN: _("a face is chosen"),
    Readiness.BY_HAND: _("points placed by hand"),
    Readiness.SEVERAL: _("several faces: choose one"),
    Readiness.NONE: _("no face was found"),
    Readiness.UNREADABLE: _("the picture cannot be read"),
    Readiness.NOT_SUITABLE: _("not suitable for comparison"),
}

READY = frozenset({Readiness.NOT_SOUGHT, Readiness.ONE, Readiness.CHOSEN, Readiness.BY_HAND})
"""Those from which a search can take a face, or at least seek one."""


@dataclass(frozen=True)
class Prepared:
    """A photograph of a case as it stands for a search; `version` tells one choice about it from another."""

    photograph: Photograph
    sought: FacesSought | None
    not_suitable: NotSuitable | None

    @property
    def version(self) -> str:
        return version_of(self.photograph, self.not_suitable)

    @property
    def readiness(self) -> Readiness:
        return _readiness(self)

    @property
    def ready(self) -> bool:
        return self.readiness in READY

    @property
    def found(self) -> list[dict[str, Any]]:
        """The faces to choose from, the most prominent first, without those placed by hand."""
        if self.sought is not None:
            return list(self.sought.faces)
        return [] if self.photograph.by_hand else list(self.photograph.faces)

    @property
    def taken(self) -> int | None:
        """Which of `found` a search would take; None for none of them."""
        if self.photograph.by_hand:
            return None
        if self.photograph.faces:
            # A search counts anew: the face is known by its place.
            box = self.photograph.faces[self.photograph.chosen]["box"]
            return next((at for at, face in enumerate(self.found) if face["box"] == box), None)
        return None if self.sought is None else _outstanding(self.sought)

    @property
    def face(self) -> dict[str, Any] | None:
        """The face that a search would take, with its quality."""
        if self.photograph.faces:
            kept: dict[str, Any] = self.photograph.faces[self.photograph.chosen]
            return kept
        return None if self.taken is None else self.found[self.taken]


@dataclass(frozen=True)
class Undecided:
    """A photograph of a case in which somebody has to choose a face, or to place the points."""

    case: int
    code: str
    of: Prepared


def undecided(who: Operator, limit: int) -> list[Undecided]:
    """The photographs of the agency's open cases that wait for a choice, the oldest first; two queries."""
    none_or_several = Q(sought__faces__0__isnull=True) | Q(sought__faces__1__isnull=False)
    rows = (
        Photograph.objects.filter(
            none_or_several, sought__fault="", sought__isnull=False, faces=[], not_suitable=None,
            subject__agency=who.agency_id,
        )
        .select_related("subject", "sought", "not_suitable")
        .order_by("added_at", "pk")[:LOOKED_AT]
    )  # fmt: skip
    waiting = [each for each in map(_prepared, rows) if each.readiness in (Readiness.SEVERAL, Readiness.NONE)]
    open_ones = queries.open_to(who).filter(agency=who.agency_id, closed_at=None)
    of_subject = {
        subject: (pk, code)
        for pk, code, subject in open_ones.filter(subject__in={each.photograph.subject_id for each in waiting})
        .order_by("-pk")
        .values_list("pk", "code", "subject")
    }
    found = [
        Undecided(*of_subject[each.photograph.subject_id], each)
        for each in waiting
        if each.photograph.subject_id in of_subject
    ]
    return found[:limit]


def version_of(photograph: Photograph, not_suitable: NotSuitable | None) -> str:
    """What was decided about a photograph, as a digest: of the face by its place, not of what was measured on it."""
    face = photograph.faces[photograph.chosen] if photograph.faces else {}
    said = [
        photograph.by_hand,
        face.get("landmarks") if photograph.by_hand else face.get("box"),
        None if not_suitable is None else [not_suitable.hindrance, not_suitable.note],
    ]
    return digest_of(said)[:16]


def _readiness(of: Prepared) -> Readiness:
    if of.not_suitable is not None:
        return Readiness.NOT_SUITABLE
    if of.photograph.faces:
        return Readiness.BY_HAND if of.photograph.by_hand else Readiness.CHOSEN
    if of.sought is None:
        return Readiness.NOT_SOUGHT
    if of.sought.fault:
        return Readiness.UNREADABLE
    if not of.sought.faces:
        return Readiness.NONE
    return Readiness.SEVERAL if _outstanding(of.sought) is None else Readiness.ONE


def _outstanding(sought: FacesSought) -> int | None:
    """The face that a search takes by itself, because it clearly stands out."""
    faces = [
        Face(tuple(each["box"]), np.array(each["landmarks"], np.float32), each["score"], each["turn"])
        for each in sought.faces
    ]
    return main_face(faces, sought.width, sought.height)


def prepared_in(case: Case, who: Operator) -> list[Prepared]:
    """The photographs of a case as they stand for a search, in the order in which they came; one query."""
    own.may_read(who, case.subject)
    return [_prepared(each) for each in _rows(case)]


def prepared(case: Case, photograph: UUID, who: Operator) -> Prepared:
    """One photograph of a case; raises NotHere for one that the case has not."""
    own.may_read(who, case.subject)
    found = _rows(case).filter(pk=photograph).first()
    if found is None:
        raise queries.not_here()
    return _prepared(found)


def _rows(case: Case) -> QuerySet[Photograph]:
    rows = Photograph.objects.filter(subject=case.subject_id).select_related("subject", "sought", "not_suitable")
    return rows.order_by("added_at", "pk")


def _prepared(row: Photograph) -> Prepared:
    return Prepared(row, getattr(row, "sought", None), getattr(row, "not_suitable", None))


def seek(photograph: Photograph, who: Operator) -> FacesSought | None:
    """Find the faces of a photograph, once: what is kept is returned. None for one that was erased meanwhile."""
    kept = FacesSought.objects.filter(photograph=photograph.pk).first()
    if kept is not None:
        return kept
    try:
        original = store.open(str(photograph.pk))
    except KeyGone:
        return None
    found = _found(original)
    with recorded():
        # Erased while it was looked at, or looked at by somebody else: that holds.
        if not Photograph.objects.select_for_update().filter(pk=photograph.pk).exists():
            return None
        made, new = FacesSought.objects.get_or_create(
            photograph_id=photograph.pk,
            defaults={**found, "sought_by": who.actor, "sought_at": timezone.now()},
        )
        if new:
            record("casework:faces:seek", actor=who.actor, object=f"photograph:{photograph.pk}", faces=len(made.faces))
    return made


def _found(original: bytes) -> dict[str, Any]:
    try:
        picture = imaging.decode(original, picture_limits())
    except imaging.ImageRefused as refused:
        return {"fault": refused.sentence[:400]}
    seer = engine("always")
    faces = seer.detect(picture.pixels)
    described = [describe(face, seer.quality(picture.pixels, face, faces)) for face in faces]
    _measure(described, [seer.crops(picture.pixels, face, "probe") for face in faces[:MEASURED]])
    return {"faces": described, "width": picture.width, "height": picture.height}


def _measure(described: Sequence[dict[str, Any]], crops: Sequence[Any]) -> None:
    """Put beside each face how much of one the recogniser sees in it."""
    if not crops:
        return
    _vectors, seen = engine("always").measured(crops, "probe")
    for face, strength in zip(described, seen, strict=False):
        face["quality"][STRENGTH] = strength
