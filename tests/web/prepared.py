"""A case with a real photograph in the vault, and faces found in it, for the pages before a search."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import numpy as np
from PIL import Image

from antigone.access.models import Agency
from antigone.casework.models import Case, FacesSought
from antigone.casework.searching.preparing import version_of
from antigone.remains.models import Photograph
from antigone.vault import store
from tests.web import casefile

WIDTH, HEIGHT = 200, 160
POINTS = {
    "right-eye": (60, 50),
    "left-eye": (100, 50),
    "nose": (80, 75),
    "mouth-right": (64, 100),
    "mouth-left": (96, 100),
}


def face(left: float, width: float = 60.0) -> dict[str, Any]:
    """A face as the detector describes one."""
    places = ((0.3, 0.3), (0.7, 0.3), (0.5, 0.5), (0.35, 0.8), (0.65, 0.8))
    points = [[left + width * x, 40 + width * y] for x, y in places]
    quality = {"InterEyeDistance": 12, "LuminanceMean": 90, "HeadPoseYaw": None, "TemplateStrength": 55}
    return {"box": [left, 40.0, width, width], "landmarks": points, "turn": 0, "score": 0.9, "quality": quality}


def picture() -> bytes:
    made = io.BytesIO()
    pixels = np.random.default_rng(1).integers(0, 255, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(made, "PNG")
    return made.getvalue()


def case(agency: Agency, *faces: dict[str, Any], sought: bool = True, shot: str = "F1") -> tuple[Case, Photograph]:
    """A case with one photograph, in which these faces were found."""
    made = casefile.case(agency)
    return made, photograph(made, *faces, sought=sought, shot=shot)


def photograph(of: Case, *faces: dict[str, Any], sought: bool = True, shot: str = "F1") -> Photograph:
    """One more photograph of a case."""
    later = timedelta(seconds=of.subject.photographs.count())
    kept = Photograph.objects.create(
        subject=of.subject, sha256=uuid4().hex * 2, added_at=of.opened_at + later, added_by=casefile.ACTOR, shot=shot
    )
    with store.batch():
        store.seal(str(kept.pk), "photograph", picture())
    if sought:
        FacesSought.objects.create(
            photograph=kept, faces=list(faces), width=WIDTH, height=HEIGHT, sought_by=casefile.ACTOR,
            sought_at=of.opened_at,
        )  # fmt: skip
    return kept


def version(pk: UUID) -> str:
    """The version of what is decided about a photograph now."""
    kept = Photograph.objects.select_related("not_suitable").get(pk=pk)
    return version_of(kept, getattr(kept, "not_suitable", None))


def points(**changed: Any) -> dict[str, Any]:
    """What the form of the five points sends."""
    given = {f"point-{key}-{axis}": place for key, (x, y) in POINTS.items() for axis, place in (("x", x), ("y", y))}
    return {**given, **{f"point-{key.replace('_', '-')}": value for key, value in changed.items()}}


def takes(pk: UUID) -> str:
    """The value of a photograph's box on the page of the search."""
    return f"{pk}.{version(pk)}"
