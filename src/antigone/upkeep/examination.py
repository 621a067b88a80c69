"""Look an instance over and say, finding by finding, what is wrong and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from antigone.instance import Instance, InstanceError
from antigone.upkeep import machine, permission
from antigone.upkeep.opening import pending_migrations, point_django_at
from antigone.vault import instance_key
from antigone.vault.errors import KeyLocked, VaultError


class Severity(StrEnum):
    """How much a finding matters: a fault keeps work from going on or has lost something."""

    FAULT = "fault"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be, and what to do about it."""

    severity: Severity
    sentence: str
    advice: str


def doctor(
    root: Path, *, mend: bool = False, as_name: str | None = None, ask: Callable[[], str] | None = None
) -> list[Finding]:
    """What is wrong with the instance in `root`, worst first; nothing is raised for a broken one.

    With `mend`, litter of interrupted work is swept and pending erasures are completed, down to the galleries; damage
    is never touched. Mending needs an operator who may manage the keys, by default the one bound to this account;
    raises Refused or AccessError for another.
    """
    instance = Instance(root.absolute())
    found = list(_looked_over(instance, mend, as_name, ask))
    order = list(Severity)
    return sorted(found, key=lambda finding: order.index(finding.severity))


def _fault(sentence: str, advice: str = "") -> Finding:
    said, _, rest = sentence.partition(". ")
    return Finding(Severity.FAULT, f"{said}." if rest else said, advice or rest)


def _looked_over(
    instance: Instance, mend: bool, as_name: str | None, ask: Callable[[], str] | None
) -> Iterator[Finding]:
    try:
        instance.settings()
    except InstanceError as exc:
        yield _fault(str(exc))
        return
    faults = list(instance.faults())
    for sentence in faults:
        yield _fault(sentence)
    for severity, sentence, advice in machine.findings(instance):
        yield Finding(Severity(severity), sentence, advice)
    if faults:
        return
    point_django_at(instance.root)
    key_opens = True
    try:
        instance_key.load(instance, ask)
    except KeyLocked as exc:
        key_opens = False
        yield Finding(Severity.NOTE, "The instance key is locked, so the vault was not looked at.", exc.sentence)
    except VaultError as exc:
        key_opens = False
        yield _fault(exc.sentence)
    try:
        behind = pending_migrations()
    except InstanceError as exc:
        yield _fault(str(exc))
        return
    except Exception as exc:  # a database damaged beyond opening raises of many kinds
        yield _fault(f"The database cannot be opened ({type(exc).__name__}).", "Restore a backup: antigone restore")
        return
    if behind:
        yield _fault(
            f"The database was made by an earlier version ({len(behind)} migrations behind).",
            "Bring it up to date, a backup is made first: antigone upgrade",
        )
        return
    # These rooms are imported only now: their models need Django, and Django needs the folder to be sound.
    from antigone.upkeep import records

    yield from records.findings(key_opens, permission.who_mends(as_name) if mend else None)
