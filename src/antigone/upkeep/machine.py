"""What the machine under an instance does that the instance cannot mend: swap, space, models, locked keys."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from antigone.enrolment.contracts import DEFAULT_RECOGNISER, known_recogniser
from antigone.faces import LicenceNotAccepted, ModelError, ModelStore
from antigone.faces.pipelines import resolve
from antigone.faces.registry import DETECTOR
from antigone.instance import Instance
from antigone.vault import instance_key

# Under this share of free space SQLite and the vault may fail in the middle of a job.
LEAST_FREE = 0.05

Found = tuple[str, str, str]


def findings(instance: Instance) -> Iterator[Found]:
    """Severity, sentence and advice for each."""
    yield from _swap()
    yield from _space(instance)
    yield from _models(instance)
    if not instance_key.is_locked(instance):
        yield (
            "note",
            "The instance key lies open beside the data: whoever takes the machine has both.",
            "Lock it with a passphrase, or keep the instance on an encrypted disk: docs/operations.md, Keys.",
        )


def _swap() -> Iterator[Found]:
    try:
        areas = Path("/proc/swaps").read_text(encoding="ascii", errors="replace").splitlines()[1:]
    except OSError:
        return
    if any(not line.startswith("/dev/zram") for line in areas):
        yield (
            "note",
            "This machine swaps: templates and keys in memory may be written to the swap area.",
            "Turn swap off (swapoff -a), or encrypt it.",
        )


def _space(instance: Instance) -> Iterator[Found]:
    where = instance.vault if instance.vault.is_dir() else instance.root
    room = shutil.disk_usage(where)
    if room.free < LEAST_FREE * room.total:
        yield (
            "warning",
            f"The disk under the instance is nearly full ({room.free // 2**20} MiB free).",
            "Make room before the next enrolment; a job that runs out of space stops and can be resumed.",
        )


def _faces(instance: Instance) -> dict[str, Any]:
    said: Any = instance.settings().get("faces", {})
    return said if isinstance(said, dict) else {}


def _models(instance: Instance) -> Iterator[Found]:
    """What keeps the detector, and the recogniser that antigone.toml names, from work."""
    store = ModelStore.default()
    try:
        name = known_recogniser(_faces(instance).get("recogniser", DEFAULT_RECOGNISER))
    except ModelError as exc:
        yield "fault", f"No face can be compared. {exc}", "Mend the line in antigone.toml; antigone models list"
        return
    yield "note", f"Faces are compared by {name}.", ""
    for model in (DETECTOR, *(component.model for component in resolve(name).components)):
        try:
            store.require_acceptance(store.card(model))
            store.read(model)
        except LicenceNotAccepted as exc:
            yield "warning", f"No face can be compared. {exc}", ""
        except ModelError as exc:
            yield "warning", f"No face can be found or compared. {exc}", f"antigone models install {model}"
