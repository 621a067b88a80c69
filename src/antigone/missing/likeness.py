"""What a picture must show to be a portrait: one face that clearly is the person's."""

from __future__ import annotations

from typing import Any

from antigone.faces import Reading
from antigone.imaging import ImageRefused

NO_FACE = ("no-face", "No face was found in it, in any of four turns and at several sizes.")
SEVERAL_FACES = ("several-faces", "It shows several faces of alike size; a portrait shows one person.")


def fault_of(reading: Reading | ImageRefused) -> tuple[str, str] | None:
    """Why a picture is no portrait, as a short word and a sentence, or None."""
    if isinstance(reading, ImageRefused):
        return str(reading.reason), reading.sentence
    if reading.vector is None:
        return SEVERAL_FACES if reading.faces else NO_FACE
    return None


def face_of(reading: Reading) -> dict[str, Any]:
    """The face that was chosen, as a portrait keeps it."""
    chosen = reading.faces[reading.chosen or 0]
    return {
        "box": [round(float(value), 1) for value in chosen.box],
        "landmarks": [[round(float(x), 1), round(float(y), 1)] for x, y in chosen.landmarks],
        "turn": chosen.turn,
        "score": round(float(chosen.score), 3),
        "quality": reading.quality,
    }
