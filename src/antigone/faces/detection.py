"""Find faces whichever way they lie: four quarter turns, a second look at other scales, one answer a face."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from antigone.faces.face import Face, Landmarks
from antigone.faces.geometry import likeness, turn_points
from antigone.faces.refinement import Refined, half_turn_gap, pose, refine, wrap
from antigone.faces.yunet import Candidates, Detector, letterbox
from antigone.imaging.picture import Pixels

TURNS = (0, 90, 180, 270)
Turns = Literal["as-needed", "always"]

SIDES = (192, 256, 384, 640)
"""Canvas sides, in pixels, of the first look: the smallest that holds the picture at REDUCED of its size, or the last.

The first look only has to find faces and their turn, which it does as well at two thirds of the size; the
closer look, which sets the landmarks, takes its pixels from the picture as it is.
"""

REDUCED = 0.65


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Detector scores, 0 to 1, weighed by the landmarks' geometry; figures in docs/measurements/faces.md.

    `accept` is what a face needs; `sure` is the upright answer after which other turns need no look; `second`
    is what a face needs in the closer look, and in the second look that is made when the first found nothing.
    `lean`, in degrees as the detector sees it, is what an upright answer must stay under to be sure. A sure
    answer is still weighed against another turn's when that scored no more than `rival` less. Below `certain`,
    an answer in one turn is sure only when it scores `gap` more than the same face turned upside down.
    """

    accept: float = 0.6
    sure: float = 0.9
    second: float = 0.55
    lean: float = 8.0
    rival: float = 0.05
    certain: float = 0.93
    gap: float = 0.005


