"""What a process of its own does in the tests of several processes: enrol batches, or search and count."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from antigone.upkeep.opening import open_instance

BATCH = 10


def acknowledge(file: Path, count: int) -> None:
    """Write how many portraits are committed, whole or not at all."""
    part = file.with_suffix(f".{os.getpid()}")
    part.write_text(str(count))
    part.replace(file)


def enrol(acked: Path, batches: int) -> None:
    """Add batches of portraits, each acknowledged once its transaction is committed."""
    from antigone.missing import services
    from tests import factories

    into, under = factories.holding(), factories.contract()
    for batch in range(batches):
        seeds = range(batch * BATCH, (batch + 1) * BATCH)
        new = [factories.portrait(f"M-{seed}", factories.unit(seed)) for seed in seeds]
        services.add_portraits(into, under, new, services.Giving("family-consent"), "operator:1")
        acknowledge(acked, (batch + 1) * BATCH)


def search(acked: Path, until: int) -> None:
    """Search until `until` portraits are there; each answer must hold every portrait acknowledged before it began."""
    from antigone.enrolment import projection
    from antigone.gallery import Where
    from tests import factories

    held, searches = projection.of(factories.contract()), 0
    while True:
        before = int(acked.read_text())
        hits = held.search(factories.unit(1)[None], 1000, Where(None, 0))
        assert hits.searched >= before, (hits.searched, before)
        assert hits.proven
        searches += 1
        if before >= until:
            print(searches)
            return


if __name__ == "__main__":
    open_instance(Path(sys.argv[2]))
    {"enrol": enrol, "search": search}[sys.argv[1]](Path(sys.argv[3]), int(sys.argv[4]))
