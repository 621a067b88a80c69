"""Run a network on the processor: OpenVINO, float32, one request a thread."""

from __future__ import annotations

import threading
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt


@cache
def _core() -> Any:
    import openvino

    return openvino.Core()


class Network:
    """A network read from ONNX bytes, compiled for one input shape; usable from several threads at once.

    The graph takes uint8 pictures (n, height, width, 3) in RGB; swapping channels, layout and scaling are put
    into the graph. float32 is asked for by name: on processors with bfloat16 OpenVINO would use that by
    itself, and the same picture would give another template on another machine.
    """

    def __init__(
        self,
        onnx: bytes,
        shape: tuple[int, int, int],
        *,
        threads: int,
        outputs: tuple[str, ...] = (),
        bgr: bool = False,
        mean: float = 0.0,
        scale: float = 1.0,
    ) -> None:
        import openvino
        from openvino.preprocess import ColorFormat, PrePostProcessor

        batch, height, width = shape
        model = _core().read_model(onnx)
        model.reshape([batch, 3, height, width])
        steps = PrePostProcessor(model)
        tensor = steps.input().tensor()
        tensor.set_element_type(openvino.Type.u8).set_layout(openvino.Layout("NHWC"))
        tensor.set_color_format(ColorFormat.RGB)
        preprocess = steps.input().preprocess()
        preprocess.convert_element_type(openvino.Type.f32)
        if bgr:
            preprocess.convert_color(ColorFormat.BGR)
        if mean:
            preprocess.mean(mean)
        if scale != 1.0:
            preprocess.scale(scale)
        steps.input().model().set_layout(openvino.Layout("NCHW"))
        self.shape = (batch, height, width, 3)
        self._compiled = _core().compile_model(
            steps.build(),
            "CPU",
            {
                "INFERENCE_PRECISION_HINT": "f32",
                "INFERENCE_NUM_THREADS": threads,
                "NUM_STREAMS": threads,
                # Other work of this process and its neighbours shares the cores.
                "ENABLE_CPU_PINNING": False,
            },
        )
        names = [port.get_names() for port in self._compiled.outputs]
        wanted = [next(i for i, known in enumerate(names) if name in known) for name in outputs]
        self._ports: list[int] = wanted or list(range(len(names)))
        self._local = threading.local()

    def run(self, batch: npt.NDArray[np.uint8]) -> list[npt.NDArray[np.float32]]:
        """The outputs for one batch of exactly the compiled shape, in the order that was asked for."""
        request = getattr(self._local, "request", None)
        if request is None:
            request = self._local.request = self._compiled.create_infer_request()
        request.infer({0: np.ascontiguousarray(batch)}, share_inputs=True)
        return [np.array(request.get_output_tensor(i).data) for i in self._ports]