class Finder:
    """Faces in pictures of any size, by YuNet."""

    def __init__(self, net: Detector, turns: Turns = "as-needed", thresholds: Thresholds | None = None) -> None:
        if turns not in ("as-needed", "always"):
            raise ValueError("turns is 'as-needed' or 'always'")
        self.net = net
        self.turns = turns
        self.thresholds = thresholds or Thresholds()

    def find(self, pixels: Pixels) -> list[Face]:
        """Every face in (h, w, 3) pixels, the most prominent first; an empty list when there is none."""
        least = self.thresholds.accept
        longest = max(pixels.shape[:2])
        side, whole = _side(REDUCED * longest), _side(longest)
        scale = min(1.0, side / longest)
        if self.turns == "always":
            found = self._look(pixels, side, scale, TURNS, least)
        else:
            found = self._look(pixels, side, scale, (0,), least)
            if not self._settled(pixels, found):
                found += self._look(pixels, side, scale, TURNS[1:], least)
        if whole > side and not any(self._sure(face) for face in found):
            found += self._look(pixels, whole, min(1.0, whole / longest), TURNS, least)
        faces = self._closer(pixels, found)
        if not faces:
            faces = self._second_look(pixels, scale)
        return sorted(faces, key=prominence, reverse=True)

    def _sure(self, face: Face) -> bool:
        lean = wrap(pose(face.landmarks)[0] + face.turn)
        return face.score >= self.thresholds.sure and abs(lean) <= self.thresholds.lean

    def _settled(self, pixels: Pixels, found: Sequence[Face]) -> bool:
        """Whether an upright answer is sure, and nothing else in the picture looks like a face half seen."""
        level = self.thresholds
        sure = [face for face in found if self._sure(face)]
        if not sure or not all(any(overlap(face, other) > 0.2 for other in sure) for face in found):
            return False
        return all(
            face.score >= level.certain or half_turn_gap(self.net, pixels, face) > level.gap for face in merge(sure)
        )

    def _closer(self, pixels: Pixels, found: Sequence[Face]) -> list[Face]:
        """One refined answer a face, judged across the turns in which it was seen."""
        faces: list[Face] = []
        for best in merge(found):
            rivals = self._rivals(best, found)
            if self._sure(best):
                rivals = [face for face in rivals if face.score > best.score - self.thresholds.rival]
            starts = [best, *rivals[:2]]
            looks = [(start, look) for start in starts if (look := refine(self.net, pixels, start)) is not None]
            looks = [(start, look) for start, look in looks if look.face.score >= self.thresholds.second]
            if looks:
                faces.append(max(looks, key=lambda pair: _worth(*pair))[1].face)
        return merge(faces)

    def _rivals(self, best: Face, found: Sequence[Face]) -> list[Face]:
        """The best answer to the same face in each other turn, the best first."""
        turns: dict[int, Face] = {}
        for face in sorted(found, key=lambda face: face.score, reverse=True):
            if face.turn != best.turn and overlap(face, best) > 0.3:
                turns.setdefault(face.turn, face)
        return list(turns.values())

    def _second_look(self, pixels: Pixels, scale: float) -> list[Face]:
        """Faces that fill the picture, found with room about them; then small ones, at a finer scale."""
        longest = max(pixels.shape[:2])
        looks = [(320, min(scale, 160 / longest))]
        if longest > SIDES[-1]:
            looks.append((1280, min(1.0, 1280 / longest)))
        elif longest < SIDES[-1]:
            looks.append((640, min(2.0, 640 / longest)))
        for side, other in looks:
            faces = self._closer(pixels, self._look(pixels, side, other, TURNS, self.thresholds.second))
            if faces:
                return faces
        return []

    def _look(self, pixels: Pixels, side: int, scale: float, turns: Sequence[int], least: float) -> list[Face]:
        """Faces at one scale in some turns, in picture coordinates, not yet merged across turns."""
        canvas, fx, fy = letterbox(pixels, side, scale)
        stack = np.stack([np.rot90(canvas, -turn // 90) for turn in turns])
        faces: list[Face] = []
        for turn, rows in zip(turns, self.net.look(stack, least), strict=True):
            for row in suppress(rows):
                upright = row[4:14].reshape(5, 2)
                score = float(row[14]) * likeness(upright)
                if score < least:
                    continue
                corners = np.array([[row[0], row[1]], [row[0] + row[2], row[1] + row[3]]], np.float32)
                faces.append(
                    _face(
                        turn_points(upright, turn, side),
                        turn_points(corners, turn, side + 1),
                        turn,
                        score,
                        fx,
                        fy,
                    )
                )
        return faces


def _side(length: float) -> int:
    """The smallest canvas that holds a picture of this length, or the largest there is."""
    return next((side for side in SIDES if side >= length), SIDES[-1])


def _worth(first: Face, look: Refined) -> float:
    """What an answer is worth among turns: the mean of the first look's score and of the closer look's.

    Either alone errs on faces that are hard to see. What still seems to lean has not quite come to rest, and
    loses 0.02 for each ten degrees.
    """
    return (first.score + look.face.score) / 2 - 0.002 * abs(look.left)


def _face(landmarks: Landmarks, corners: Landmarks, turn: int, score: float, fx: float, fy: float) -> Face:
    """A face from canvas coordinates; pixel centres lie at integers in the canvas and in the picture."""
    factor = np.array([1 / fx, 1 / fy], np.float32)
    points = (landmarks + 0.5) * factor - 0.5
    low, high = corners.min(axis=0) * factor, corners.max(axis=0) * factor
    box = (float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1]))
    return Face(box=box, landmarks=points.astype(np.float32), score=min(1.0, score), turn=turn)


def suppress(rows: Candidates, limit: float = 0.3) -> Candidates:
    """Of overlapping (k, 15) candidates of one look, the best each."""
    if len(rows) < 2:
        return rows
    boxes = [[float(x) for x in row[:4]] for row in rows]
    kept = cv2.dnn.NMSBoxes(boxes, rows[:, 14].tolist(), 0.0, limit)
    best: Candidates = rows[np.asarray(kept).ravel()]
    return best


def merge(faces: Sequence[Face], limit: float = 0.3) -> list[Face]:
    """One answer a face: of those that overlap, whatever their turn, the best scored.

    A box about a better one counts as the same face, however much larger: no face lies within another.
    """
    kept: list[Face] = []
    for face in sorted(faces, key=lambda face: face.score, reverse=True):
        if all(overlap(face, other) <= limit and _within(face, other) < 0.6 for other in kept):
            kept.append(face)
    return kept


def overlap(first: Face, second: Face) -> float:
    """Intersection over union of two boxes."""
    shared = _shared(first, second)
    return shared / max(_area(first) + _area(second) - shared, 1e-9)


def _within(first: Face, second: Face) -> float:
    """Share of the smaller box that lies in the larger."""
    return _shared(first, second) / max(min(_area(first), _area(second)), 1e-9)


def _shared(first: Face, second: Face) -> float:
    ax, ay, aw, ah = first.box
    bx, by, bw, bh = second.box
    across = max(0.0, min(ax + aw, bx + bw) - max(ax, bx))
    return across * max(0.0, min(ay + ah, by + bh) - max(ay, by))


def _area(face: Face) -> float:
    return face.box[2] * face.box[3]


def prominence(face: Face) -> float:
    """What comes first among several: score times the side of the box, in pixels."""
    return face.score * float(np.sqrt(max(face.box[2] * face.box[3], 0.0)))
