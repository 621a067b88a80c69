"""What a network costs at least: its multiply-adds, and the processor's float32 matrix peak, both measured."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import Any

import numpy as np

from antigone.faces import ModelStore
from antigone.faces.alignment import SIDE
from antigone.faces.runtime import core, openvino


def multiply_adds(store: ModelStore, model_id: str) -> int:
    """Multiply-adds for one face, counted over the convolutions and matrix products of the model's graph."""
    model = core().read_model(store.read(model_id))
    model.reshape([1, 3, SIDE, SIDE])
    return sum(_operation(op) for op in model.get_ordered_ops())


def _operation(op: Any) -> int:
    kind = op.get_type_name()
    if kind not in ("Convolution", "GroupConvolution", "MatMul"):
        return 0
    outputs = int(np.prod(list(op.output(0).get_shape())))
    weights = list(op.input(1).get_shape())
    if kind == "MatMul":
        # Inputs that multiply into one output: the inner dimension.
        return outputs * int(list(op.input(0).get_shape())[-1])
    # Convolution weights: (out, in, kh, kw); grouped ones: (groups, out, in, kh, kw).
    return outputs * int(np.prod(weights[1:] if kind == "Convolution" else weights[2:]))


NUMPY_PEAK = """
import time, numpy
a = numpy.random.default_rng(0).standard_normal((1024, 1024)).astype(numpy.float32)
best = 1e9
for _ in range(30):
    start = time.perf_counter(); a @ a; best = min(best, time.perf_counter() - start)
print(2 * 1024**3 / best / 1e9)
"""


class Peak:
    """The float32 matrix product at its quickest on one core: oneDNN through OpenVINO, and NumPy's BLAS.

    `best` is the highest rate seen, in GFLOP/s (two for each multiply-add). A peak is a maximum: other work
    on the machine can only lower what is seen, so it is measured in every pass and the best one stands.
    """

    SIZE = 1024

    def __init__(self) -> None:
        ops = openvino().opset13
        size = self.SIZE
        rng = np.random.default_rng(0)
        self._a = rng.standard_normal((size, size)).astype(np.float32)
        left = ops.parameter([size, size], np.float32)
        product = ops.matmul(left, ops.constant(self._a), False, False)
        compiled = core().compile_model(
            openvino().Model([product], [left], "peak"),
            "CPU",
            {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1},
        )
        self._request = compiled.create_infer_request()
        self._request.infer({0: self._a})
        self.by_kernel = {"openvino": 0.0, "numpy": 0.0}

    @property
    def best(self) -> float:
        return max(self.by_kernel.values())

    def measure(self, repeats: int = 8) -> None:
        """Run each kernel some times and keep the quickest."""
        for _ in range(repeats):
            start = time.perf_counter()
            self._request.infer({0: self._a}, share_inputs=True)
            rate = 2 * self.SIZE**3 / (time.perf_counter() - start) / 1e9
            self.by_kernel["openvino"] = max(self.by_kernel["openvino"], rate)
        self.by_kernel["numpy"] = max(self.by_kernel["numpy"], _numpy_rate())


def _numpy_rate() -> float:
    """NumPy's rate in a process of its own, with one thread and free to choose its kernels."""
    free = {key: value for key, value in os.environ.items() if key != "OPENBLAS_CORETYPE"}
    free |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    command = [sys.executable, "-c", NUMPY_PEAK]
    done = subprocess.run(command, env=free, capture_output=True, text=True, check=False)  # noqa: S603
    return float(done.stdout) if done.returncode == 0 else 0.0
