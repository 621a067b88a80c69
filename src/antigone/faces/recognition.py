"""Aligned faces to templates, by the recogniser of one model card."""

from __future__ import annotations

import threading

import numpy as np
import numpy.typing as npt

from antigone.faces.alignment import SIDE
from antigone.faces.contract import EmbeddingContract
from antigone.faces.face import Vectors
from antigone.faces.registry import ModelCard
from antigone.faces.runtime import Network


class Encoder:
    """A recogniser, compiled for one face and, where the model allows, for a batch; made on first use."""

    def __init__(self, card: ModelCard, onnx: bytes, threads: int) -> None:
        self.card = card
        self.batch = card.batch
        self.contract = EmbeddingContract(
            model_id=card.id,
            model_sha256=card.sha256,
            dimension=card.dimension,
            alignment=card.alignment,
            preprocessing=card.scaling.value,
        )
        self._onnx = onnx
        self._threads = threads
        self._networks: dict[int, Network] = {}
        self._lock = threading.Lock()

    def encode(self, crops: npt.NDArray[np.uint8]) -> Vectors:
        """float32 (n, dimension) of unit length from uint8 (n, 112, 112, 3) aligned RGB crops."""
        vectors, norms = self.measured(crops)
        return np.asarray(vectors / np.maximum(norms, np.float32(1e-12))[:, None], np.float32)

    def measured(self, crops: npt.NDArray[np.uint8]) -> tuple[Vectors, npt.NDArray[np.float32]]:
        """The vectors as the network gives them, float32 (n, dimension), and their lengths (n,).

        The length is short where the network sees little of a face: a measure of quality that comes with the template
        (Meng et al., "MagFace", CVPR 2021, trained for it; a softmax loss does it unasked).
        """
        if crops.ndim != 4 or crops.shape[1:] != (SIDE, SIDE, 3):
            raise ValueError("crops are (n, 112, 112, 3)")
        parts = [np.empty((0, self.card.dimension), np.float32)]
        at = 0
        while at < len(crops):
            left = len(crops) - at
            # A batch pays when nearly full: what is missing is filled with the last crop, and costs as much.
            size = self.batch if 8 * left >= 7 * self.batch and self.batch > 1 else 1
            part = crops[at : at + size]
            filled = part if len(part) == size else np.concatenate([part, part[-1:].repeat(size - len(part), axis=0)])
            parts.append(self._network(size).run(filled)[0][: len(part)])
            at += len(part)
        vectors = np.concatenate(parts)
        return vectors, np.asarray(np.linalg.norm(vectors, axis=1), np.float32)

    def _network(self, batch: int) -> Network:
        with self._lock:
            network = self._networks.get(batch)
            if network is None:
                scaling = self.card.scaling
                network = Network(
                    self._onnx,
                    (batch, SIDE, SIDE),
                    threads=self._threads,
                    mean=scaling.mean,
                    scale=scaling.scale,
                )
                self._networks[batch] = network
        return network
