"""Quality of a face in a picture, under the names of ISO/IEC 29794-5, for what five landmarks can carry.

The formulas are those of OFIQ, the reference implementation (German Federal Office for Information Security,
MIT licence), with two differences, told in docs/measurements/faces.md: the face's region is a fixed oval
about the five landmarks, where OFIQ takes the hull of 98, and roll is read from the eyes.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from antigone.faces.alignment import warp
from antigone.faces.face import Face, Landmarks
from antigone.imaging.picture import Pixels

NOT_COMPUTED = (
    "UnifiedQualityScore",
    "BackgroundUniformity",
    "Sharpness",
    "CompressionArtifacts",
    "EyesOpen",
    "MouthClosed",
    "EyesVisible",
    "MouthOcclusionPrevention",
    "FaceOcclusionPrevention",
    "HeadSize",
    "MarginAboveOfTheFaceImage",
    "MarginBelowOfTheFaceImage",
    "HeadPoseYaw",
    "HeadPosePitch",
    "ExpressionNeutrality",
    "NoHeadCoverings",
)
"""Each of these needs a trained network, 98 landmarks or the chin; they are given as None, never guessed."""

FRAME: Landmarks = np.array([[251, 272], [364, 272], [308, 336], [262, 402], [355, 402]], np.float32)
"""OFIQ's aligned face: where the five landmarks lie in its 616 by 616 frame, eyes 113 pixels apart."""

LEFT, TOP, WIDTH, HEIGHT = 184, 184, 248, 300  # the part of that frame that is looked at: the face


def quality(pixels: Pixels, face: Face, faces: Sequence[Face] = ()) -> dict[str, int | None]:
    """0 to 100 (higher is better) by name for one face of a (h, w, 3) picture; None where not computed.

    `faces` are all faces found in the picture, for SingleFacePresent (None when not given).
    """
    aligned, valid = _frame(pixels, face.landmarks)
    luminance = _luminance(aligned)
    counts = cv2.calcHist([luminance], [0], valid, [256], [0, 256]).ravel()
    histogram = counts / max(float(counts.sum()), 1.0)
    tone = np.arange(256) / 255.0
    mean = float((histogram * tone).sum())
    variance = float((histogram * (tone - mean) ** 2).sum())
    there = histogram[histogram > 0]
    entropy = float(-(there * np.log2(there)).sum())
    left, right = _zones()
    scores: dict[str, float | None] = {
        "IlluminationUniformity": 100 * _overlap(luminance[left], luminance[right]) ** 0.3,
        "LuminanceMean": 100 * sigmoid(mean, 0.2, 0.05) * (1 - sigmoid(mean, 0.8, 0.05)),
        "LuminanceVariance": 100 * float(np.sin(60 * variance / (60 * variance + 1) * np.pi)),
        "UnderExposurePrevention": 120 * (0.832 - sigmoid(float(histogram[:26].sum()), 0.92, 0.05)),
        "OverExposurePrevention": 1 / (float(histogram[247:].sum()) + 0.01),
        "DynamicRange": 12.5 * entropy,
        "NaturalColour": _natural_colour(np.concatenate([aligned[right], aligned[left]], axis=1)),
        "SingleFacePresent": _single(faces),
        "InterEyeDistance": 100 * sigmoid(face.eye_distance, 70, 20),
        **_crops(pixels, face),
        "HeadPoseRoll": 100 * max(0.0, float(np.cos(np.radians(_roll(face))))) ** 2,
    }
    given = {name: None if score is None else round(min(100.0, max(0.0, score))) for name, score in scores.items()}
    return {**given, **dict.fromkeys(NOT_COMPUTED)}


def sigmoid(x: float, centre: float, width: float) -> float:
    """1 / (1 + exp((centre - x) / width)), the mapping curve of ISO/IEC 29794-5."""
    return float(1 / (1 + np.exp(np.clip((centre - x) / width, -500, 500))))


def _frame(pixels: Pixels, landmarks: Landmarks) -> tuple[Pixels, npt.NDArray[np.uint8]]:
    """The face in OFIQ's frame, cut to its region, and the mask of the oval that lies in the picture."""
    target = FRAME - np.array([LEFT, TOP], np.float32)
    aligned, inside = warp(pixels, landmarks, target, (WIDTH, HEIGHT))
    return aligned, np.asarray(cv2.bitwise_and(inside, _oval()), np.uint8)


