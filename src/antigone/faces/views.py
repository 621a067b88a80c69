"""Views of one face: the aligned crop taken closer, from further away, or mirrored.

Small errors of the landmarks move a template; the mean over crops that are cut differently moves less (test-time
augmentation). A view changes where the crop is cut and nothing that is in it: nothing is painted or restored.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from antigone.faces.alignment import SIDE, TEMPLATE, cut
from antigone.faces.face import Landmarks
from antigone.imaging.picture import Pixels

_CENTRE = np.array([SIDE / 2, 71.0], np.float32)
"""About the middle of the five points of TEMPLATE, where a view grows and shrinks from."""


@dataclass(frozen=True, slots=True)
class View:
    """One way to cut the crop: `scale` is the size of the face against the plain crop's."""

    name: str
    scale: float = 1.0
    mirrored: bool = False

    @property
    def target(self) -> Landmarks:
        """Where the five landmarks go, float32 (5, 2)."""
        return np.asarray((TEMPLATE - _CENTRE) * np.float32(self.scale) + _CENTRE, np.float32)


PLAIN = View("plain")
MIRRORED = View("mirrored", mirrored=True)
NEAR = View("near", 1.06)
FAR = View("far", 0.94)
NEAR_MIRRORED = View("near-mirrored", 1.06, True)
FAR_MIRRORED = View("far-mirrored", 0.94, True)


def view_crop(pixels: Pixels, landmarks: Landmarks, view: View) -> Pixels:
    """The crop of one view, uint8 (112, 112, 3); raises ValueError when the landmarks lie in one point."""
    crop = cut(pixels, landmarks, TEMPLATE if view.scale == 1 else view.target)
    return np.ascontiguousarray(crop[:, ::-1]) if view.mirrored else crop
