"""A sheet of small pictures of what the ladders make, as `python -m antigone.evaluation.degradation.contact_sheet`.

Only for pictures that may be shown; for the project's pages, of the cohort's people, who never lived.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from antigone.evaluation.degradation.apply import degrade
from antigone.evaluation.degradation.ladders import LADDERS
from antigone.evaluation.templates import central_face
from antigone.faces import FaceEngine
from antigone.faces.face import Landmarks
from antigone.imaging import ImageRefused, load
from antigone.imaging.picture import Pixels

GROUND = 245
GAP = 4


def sheet(pictures: Sequence[tuple[Pixels, Landmarks]], ladders: Sequence[str], columns: int, side: int) -> Pixels:
    """One square of `side` pixels a ladder, `columns` to a row, people taken in turn; what a square lacks is light."""
    rows = -(-len(ladders) // columns)
    whole = np.full((rows * (side + GAP) - GAP, columns * (side + GAP) - GAP, 3), GROUND, np.uint8)
    for index, name in enumerate(ladders):
        pixels, landmarks = pictures[index % len(pictures)]
        changed = degrade(pixels, landmarks, name, f"contact sheet {index}").pixels
        factor = side / max(changed.shape[:2])
        size = (max(1, round(changed.shape[1] * factor)), max(1, round(changed.shape[0] * factor)))
        small = cv2.resize(changed, size, interpolation=cv2.INTER_AREA)
        top = (index // columns) * (side + GAP) + (side - small.shape[0]) // 2
        left = (index % columns) * (side + GAP) + (side - small.shape[1]) // 2
        whole[top : top + small.shape[0], left : left + small.shape[1]] = small
    return whole


def main(arguments: Sequence[str] | None = None) -> None:
    """Writes the sheet, every ladder in its order."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pictures", type=Path, nargs="+", help="pictures with one face each")
    parser.add_argument("--out", type=Path, required=True, help="a file ending in .jpg, .png or .webp")
    parser.add_argument("--columns", type=int, default=6)
    parser.add_argument("--side", type=int, default=180)
    given = parser.parse_args(arguments)
    engine = FaceEngine(turns="always")
    found = []
    for path in given.pictures:
        try:
            pixels = load(path)[1].pixels
        except ImageRefused as error:
            raise SystemExit(error.sentence) from error
        faces = engine.detect(pixels)
        chosen = central_face(faces, pixels.shape[1], pixels.shape[0])
        if chosen is None:
            raise SystemExit("On one of the pictures no face was found. Nothing was written; leave it out.")
        found.append((pixels, faces[chosen].landmarks))
    Image.fromarray(sheet(found, list(LADDERS), given.columns, given.side)).save(given.out, quality=82)


if __name__ == "__main__":
    main()
