"""Refusals set aside while a transaction runs that may take its rows back: one durable file each."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from pathlib import Path

from antigone.instance import Instance
from antigone.ledger.entry import Draft, payload_hash
from antigone.ledger.keys import sync_folder, write_durably

FOLDER = "refusals"


def keep(instance: Instance, row: Draft) -> None:
    """Write a refusal's entry aside, durably: it outlives the transaction, and the process."""
    folder = instance.ledger / FOLDER
    if not folder.is_dir():
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(instance.ledger)
    data = json.dumps([row.time, row.action, row.actor, row.object, row.payload, row.salt.hex()])
    write_durably(folder / f"{row.time}-{secrets.token_hex(4)}", data.encode())


def waiting(instance: Instance) -> Iterator[tuple[Path, Draft]]:
    """The refusals set aside, oldest first; a file that is not one is left where it is."""
    folder = instance.ledger / FOLDER
    if not folder.is_dir():
        return
    for path in sorted(folder.glob("[!.]*")):
        try:
            time, action, actor, about, payload, salt = json.loads(path.read_bytes())
            mixed = bytes.fromhex(salt)
            row = Draft(time, action, actor, about, payload, mixed, payload_hash(mixed, payload.encode()))
        except FileNotFoundError:
            continue
        except (ValueError, TypeError, AttributeError):
            continue
        yield path, row


def count(instance: Instance) -> tuple[int, int]:
    """How many refusals wait, and how many files beside them cannot be read as one."""
    folder = instance.ledger / FOLDER
    files = sum(1 for _ in folder.glob("[!.]*")) if folder.is_dir() else 0
    good = sum(1 for _ in waiting(instance))
    return good, max(0, files - good)
