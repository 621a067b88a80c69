"""The ladders are frozen: what they are and, coarsely, what they make of a drawn face may not change.

When one of these fails, do not change the numbers: put a new version beside the old one.
"""

from __future__ import annotations

import numpy as np
import pytest

from antigone.evaluation.degradation import LADDERS, LADDERS_VERSION, degrade, digest

from .faces import LANDMARKS, drawn_face

VERSION = "1"
DIGEST = "ed29ca48404cafbe2b97e5ee3ab249c1021e815710f9eaa0bb37b1a62ada661c"

FACE = {
    "clean": (250, 250, (199.4, 154.2, 132.7), 18.6),
    "closed-lids": (250, 250, (188.7, 143.9, 123.3), 23.5),
    "pallor": (250, 250, (186.5, 174.5, 169.1), 13.8),
    "lividity": (250, 250, (190.7, 142.2, 124.2), 20.9),
    "decay": (250, 250, (148.7, 108.7, 92.4), 35.2),
    "supine-sag": (250, 250, (199.0, 152.9, 131.8), 18.5),
    "open-jaw": (250, 250, (197.8, 152.7, 131.4), 23.1),
    "swelling": (250, 250, (194.3, 149.4, 128.7), 21.2),
    "blood": (250, 250, (191.6, 146.0, 125.7), 31.0),
    "dirt": (250, 250, (178.1, 139.1, 117.9), 21.0),
    "cloth": (250, 250, (194.7, 152.7, 132.5), 21.1),
    "wounds": (250, 250, (184.9, 137.5, 117.7), 33.1),
    "harsh-light": (250, 250, (140.0, 110.5, 95.9), 29.0),
    "poor-camera": (250, 250, (199.6, 158.1, 136.5), 16.3),
    "turned": (289, 289, (199.4, 154.2, 132.7), 18.3),
    "fresh": (323, 323, (179.6, 179.3, 186.5), 13.5),
    "two-days": (320, 320, (169.8, 163.8, 168.0), 21.2),
    "five-days": (311, 311, (148.3, 128.8, 124.3), 30.9),
}
"""By ladder, under the key "frozen": width, height, mean RGB and spread of brightness about the face's middle."""


def test_the_parameters_are_those_that_were_frozen() -> None:
    assert LADDERS_VERSION == VERSION
    assert digest() == DIGEST
    assert set(FACE) == set(LADDERS)


@pytest.mark.parametrize("name", FACE)
def test_the_pictures_are_those_that_were_frozen(name: str) -> None:
    width, height, mean, spread = FACE[name]
    found = degrade(drawn_face(), LANDMARKS, name, "frozen")
    assert found.pixels.shape == (height, width, 3)
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    middle = found.landmarks.mean(axis=0)
    seen = found.pixels[np.hypot(x - middle[0], y - middle[1]) < 45].astype(np.float64)
    # Other versions of OpenCV and of the compression round otherwise; a changed strength shows beyond this.
    assert np.allclose(seen.mean(axis=0), mean, atol=1.5)
    assert abs(seen.mean(axis=1).std() - spread) < 1.5
