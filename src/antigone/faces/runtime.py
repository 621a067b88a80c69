"""Run a network on the processor: OpenVINO, float32, one request a thread."""

from __future__ import annotations

import importlib
import sys
import threading
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from antigone.faces.errors import ModelError

TELEMETRY = "openvino_telemetry"


@cache
def openvino() -> Any:
    """The OpenVINO module, kept from telling anyone that it was imported.

    `import openvino` imports its converter, which sends an event to a web analytics service through the
    package openvino-telemetry, where that finds no refusal on record. Nobody may learn from this software that
    and where it runs, so that package is made unimportable in this process first; OpenVINO then takes
    a stub of its own that does nothing. Every import of OpenVINO goes through here (a test holds that).
    """
    if TELEMETRY in sys.modules and sys.modules[TELEMETRY] is not None:
        raise RuntimeError(
            "OpenVINO's telemetry is already loaded in this process, by something other than Antigone. "
            "No model was loaded; import antigone.faces.runtime first, or uninstall openvino-telemetry."
        )
    sys.modules[TELEMETRY] = None  # type: ignore[assignment]
    return importlib.import_module("openvino")


@cache
def core() -> Any:
    """OpenVINO's core, one a process."""
    return openvino().Core()


MEETINGS = 12
"""How often callers must have found every instance taken, for each that there is, before another is made."""


class Instance:
    """A compiled network with one request and the memory of its input and outputs; for one caller at a time."""

    def __init__(self, model: Any) -> None:
        settings = {
            "INFERENCE_PRECISION_HINT": "f32",
            "INFERENCE_NUM_THREADS": 1,
            "NUM_STREAMS": 1,
            # Other work of this process and its neighbours shares the cores.
            "ENABLE_CPU_PINNING": False,
        }
        self._request = core().compile_model(model, "CPU", settings).create_infer_request()
        self._input = self._request.get_input_tensor().data
        count = len(self._request.model_outputs)
        self._outputs = [self._request.get_output_tensor(index).data for index in range(count)]

    def run(self, batch: npt.NDArray[np.uint8]) -> list[npt.NDArray[np.float32]]:
        self._input[:] = batch
        self._request.infer()
        return [output.copy() for output in self._outputs]


class Network:
    """A network read from ONNX bytes, compiled for one input shape; usable from several threads at once.

    The graph takes uint8 pictures (n, height, width, 3) in RGB; swapping channels, layout and scaling are put
    into the graph, and `finish` may add to its end. float32 is asked for by name: on processors with bfloat16
    OpenVINO would use that by itself, and the same picture would give another template on another machine.

    It is compiled once, and again, up to `threads` times, when callers keep meeting: one network of several
    streams hands each call to another thread, which took a fifth off the speed of two threads. A caller who
    meets another now and then waits for the milliseconds that a call takes; compiling takes a hundred.
    """

    def __init__(
        self,
        onnx: bytes,
        shape: tuple[int, int, int],
        *,
        threads: int,
        finish: Callable[[Any], Any] | None = None,
        bgr: bool = False,
        mean: float = 0.0,
        scale: float = 1.0,
    ) -> None:
        self.shape = (*shape, 3)
        self._limit = threads
        self._turn = threading.Condition()
        try:
            model = _prepared(onnx, shape, bgr, mean, scale)
            self._model = finish(model) if finish else model
            self._free = [Instance(self._model)]
        except Exception:
            # OpenVINO tells of an operation it lacks by a RuntimeError pages long; there is no other runtime.
            raise ModelError(
                "The runtime (OpenVINO) cannot run this model. Nothing was read from any picture; use another model."
            ) from None
        self._made = 1
        self._met = 0

    def run(self, batch: npt.NDArray[np.uint8]) -> list[npt.NDArray[np.float32]]:
        """The outputs for one batch of exactly the compiled shape, in the order of the graph."""
        instance = self._take()
        try:
            return instance.run(batch)
        finally:
            with self._turn:
                self._free.append(instance)
                self._turn.notify()

    def _take(self) -> Instance:
        with self._turn:
            if not self._free:
                self._met += 1
                if self._made < self._limit and self._met > MEETINGS * self._made:
                    self._free.append(Instance(self._model))
                    self._made += 1
            while not self._free:
                self._turn.wait()
            return self._free.pop()


def _prepared(onnx: bytes, shape: tuple[int, int, int], bgr: bool, mean: float, scale: float) -> Any:
    """The model for one shape, with what turns uint8 RGB pictures into its input put before it."""
    ov = openvino()
    colours = ov.preprocess.ColorFormat
    batch, height, width = shape
    model = core().read_model(onnx)
    model.reshape([batch, 3, height, width])
    steps = ov.preprocess.PrePostProcessor(model)
    tensor = steps.input().tensor()
    tensor.set_element_type(ov.Type.u8).set_layout(ov.Layout("NHWC")).set_color_format(colours.RGB)
    preprocess = steps.input().preprocess()
    preprocess.convert_element_type(ov.Type.f32)
    if bgr:
        preprocess.convert_color(colours.BGR)
    if mean:
        preprocess.mean(mean)
    if scale != 1.0:
        preprocess.scale(scale)
    steps.input().model().set_layout(ov.Layout("NCHW"))
    return steps.build()
