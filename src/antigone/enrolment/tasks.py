"""Jobs over the templates: purge what was erased and look that it is gone."""

from __future__ import annotations

from collections.abc import Iterable

from antigone.enrolment import projection
from antigone.enrolment.models import Contract, Removal
from antigone.ledger.services import record, recorded
from antigone.vault import store


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
