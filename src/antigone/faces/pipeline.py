"""Pipelines: which recognisers look at a face, through which views, in which space, and with what weight.

The template of a pipeline is one unit vector: each recogniser's part, the mean over its views brought into its space,
times the root of its weight, one after another. The cosine of two such templates is the weighted mean of the
recognisers' cosines, which is fusion at the level of scores (Kittler, Hatef, Duin and Matas, "On combining
classifiers", IEEE PAMI 20(3), 1998), and the gallery searches it exactly like any other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Literal

from antigone.faces.alignment import ALIGNMENT
from antigone.faces.contract import EmbeddingContract
from antigone.faces.registry import ModelCard
from antigone.faces.space import Space
from antigone.faces.views import PLAIN, View

Role = Literal["portrait", "probe"]
"""A portrait is enrolled once, by the thousand; a probe is sought, and may cost more."""


@dataclass(frozen=True, slots=True)
class Component:
    """One recogniser's part. `space` names a space that is shipped, or is empty."""

    model: str
    weight: float = 1.0
    portrait: tuple[View, ...] = (PLAIN,)
    probe: tuple[View, ...] = (PLAIN,)
    space: str = ""

    def views(self, role: Role) -> tuple[View, ...]:
        return self.portrait if role == "portrait" else self.probe


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A named way from a face to a template; the weights of its components sum to 1."""

    id: str
    components: tuple[Component, ...]

    def __post_init__(self) -> None:
        total = sum(component.weight for component in self.components)
        if not self.components or abs(total - 1) > 1e-9 or min(each.weight for each in self.components) <= 0:
            raise ValueError("The weights of a pipeline's components lie above 0 and sum to 1.")

    @property
    def plain(self) -> bool:
        """Whether it is one recogniser on the crop as it is, and its vectors as they come."""
        return self.components == (Component(self.components[0].model),)

    def views(self, role: Role) -> tuple[View, ...]:
        """Every view that a component looks through, once each."""
        return tuple(dict.fromkeys(view for component in self.components for view in component.views(role)))

    def contract(self, card: Callable[[str], ModelCard], space: Callable[[str], Space]) -> EmbeddingContract:
        """What templates of this pipeline may be compared with.

        A plain one has the contract of its recogniser. Otherwise the digests of models and spaces, the weights and the
        views of both roles enter: a change of any makes templates that are not compared with those before.
        """
        cards = [card(component.model) for component in self.components]
        if self.plain:
            (only,) = cards
            return EmbeddingContract(only.id, only.sha256, only.dimension, only.alignment, only.scaling.value)
        spaces = [space(component.space) if component.space else None for component in self.components]
        parts = [
            {
                "model_sha256": one.sha256,
                "scaling": one.scaling.value,
                "weight": component.weight,
                "portrait": [asdict(view) for view in component.portrait],
                "probe": [asdict(view) for view in component.probe],
                "space_sha256": "" if found is None else found.digest,
            }
            for component, one, found in zip(self.components, cards, spaces, strict=True)
        ]
        text = json.dumps(parts, sort_keys=True, separators=(",", ":"))
        models = hashlib.sha256("".join(one.sha256 for one in cards).encode()).hexdigest()
        return EmbeddingContract(
            model_id=self.id,
            model_sha256=cards[0].sha256 if len(cards) == 1 else models,
            dimension=sum(
                one.dimension if found is None else found.dimension for one, found in zip(cards, spaces, strict=True)
            ),
            alignment=ALIGNMENT,
            preprocessing="views-v1-" + hashlib.sha256(text.encode()).hexdigest()[:48],
        )


def plain(model: str) -> Pipeline:
    """One recogniser on the plain crop: what the default is measured against."""
    return Pipeline("plain", (Component(model),))
