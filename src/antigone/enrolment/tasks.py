"""Jobs over the templates: see how strangers score, purge what was erased and look that it is gone."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from django.db.models import F

from antigone.enrolment import projection, services
from antigone.enrolment.models import Contract, Removal, Template
from antigone.evidence import own_tail
from antigone.ledger.services import record, recorded
from antigone.vault import store
from antigone.vault.errors import KeyGone

# Portraits drawn to see how strangers score in a gallery; the measure itself uses fewer.
DRAWN = 4_000


def measure_own_tail(contract: Contract, actor: str) -> None:
    """Compare portraits of different persons in the gallery, and keep the tail of their scores."""
    searchable = Template.objects.filter(contract=contract, searchable=True)
    step = max(1, -(-searchable.count() // DRAWN))
    drawn = searchable.annotate(place=F("person") % step).filter(place=0)
    rows = list(drawn.values_list("portrait", "person", "sealed"))
    try:
        opened = store.open_rows([(row[0], bytes(row[2])) for row in rows])
    except KeyGone:
        return  # one of them is being erased at this moment; the tail of before stands until the next enrolment
    vectors = np.frombuffer(b"".join(opened), "<f4").reshape(len(rows), contract.dimension)
    tail = own_tail.measure(vectors, np.array([row[1] for row in rows], np.int64))
    services.keep_own_tail(contract, tail, actor)


def purge(actor: str) -> bool:
    """Rewrite every gallery and its snapshot without removed rows, and verify; true when nothing was left.

    The snapshot's key is changed first, so that a copy of an older snapshot cannot be opened either.
    """
    store.rotate_snapshot_key()
    clean = True
    for contract in Contract.objects.order_by("pk"):
        held = projection.of(contract)
        held.purge()
        gone = Removal.objects.filter(contract=contract).values_list("template", flat=True)
        clean = _verified(contract, held, gone, actor) and clean
    return clean


def _verified(contract: Contract, held: projection.Projection, gone: Iterable[int], actor: str) -> bool:
    evidence = held.gallery.verify_absent(gone)
    with recorded():
        record(
            "enrolment:template:purge",
            actor=actor,
            object=f"contract:{contract.pk}",
            generation=held.gallery.generation,
        )
        record(
            "enrolment:template:verify",
            actor=actor,
            object=f"contract:{contract.pk}",
            absent=evidence.absent,
            left=len(evidence.found_ids) + evidence.left_vectors,
            looked=list(evidence.looked),
        )
    return evidence.absent