def _oval() -> npt.NDArray[np.uint8]:
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.ellipse(mask, (WIDTH // 2, 140), (108, 138), 0, 0, 360, 255, -1)
    return mask


LINEAR = np.where(
    np.arange(256) / 255 > 0.04045,
    ((np.arange(256) / 255 + 0.055) / 1.055) ** 2.4,
    np.arange(256) / 255 / 12.92,
).astype(np.float32)
"""sRGB tone to linear light (IEC 61966-2-1)."""


def _luminance(pixels: Pixels) -> npt.NDArray[np.uint8]:
    """Linear luminance 0 to 255 by the weights of ITU-R BT.709."""
    tables = [LINEAR * np.float32(weight * 255) for weight in (0.2126, 0.7152, 0.0722)]
    red, green, blue = (cv2.LUT(pixels[..., i], tables[i]) for i in range(3))
    return np.asarray((red + green + blue + 0.5).astype(np.uint8))


def _zones() -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """The measurement zones on both cheeks: squares of 0.3 eye distances, halfway from eyes to mouth."""
    right, left = FRAME[0] - (LEFT, TOP), FRAME[1] - (LEFT, TOP)
    side = int(0.3 * float(left[0] - right[0]))
    top = int(right[1]) + int((FRAME[3:, 1].mean() - FRAME[:2, 1].mean()) / 2)
    rows = slice(top, top + side)
    return (
        (rows, slice(int(left[0]), int(left[0]) + side)),
        (rows, slice(int(right[0]) - side, int(right[0]))),
    )


def _overlap(first: npt.NDArray[np.uint8], second: npt.NDArray[np.uint8]) -> float:
    """The intersection of two normalised histograms."""
    a = np.bincount(first.ravel(), minlength=256) / first.size
    b = np.bincount(second.ravel(), minlength=256) / second.size
    return float(np.minimum(a, b).sum())


def _natural_colour(cheeks: Pixels) -> float:
    """200 (1 - sigmoid(D, 0, 10)), D being how far the mean a*, b* (D50) lie outside 5..25 and 5..35."""
    mean = np.asarray(cheeks.reshape(-1, 3).mean(axis=0)) / 255
    light = np.where(mean > 0.04045, ((mean + 0.055) / 1.055) ** 2.4, mean / 12.92)
    to_xyz = np.array([[0.43605, 0.38508, 0.14309], [0.22249, 0.71689, 0.06062], [0.01393, 0.09710, 0.71419]])
    ratio = (to_xyz @ light) / np.array([0.964221, 1.0, 0.825211])
    f = np.where(ratio <= 216 / 24389, (24389 / 27 * ratio + 16) / 116, np.cbrt(ratio))
    a, b = 500 * (f[0] - f[1]), 200 * (f[1] - f[2])
    outside = float(np.hypot(max(0.0, 5 - a, a - 25), max(0.0, 5 - b, b - 35)))
    distance = 100.0 if a < 0 or b < 0 else outside
    return 200 * (1 - sigmoid(distance, 0, 10))


def _single(faces: Sequence[Face]) -> float | None:
    """100 (1 - sqrt(area of the second largest face / area of the largest))."""
    if not faces:
        return None
    areas = sorted((face.box[2] * face.box[3] for face in faces), reverse=True)
    return 100.0 if len(areas) == 1 else 100 * (1 - float(np.sqrt(areas[1] / max(areas[0], 1e-9))))


def _crops(pixels: Pixels, face: Face) -> dict[str, float]:
    """Room beside the eyes, in eye distances, in the picture turned so that the face stands upright."""
    height, width = pixels.shape[:2]
    eyes = face.landmarks[:2]
    distance = max(face.eye_distance, 1e-6)
    across = {
        0: (eyes[0, 0], width - eyes[1, 0]),
        90: (height - eyes[0, 1], eyes[1, 1]),
        180: (width - eyes[0, 0], eyes[1, 0]),
        270: (eyes[0, 1], height - eyes[1, 1]),
    }[face.turn]
    return {
        "LeftwardCropOfTheFaceImage": 100 * sigmoid(float(across[0]) / distance, 0.9, 0.1),
        "RightwardCropOfTheFaceImage": 100 * sigmoid(float(across[1]) / distance, 0.9, 0.1),
    }


def _roll(face: Face) -> float:
    """Degrees of roll of the eyes' line, as the picture stands: a face lying sideways has 90."""
    along = face.landmarks[1] - face.landmarks[0]
    return float(np.degrees(np.arctan2(along[1], along[0])))
