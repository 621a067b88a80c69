"""Looks that a probe is worth: in evened light, and several of them fused into one set of landmarks.

Pallor, dark hollows and hard light take from the detector the contrast by which it places the points; a template made
from points that lie wrong hardly resembles its owner's. What is evened and mirrored here is only looked at for the
points: the template is made from the photograph's own pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from antigone.faces.face import Face, Landmarks
from antigone.faces.refinement import SIDE, central, look_matrix, pose, quarter_turn, refine
from antigone.faces.yunet import Candidates, Detector
from antigone.imaging.picture import Pixels

LIMIT, TILES = 2.0, 4
"""Clip limit and tiles a side of the equalisation."""

MIRROR = np.array([1, 0, 2, 4, 3])
"""The landmarks' order in a mirror: right and left change places."""

LEAST = 0.4

SURE, DOUBT = 0.92, 0.02
"""A face that scores SURE, or whose upside-down look scores this much less, leaves no doubt which way is up."""

AROUND = tuple((30.0 * step, 45.0 if step % 2 else 65.0) for step in range(1, 12))
"""Looks all around a face: degrees from how it was taken to lean, and pixels between the eyes."""

FAINT, KEPT, ALIKE = 0.3, 4, 0.25
"""Scores that such a look may still have; how many answers are asked about; how near, in eye distances, two are one."""

LOOKS = ((52.0, False), (52.0, True), (70.0, False), (70.0, True))
"""The looks that are fused: pixels between the eyes, and whether in a mirror."""


def evened(pixels: Pixels) -> Pixels:
    """Pixels (h, w, 3) with their lightness equalised tile by tile, within bounds; colours stay.

    Contrast-limited adaptive histogram equalisation (Zuiderveld, Graphics Gems IV, 1994) of CIELAB's L.
    """
    lab = cv2.cvtColor(pixels, cv2.COLOR_RGB2LAB)
    lab[..., 0] = cv2.createCLAHE(LIMIT, (TILES, TILES)).apply(lab[..., 0])
    return np.asarray(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB), np.uint8)


@dataclass(frozen=True, slots=True)
class EvenedLight:
    """A detector that sees every canvas in evened light."""

    net: Detector

    def look(self, canvases: npt.NDArray[np.uint8], least: float) -> list[Candidates]:
        return self.net.look(np.stack([evened(canvas) for canvas in canvases]), least)


def fused(net: Detector, pixels: Pixels, face: Face) -> Face:
    """The face with the mean of its landmarks and of those that further looks give, at two sizes and mirrored."""
    sets = [face.landmarks]
    for eyes, mirrored in LOOKS:
        seen = _look(net, pixels, face.landmarks, eyes, mirrored)
        if seen is not None:
            sets.append(seen)
    return replace(face, landmarks=np.mean(sets, axis=0, dtype=np.float32))


def righted(net: Detector, pixels: Pixels, face: Face, strength: Callable[[Face], float]) -> Face:
    """The face, or the same face upside down where `strength` speaks for that.

    With lids shut and features covered the detector is misled about which way is up, nearly as sure as when it is
    right. Where its scores leave a doubt the recogniser decides: `strength` is the length of its raw template, which
    is short for a face that hangs (figures in docs/measurements/robustness.md).
    """
    if face.score >= SURE:
        return face
    middle = face.landmarks.mean(axis=0)
    hanging = replace(face, landmarks=np.asarray(2 * middle - face.landmarks, np.float32), turn=(face.turn + 180) % 360)
    look = refine(net, pixels, hanging)
    if look is None or face.score - look.face.score > DOUBT:
        return face
    return look.face if strength(look.face) > strength(face) else face


def sought(net: Detector, pixels: Pixels, face: Face, seen: float, strength: Callable[[Face], float]) -> Face:
    """The face as `strength` sees most of it, among what looks from all around it give; `seen` is its own strength.

    For a face of which the recogniser sees little: its points are then mostly wrong, and the detector's own score does
    not say so. A low score is enough to be asked about, for it is the recogniser that chooses.
    """
    answers = sorted(_around(net, pixels, face.landmarks), key=lambda answer: answer[0], reverse=True)
    kept = [face]
    for _, points in answers:
        apart = min(float(np.linalg.norm(points - other.landmarks, axis=1).mean()) for other in kept)
        if apart > ALIKE * float(np.linalg.norm(points[0] - points[1])) and len(kept) <= KEPT:
            kept.append(replace(face, landmarks=points, turn=quarter_turn(pose(points)[0])))
    most, best = max(((strength(other), other) for other in kept[1:]), key=lambda pair: pair[0], default=(seen, face))
    if most <= seen:
        return face
    settled = fused(net, pixels, best)
    return settled if strength(settled) > most else best


def _around(net: Detector, pixels: Pixels, landmarks: Landmarks) -> Iterator[tuple[float, Landmarks]]:
    lean, scale = pose(landmarks)
    for angle, eyes in AROUND:
        matrix = look_matrix(landmarks, lean + angle, scale, SIDE, eyes)
        canvas = np.asarray(cv2.warpAffine(pixels, matrix, (SIDE, SIDE), flags=cv2.INTER_LINEAR), np.uint8)
        row = central(net.look(canvas[None], FAINT)[0], SIDE)
        if row is not None:
            back = np.asarray(cv2.invertAffineTransform(matrix), np.float32)
            yield float(row[14]), (row[4:14].reshape(5, 2) @ back[:, :2].T + back[:, 2]).astype(np.float32)


def _look(net: Detector, pixels: Pixels, landmarks: Landmarks, eyes: float, mirrored: bool) -> Landmarks | None:
    lean, scale = pose(landmarks)
    matrix = look_matrix(landmarks, lean, scale, SIDE, eyes)
    canvas = np.asarray(cv2.warpAffine(pixels, matrix, (SIDE, SIDE), flags=cv2.INTER_LINEAR), np.uint8)
    if mirrored:
        canvas = np.ascontiguousarray(canvas[:, ::-1])
    row = central(net.look(canvas[None], LEAST)[0], SIDE)
    if row is None:
        return None
    points = row[4:14].reshape(5, 2)
    if mirrored:
        points = np.stack([SIDE - 1 - points[:, 0], points[:, 1]], axis=1)[MIRROR]
    back = np.asarray(cv2.invertAffineTransform(matrix), np.float32)
    return (points @ back[:, :2].T + back[:, 2]).astype(np.float32)
