"""Which face of a photograph is the subject's, where its points lie, or that it cannot be compared (steps 3 and 4).

Each is one transaction with its entry in the ledger. Nothing of the gallery is read for it: whoever prepares a search
sees no ranked output by that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _L  # noqa: N812

from antigone import imaging
from antigone.access.models import Operator
from antigone.casework import queries, services
from antigone.casework.errors import ChoiceChanged, ChoiceRefused
from antigone.casework.models import Case, Hindrance, NotSuitable
from antigone.casework.searching.preparing import Prepared, prepared, version_of
from antigone.casework.searching.reading import describe
from antigone.enrolment.limits import picture_limits
from antigone.faces.byhand import from_landmarks
from antigone.faces.quality import quality
from antigone.ledger.services import record, recorded
from antigone.remains import services as remains
from antigone.remains.models import Photograph, Subject
from antigone.vault import store

POINTS = 5
LARGEST = 1e6
NOTE = 400

_OF_POINTS = (
    _L("Five points are needed: right eye, left eye, nose, right and left mouth corner."),
    _L("A point lies outside the picture."),
    _L("The points lie too close together to make a face."),
    _L("Right and left are exchanged: the first eye is the person's own right one."),
)
"""What `faces.byhand` says of points, so that it is translated: that room knows of no language."""


def choose_face(case: int, photograph: UUID, number: int, who: Operator, *, expects: str | None = None) -> Photograph:
    """Say which of the faces that were found, counted from 1, is the subject's.

    `expects` is the version of the choice that the writer saw (`Prepared.version`), None for "do not check".
    Raises NotHere, Refused, CaseRefused, ChoiceRefused or ChoiceChanged.
    """
    found, of = _opened(case, photograph, who)
    faces = of.found
    if not faces:
        raise ChoiceRefused(_("No face has been found in this photograph yet. Nothing was saved."))
    if not 1 <= number <= len(faces):
        raise ChoiceRefused(
            _("It has %(count)d faces; there is no face %(number)d. Nothing was saved.")
            % {"count": len(faces), "number": number}
        )
    return _kept(found, of, who, expects, faces, number - 1, by_hand=False)


def place_points(
    case: int, photograph: UUID, points: Sequence[Sequence[float]], who: Operator, *, expects: str | None = None
) -> Photograph:
    """Keep five points placed by hand: right eye, left eye, nose tip, right and left corner of the mouth.

    They are the subject's own right and left, in pixels of the upright picture. Raises as `choose_face`.
    """
    found, of = _opened(case, photograph, who)
    placed = _points(points)
    try:
        pixels = imaging.decode(store.open(str(of.photograph.pk)), picture_limits()).pixels
    except imaging.ImageRefused as refused:
        raise ChoiceRefused(refused.sentence) from None
    try:
        face = from_landmarks(pixels, placed)
    except ValueError as fault:
        raise ChoiceRefused(_("%(fault)s Nothing was saved.") % {"fault": _(str(fault))}) from None
    described = describe(face, quality(pixels, face))
    return _kept(found, of, who, expects, [described], 0, by_hand=True)


def take_back(case: int, photograph: UUID, who: Operator, *, expects: str | None = None) -> Photograph:
    """Take back what was chosen about a photograph: a search takes the face that stands out, if one does."""
    found, of = _opened(case, photograph, who)
    return _kept(found, of, who, expects, [], 0, by_hand=False)


def judge_not_suitable(
    case: int, photograph: UUID, hindrance: str, note: str, who: Operator, *, expects: str | None = None
) -> None:
    """End with a photograph here: it is not suitable for comparison, and takes no part in searches. Raises as above."""
    found, of = _opened(case, photograph, who)
    note = note.strip()
    if hindrance not in Hindrance.values:
        raise ChoiceRefused(_("Say why it is not suitable: choose a reason of the list. Nothing was saved."))
    if hindrance == Hindrance.OTHER and not note:
        raise ChoiceRefused(_("Say in a few words what it is. Nothing was saved."))
    if len(note) > NOTE or "\x00" in note:
        raise ChoiceRefused(_("The note is too long, or holds what is no text. Nothing was saved."))

    def judge(row: Photograph) -> None:
        NotSuitable.objects.update_or_create(
            photograph=row,
            defaults={"hindrance": hindrance, "note": note, "said_by": who.actor, "said_at": timezone.now()},
        )
        record("casework:photograph:unsuitable", actor=who.actor, object=f"photograph:{row.pk}", hindrance=hindrance)

    _changed(found, of, who, expects, judge)


def judge_suitable(case: int, photograph: UUID, who: Operator, *, expects: str | None = None) -> None:
    """Take that back: the photograph takes part in searches again. Raises as above."""
    found, of = _opened(case, photograph, who)

    def judge(row: Photograph) -> None:
        gone, _rows = NotSuitable.objects.filter(photograph=row).delete()
        if gone:
            record("casework:photograph:suitable", actor=who.actor, object=f"photograph:{row.pk}")

    _changed(found, of, who, expects, judge)


def _opened(case: int, photograph: UUID, who: Operator) -> tuple[Case, Prepared]:
    """A case of the person's agency that may be searched now, and the photograph; another agency's is not here."""
    found = queries.case_numbered(who, case)
    if found.agency_id != who.agency_id:
        raise queries.not_here()
    allowed, _mandate = services.authorise_search(found.code, who)
    return allowed, prepared(allowed, photograph, who)


def _points(given: Sequence[Sequence[float]]) -> Any:
    try:
        placed = np.array([[float(x), float(y)] for x, y in given], np.float64)
    except (TypeError, ValueError, OverflowError):
        placed = np.empty((0, 2))
    if placed.shape != (POINTS, 2) or not np.isfinite(placed).all() or np.abs(placed).max() > LARGEST:
        raise ChoiceRefused(_("Five points are needed, each with two numbers in pixels. Nothing was saved."))
    return placed.astype(np.float32)


def _kept(
    case: Case,
    of: Prepared,
    who: Operator,
    expects: str | None,
    faces: list[dict[str, Any]],
    chosen: int,
    *,
    by_hand: bool,
) -> Photograph:
    def choose(row: Photograph) -> None:
        remains.choose_face(row, faces, chosen, who.actor, by_hand=by_hand)

    return _changed(case, of, who, expects, choose)


def _changed(
    case: Case, of: Prepared, who: Operator, expects: str | None, change: Callable[[Photograph], None]
) -> Photograph:
    """Change what is kept of a photograph, held still, unless somebody else did since it was looked at."""
    with recorded():
        # Whoever speaks, or adds the same picture, waits here.
        if Subject.objects.select_for_update().only("pk", "spoke_at").get(pk=case.subject_id).spoke_at is not None:
            raise ChoiceRefused(
                _("This person can state their identity now; what they say decides. Nothing was saved.")
            )
        row = Photograph.objects.select_for_update().filter(pk=of.photograph.pk).first()
        if row is None:
            raise queries.not_here()
        if expects is not None and version_of(row, NotSuitable.objects.filter(photograph=row).first()) != expects:
            raise ChoiceChanged(
                _(
                    "Somebody else decided about this photograph while you looked at it. Nothing of yours was saved; "
                    "what is kept now is shown. Look again, and decide."
                )
            )
        change(row)
    return row
