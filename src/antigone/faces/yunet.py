"""YuNet (Wu, Peng and Yu 2023): a picture to faces with five landmarks, at one scale and one turn."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any, Protocol

import cv2
import numpy as np
import numpy.typing as npt

from antigone.faces.runtime import Network, openvino
from antigone.imaging.picture import Pixels

STRIDES = (8, 16, 32)

Candidates = npt.NDArray[np.float32]
"""float32 (k, 15): x, y, width, height, five landmarks as x, y, score."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Where the network's answers stand, one row each: canvas of the batch, column and row, stride."""

    canvas: npt.NDArray[np.intp]
    corner: npt.NDArray[np.float32]
    stride: npt.NDArray[np.float32]


class Detector(Protocol):
    """What answers to canvases with candidates."""

    def look(self, canvases: npt.NDArray[np.uint8], least: float) -> list[Candidates]:
        """See `YuNet.look`."""
        ...


class YuNet:
    """The detector, compiled once for each size and batch that is asked for."""

    def __init__(self, onnx: bytes, threads: int) -> None:
        self._onnx = onnx
        self._threads = threads
        self._networks: dict[tuple[int, int], tuple[Network, Cells]] = {}
        self._lock = threading.Lock()

    def look(self, canvases: npt.NDArray[np.uint8], least: float) -> list[Candidates]:
        """Candidates scoring `least` or more in each of (n, side, side, 3) canvases, side a multiple of 32.

        Coordinates are pixels of the canvas. Overlapping answers to one face are not yet merged.
        """
        batch = canvases.shape[0]
        network, cells = self._network(batch, canvases.shape[1])
        scores, boxes, points = network.run(canvases)
        rows = np.flatnonzero(scores.ravel() >= least)
        stride = cells.stride[rows]
        corner = cells.corner[rows]
        box = boxes[0, rows]
        found = np.empty((len(rows), 15), np.float32)
        size = np.exp(box[:, 2:]) * stride
        found[:, :2] = (corner + box[:, :2]) * stride - size / 2
        found[:, 2:4] = size
        found[:, 4:14] = ((points[0, rows].reshape(-1, 5, 2) + corner[:, None]) * stride[:, None]).reshape(-1, 10)
        found[:, 14] = scores.ravel()[rows]
        if batch == 1:
            return [found]
        canvas = cells.canvas[rows]
        return [found[canvas == index] for index in range(batch)]

    def _network(self, batch: int, side: int) -> tuple[Network, Cells]:
        with self._lock:
            known = self._networks.get((batch, side))
            if known is None:
                shape = (batch, side, side)
                network = Network(self._onnx, shape, threads=self._threads, finish=joined, bgr=True)
                known = self._networks[batch, side] = (network, cells(batch, side))
        return known


def joined(model: Any) -> Any:
    """The graph with its twelve heads joined to three: scores, boxes, landmarks, strides one after another.

    The score is the root of class times objectness, each kept within 0 to 1, as in OpenCV's FaceDetectorYN.
    """
    ov = openvino()
    ops = ov.opset13
    port = {name: output.get_node().input_value(0) for output in model.outputs for name in output.get_names()}
    scores = [
        ops.sqrt(ops.multiply(ops.clamp(port[f"cls_{s}"], 0.0, 1.0), ops.clamp(port[f"obj_{s}"], 0.0, 1.0)))
        for s in STRIDES
    ]
    heads = [
        ops.concat(scores, 1),
        ops.concat([port[f"bbox_{s}"] for s in STRIDES], 1),
        ops.concat([port[f"kps_{s}"] for s in STRIDES], 1),
    ]
    return ov.Model(heads, model.get_parameters(), "yunet")


def cells(batch: int, side: int) -> Cells:
    """The rows of the joined heads: by stride, then canvas, then row, then column, as the export folds them."""
    canvas, corner, stride = [], [], []
    for step in STRIDES:
        across = side // step
        index = np.arange(batch * across * across)
        within = index % (across * across)
        canvas.append(index // (across * across))
        corner.append(np.stack([within % across, within // across], axis=1))
        stride.append(np.full((len(index), 1), step))
    return Cells(
        np.concatenate(canvas),
        np.concatenate(corner).astype(np.float32),
        np.concatenate(stride).astype(np.float32),
    )


def letterbox(pixels: Pixels, side: int, scale: float) -> tuple[Pixels, float, float]:
    """The picture scaled, at the top left of a black square of `side`; and the scale that each axis got.

    `scale` must bring the longer side to `side` at most.
    """
    height, width = pixels.shape[:2]
    size = (min(side, max(1, round(width * scale))), min(side, max(1, round(height * scale))))
    canvas = np.zeros((side, side, 3), np.uint8)
    if size == (width, height):
        canvas[:height, :width] = pixels
    else:
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        canvas[: size[1], : size[0]] = cv2.resize(pixels, size, interpolation=way)
    return canvas, size[0] / width, size[1] / height
