"""What `antigone models` does: list the known models, install one, accept a licence, add one's own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from antigone.faces.errors import ModelError
from antigone.faces.registry import DETECTOR, RECOGNISER, ModelCard, Scaling, Task
from antigone.faces.sources import fetch
from antigone.faces.store import ModelStore

DEFAULTS = (DETECTOR, RECOGNISER)

Progress = Callable[[str], None]
"""Called with a line for a person, such as `fetching sface-2021dec (38.7 MB)`."""


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """A model as the folder has it: `state` is installed, altered or absent; `accepted` who and when."""

    card: ModelCard
    state: str
    accepted: dict[str, str] | None

    @property
    def usable(self) -> bool:
        return self.state == "installed" and (not self.card.needs_acceptance or self.accepted is not None)


def list_models(store: ModelStore | None = None) -> list[ModelStatus]:
    """Every known model and how it stands in the folder."""
    store = store or ModelStore.default()
    return [ModelStatus(card, store.state(card), store.acceptance(card)) for card in store.cards().values()]


def usable(model_id: str, store: ModelStore | None = None) -> bool:
    """Whether this model is installed with the right digest, and its licence accepted where it must be."""
    return any(status.usable for status in list_models(store) if status.card.id == model_id)


def install(
    models: Iterable[str] = DEFAULTS,
    store: ModelStore | None = None,
    source: Path | None = None,
    progress: Progress | None = None,
) -> list[ModelCard]:
    """Install models by id, from `source` (a file or folder) or from their registered sources.

    One that is in place with the right digest is left alone. Raises ModelError, and its kinds, with a
    sentence; nothing is written unless its digest is right.
    """
    store = store or ModelStore.default()
    say = progress or (lambda line: None)
    cards = [store.card(model_id) for model_id in models]
    for card in cards:
        store.require_acceptance(card)
        if store.state(card) == "installed":
            say(f"{card.id} is in place")
            continue
        say(f"fetching {card.id} ({card.size / 1e6:.1f} MB)" if card.size else f"fetching {card.id}")
        store.write(card, fetch(card, source))
        say(f"{card.id} installed, digest as registered")
    return cards


def accept(model_id: str, by: str | None = None, store: ModelStore | None = None) -> dict[str, str]:
    """Record the acceptance of a model's licence; gives back who, when and which licence."""
    store = store or ModelStore.default()
    return store.accept(store.card(model_id), by)


def add(
    model_id: str,
    source: Path,
    licence: str,
    *,
    sha256: str,
    terms: str = "",
    dimension: int,
    scaling: Scaling = Scaling.CENTRED,
    batch: int = 1,
    store: ModelStore | None = None,
) -> ModelCard:
    """Register and install a team's own recogniser from a local ONNX file of the given digest.

    It must take the five-point 112 by 112 crop. Whoever adds it states its licence and answers for the right
    to use it, so the acceptance is recorded with it. Raises ModelError when the file or digest is not right.
    """
    store = store or ModelStore.default()
    try:
        data = source.read_bytes()
    except OSError:
        raise ModelError("The model's file could not be read. Nothing was added; check the path.") from None
    if hashlib.sha256(data).hexdigest() != sha256.lower():
        raise ModelError("The file's digest is not the one given. Nothing was added; check both.")
    card = ModelCard(
        id=model_id,
        task=Task.RECOGNISER,
        file=f"own-{sha256[:16].lower()}.onnx",
        size=len(data),
        sha256=sha256.lower(),
        licence=licence,
        terms=terms,
        needs_acceptance=True,
        dimension=dimension,
        batch=batch,
        scaling=scaling,
    )
    store.register(card)
    store.write(card, data)
    store.accept(card)
    return card
