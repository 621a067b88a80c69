"""The model folder: files checked by digest at each load, acceptances of licences, a team's own models."""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from antigone.faces.errors import (
    LicenceNotAccepted,
    ModelAltered,
    ModelError,
    ModelMissing,
    UnknownModel,
)
from antigone.faces.registry import CARDS, ModelCard

ACCEPTANCES = "acceptances.json"
OWN_MODELS = "own-models.json"


@dataclass(frozen=True)
class ModelStore:
    """One folder of model files, shared by instances."""

    folder: Path

    @classmethod
    def default(cls) -> ModelStore:
        """$ANTIGONE_MODELS, or antigone/models in the user's data folder (XDG base directories)."""
        named = os.environ.get("ANTIGONE_MODELS")
        if named:
            return cls(Path(named).expanduser())
        data = os.environ.get("XDG_DATA_HOME") or ""
        # The XDG specification: a relative path counts as not set.
        base = Path(data) if os.path.isabs(data) else Path.home() / ".local" / "share"
        return cls(base / "antigone" / "models")

    def cards(self) -> dict[str, ModelCard]:
        """Every registered model by id: those that come with Antigone, then the team's own."""
        known = {card.id: card for card in CARDS}
        for entry in self._json(OWN_MODELS).values():
            try:
                card = ModelCard.from_dict(entry)
            except (KeyError, TypeError, ValueError):
                raise ModelError(
                    f"The list of this team's own models ({OWN_MODELS} in the model folder) cannot be read. "
                    "No model was loaded; restore the list or remove it."
                ) from None
            known.setdefault(card.id, card)
        return known

    def card(self, model_id: str) -> ModelCard:
        """The card of a model; raises UnknownModel."""
        cards = self.cards()
        if model_id not in cards:
            raise UnknownModel(
                f"No model is called {model_id!r}. Known are: {', '.join(sorted(cards))}; "
                "`antigone models list` shows them."
            )
        return cards[model_id]

    def path(self, card: ModelCard) -> Path:
        return self.folder / card.file

    def state(self, card: ModelCard) -> str:
        """`installed`, `altered` (a file with another digest) or `absent`."""
        try:
            data = self.path(card).read_bytes()
        except OSError:
            return "absent"
        return "installed" if hashlib.sha256(data).hexdigest() == card.sha256 else "altered"

    def read(self, model_id: str) -> bytes:
        """The bytes of a model, checked: licence on record where it must be, and the digest.

        Raises UnknownModel, LicenceNotAccepted, ModelMissing or ModelAltered. The bytes that were checked are
        the bytes given back, so a file exchanged in between changes nothing.
        """
        card = self.card(model_id)
        self.require_acceptance(card)
        try:
            data = self.path(card).read_bytes()
        except OSError:
            raise ModelMissing(
                f"The model {card.id} is not installed. Nothing was searched or changed; "
                f"run `antigone models install {card.id}`."
            ) from None
        if hashlib.sha256(data).hexdigest() != card.sha256:
            raise ModelAltered(
                f"The file of the model {card.id} is not the one that was registered: its digest differs. "
                f"It was not loaded; run `antigone models install {card.id}` and find out who changed it."
            )
        return data

    def write(self, card: ModelCard, data: bytes) -> None:
        """Put a model's bytes in the folder in one step; raises ModelAltered when the digest differs."""
        if hashlib.sha256(data).hexdigest() != card.sha256:
            raise ModelAltered(
                f"What was offered as {card.id} has another digest than the registered file. "
                "It was not installed; take the file from its source again."
            )
        self._write(card.file, data)

    def acceptance(self, card: ModelCard) -> dict[str, str] | None:
        """Who accepted the model's licence as it stands now, and when; None without an acceptance."""
        entry = self._json(ACCEPTANCES).get(card.id)
        if not isinstance(entry, dict) or entry.get("licence") != card.licence:
            return None
        return {str(key): str(value) for key, value in entry.items()}

    def accept(self, card: ModelCard, by: str | None = None) -> dict[str, str]:
        """Record that `by` (the operating-system user by default) accepts the model's licence."""
        entry = {
            "by": by or getpass.getuser(),
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "licence": card.licence,
            "sha256": card.sha256,
        }
        self._put(ACCEPTANCES, card.id, entry)
        return entry

    def require_acceptance(self, card: ModelCard) -> None:
        """Raise LicenceNotAccepted when the licence asks for an acceptance and none is on record."""
        if card.needs_acceptance and self.acceptance(card) is None:
            raise LicenceNotAccepted(
                f"The model {card.id} is under {card.licence}, which must be accepted before it is used. "
                f"It was not loaded; read the terms with `antigone models list` and run "
                f"`antigone models accept {card.id}`."
            )

    def register(self, card: ModelCard) -> None:
        """Add a team's own model to the registry of this folder; the shipped cards cannot be replaced."""
        if any(card.id == shipped.id or card.file == shipped.file for shipped in CARDS):
            raise ModelError(
                f"{card.id} is taken by a model that comes with Antigone. Nothing was added; choose another id."
            )
        if Path(card.file).name != card.file or card.file in ("", ".", "..", ACCEPTANCES, OWN_MODELS):
            raise ModelError("A model's file name must be a bare name. Nothing was added.")
        self._put(OWN_MODELS, card.id, card.to_dict())

    def _put(self, name: str, key: str, entry: Mapping[str, Any]) -> None:
        entries = {**self._json(name), key: entry}
        self._write(name, (json.dumps(entries, indent=2, sort_keys=True) + "\n").encode())

    def _json(self, name: str) -> dict[str, Any]:
        try:
            entries = json.loads((self.folder / name).read_text())
        except FileNotFoundError:
            return {}
        except (OSError, ValueError):
            entries = None
        if not isinstance(entries, dict):
            raise ModelError(
                f"{name} in the model folder cannot be read. No model was loaded; restore the file or remove it."
            )
        return entries

    def _write(self, name: str, data: bytes) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self.folder, prefix=".new-", delete=False) as file:
                try:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                    os.chmod(file.name, 0o644)
                    os.replace(file.name, self.folder / name)
                except BaseException:
                    Path(file.name).unlink(missing_ok=True)
                    raise
        except OSError:
            raise ModelError(
                "The model folder cannot be written to. Nothing was installed; check the folder's "
                "permissions and space, or name another with ANTIGONE_MODELS."
            ) from None
