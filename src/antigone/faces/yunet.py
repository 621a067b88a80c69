"""YuNet (Wu, Peng and Yu 2023): a picture to faces with five landmarks, at one scale and one turn."""

from __future__ import annotations

import threading

import cv2
import numpy as np
import numpy.typing as npt

from antigone.faces.runtime import Network
from antigone.imaging.picture import Pixels

STRIDES = (8, 16, 32)
HEADS = tuple(f"{head}_{stride}" for head in ("cls", "obj", "bbox", "kps") for stride in STRIDES)

Candidates = npt.NDArray[np.float32]
"""float32 (k, 15): x, y, width, height, five landmarks as x, y, score."""


class YuNet:
    """The detector, compiled once for each size and batch that is asked for."""

    def __init__(self, onnx: bytes, threads: int) -> None:
        self._onnx = onnx
        self._threads = threads
        self._networks: dict[tuple[int, int], Network] = {}
        self._lock = threading.Lock()

    def look(self, canvases: npt.NDArray[np.uint8], least: float) -> list[Candidates]:
        """Candidates scoring `least` or more in each of (n, side, side, 3) canvases, side a multiple of 32.

        Coordinates are pixels of the canvas. Overlapping answers to one face are not yet merged.
        """
        batch, side = canvases.shape[0], canvases.shape[1]
        network = self._network(batch, side)
        heads = dict(zip(HEADS, network.run(canvases), strict=True))
        found: list[list[Candidates]] = [[] for _ in range(batch)]
        for stride in STRIDES:
            cells = side // stride
            # The export folds the batch into the cells: batch first, then rows, then columns.
            shape = (batch, cells * cells, -1)
            seen = np.clip(heads[f"cls_{stride}"].reshape(shape)[..., 0], 0.0, 1.0)
            there = np.clip(heads[f"obj_{stride}"].reshape(shape)[..., 0], 0.0, 1.0)
            score = np.sqrt(seen * there)
            which, cell = np.nonzero(score >= least)
            if not len(which):
                continue
            corner = np.stack([cell % cells, cell // cells], axis=1).astype(np.float32)
            box = heads[f"bbox_{stride}"].reshape(shape)[which, cell]
            points = heads[f"kps_{stride}"].reshape(shape)[which, cell].reshape(-1, 5, 2)
            centre = (corner + box[:, :2]) * stride
            size = np.exp(box[:, 2:]) * stride
            rows = np.concatenate(
                [
                    centre - size / 2,
                    size,
                    ((points + corner[:, None]) * stride).reshape(-1, 10),
                    score[which, cell][:, None],
                ],
                axis=1,
            ).astype(np.float32)
            for index in range(batch):
                mine = rows[which == index]
                if len(mine):
                    found[index].append(mine)
        return [np.concatenate(rows) if rows else np.empty((0, 15), np.float32) for rows in found]

    def _network(self, batch: int, side: int) -> Network:
        with self._lock:
            network = self._networks.get((batch, side))
            if network is None:
                network = Network(self._onnx, (batch, side, side), threads=self._threads, outputs=HEADS, bgr=True)
                self._networks[batch, side] = network
        return network


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
