"""The pipelines that are known by name, and how a name is resolved."""

from __future__ import annotations

from antigone.faces.pipeline import Component, Pipeline, plain
from antigone.faces.registry import RECOGNISER
from antigone.faces.views import FAR_MIRRORED, NEAR, PLAIN

BOTH = (NEAR, FAR_MIRRORED)
"""Two views that differ in everything that a view can differ in."""

ROBUST = "robust-1"
JOINED = "robust-1-edgeface"

PIPELINES: dict[str, Pipeline] = {
    pipeline.id: pipeline
    for pipeline in (
        # The default, of models whose licences bind nobody.
        Pipeline(ROBUST, (Component(RECOGNISER, 1.0, BOTH, BOTH, "sface-2021dec-1"),)),
        # Where the licence of EdgeFace is accepted. A portrait's SFace part takes one view, for the price's sake.
        Pipeline(
            JOINED,
            (
                Component(RECOGNISER, 0.5, (PLAIN,), BOTH, "sface-2021dec-1"),
                Component("edgeface-s", 0.5, BOTH, BOTH, "edgeface-s-1"),
            ),
        ),
    )
}


def resolve(name: str) -> Pipeline:
    """The pipeline of this name; the name of a model stands for that model alone, plainly."""
    return PIPELINES.get(name) or plain(name)
