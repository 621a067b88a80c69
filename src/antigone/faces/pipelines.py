"""The pipelines that are known by name, and how a name is resolved."""

from __future__ import annotations

from antigone.faces.pipeline import Pipeline, plain

PIPELINES: dict[str, Pipeline] = {}


def resolve(name: str) -> Pipeline:
    """The pipeline of this name; the name of a model stands for that model alone, plainly."""
    return PIPELINES.get(name) or plain(name)
