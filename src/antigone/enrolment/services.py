"""Changes to template rows; each belongs to the transaction of the record it follows from."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.db import models
from django.db.models import F
from numpy.typing import NDArray

from antigone.enrolment import events
from antigone.enrolment.models import NO_END, Contract, Removal, Template, Unencoded
from antigone.evidence import OwnTail
from antigone.faces import EmbeddingContract
from antigone.ledger.services import record, recorded
from antigone.vault import store


@dataclass(frozen=True)
class NewTemplate:
    """A template to add: `vector` is float32 (dimension,), of unit norm; the numbers are those of the records above."""

    portrait: uuid.UUID
    person: int
    holding: int
    vector: NDArray[np.float32]
    until: int = NO_END
    searchable: bool = True
    view: str = "as given"


def hold_still() -> None:
    """Keep other transactions from changing template rows until this one ends.

    Who removes or hides the rows of a portrait, and who encodes portraits that were read a while ago, both take this
    lock first: whichever comes second sees what the first one did.
    """
    list(Contract.objects.select_for_update().order_by("pk").values_list("pk", flat=True))


def _next_generation(contract: Contract) -> int:
    """Advance the contract's generation; the row lock makes generations commit in their order."""
    Contract.objects.filter(pk=contract.pk).update(generation=F("generation") + 1)
    return int(Contract.objects.values_list("generation", flat=True).get(pk=contract.pk))


def add_templates(contract: Contract, new: Sequence[NewTemplate]) -> int:
    """Seal and add rows; the generation at which they become searchable is returned."""
    generation = _next_generation(contract)
    Template.objects.bulk_create(
        Template(
            contract=contract,
            portrait=row.portrait,
            person=row.person,
            holding=row.holding,
            until=row.until,
            searchable=row.searchable,
            view=row.view,
            sealed=store.seal_row(str(row.portrait), np.ascontiguousarray(row.vector, dtype="<f4").tobytes()),
            generation=generation,
        )
        for row in new
    )
    _tell({row.holding for row in new if row.searchable})
    return generation


def _tell(holdings: Iterable[int]) -> None:
    """Publish that rows of these holdings can be searched that could not be, in the caller's transaction."""
    if found := frozenset(holdings):
        events.searchable.send(sender=Template, event=events.RowsToSearch(found))


def remove_templates(portraits: Iterable[uuid.UUID]) -> int:
    """Delete every row of these portraits, of every contract, and leave the trace that indexes drop them by."""
    hold_still()
    gone = list(portraits)
    Unencoded.objects.filter(portrait__in=gone).delete()
    return _remove(Template.objects.filter(portrait__in=gone))


def drop_templates(contract: Contract, limit: int, actor: str) -> int:
    """Delete up to `limit` rows of a contract that is used no more, with the entry; returns how many there were."""
    with recorded(sequence=False):
        hold_still()
        first = Template.objects.filter(contract=contract).order_by("pk").values_list("pk", flat=True)[:limit]
        removed = _remove(Template.objects.filter(pk__in=list(first)))
        if removed:
            record("enrolment:template:drop", actor=actor, object=f"contract:{contract.pk}", removed=removed)
    return removed


def renew_templates(
    contract: Contract, new: Sequence[NewTemplate], failed: Mapping[uuid.UUID, str], actor: str
) -> None:
    """Add rows that portraits lacked, and remember those that gave none, by reason; with the entry of the batch.

    The caller holds the rows still, and has looked that none of the portraits is gone or encoded meanwhile.
    """
    if new:
        add_templates(contract, new)
    Unencoded.objects.bulk_create(
        (Unencoded(contract=contract, portrait=portrait, reason=reason) for portrait, reason in failed.items()),
        ignore_conflicts=True,
    )
    if new or failed:
        record(
            "enrolment:template:renew",
            actor=actor,
            object=f"contract:{contract.pk}",
            encoded=len(new),
            failed=len(failed),
        )


def forget_failures(contract: Contract) -> None:
    """Have portraits that gave no template tried again."""
    Unencoded.objects.filter(contract=contract).delete()


def _remove(rows: models.QuerySet[Template]) -> int:
    removed = 0
    for contract in Contract.objects.filter(templates__in=rows).distinct().order_by("pk"):
        generation = _next_generation(contract)
        ids = list(rows.filter(contract=contract).values_list("pk", flat=True))
        Removal.objects.bulk_create(Removal(contract=contract, template=pk, generation=generation) for pk in ids)
        Template.objects.filter(pk__in=ids).delete()
        removed += len(ids)
    return removed


def keep_own_tail(contract: Contract, tail: OwnTail | None, actor: str) -> None:
    """Keep how portraits of different persons score in the gallery of this contract, for the operating point."""
    with recorded(sequence=False):
        Contract.objects.filter(pk=contract.pk).update(own_tail=tail.as_json() if tail else None)
        record(
            "enrolment:tail:measure",
            actor=actor,
            object=f"contract:{contract.pk}",
            persons=tail.persons if tail else 0,
            comparisons=tail.comparisons if tail else 0,
        )


def set_searchable(portraits: Iterable[uuid.UUID], searchable: bool) -> int:
    """Let rows be searched, or keep them from it, without losing them (a report closed, or opened again)."""
    hold_still()
    rows = Template.objects.filter(portrait__in=list(portraits)).exclude(searchable=searchable)
    holdings = set(rows.values_list("holding", flat=True)) if searchable else set()
    changed = 0
    for contract in Contract.objects.filter(templates__in=rows).distinct().order_by("pk"):
        generation = _next_generation(contract)
        changed += rows.filter(contract=contract).update(searchable=searchable, generation=generation)
    _tell(holdings)
    return changed


def set_end(portraits: Iterable[uuid.UUID], until: int) -> int:
    """Give rows another last day on which they may be searched."""
    return _change(Template.objects.filter(portrait__in=list(portraits)).exclude(until=until), until=until)


def assign(portraits: Iterable[uuid.UUID], person: int, holding: int) -> int:
    """Have rows counted as another record's (two records merged, or taken apart); portrait and template stay bound."""
    rows = Template.objects.filter(portrait__in=list(portraits)).exclude(person=person, holding=holding)
    return _change(rows, person=person, holding=holding)


def _change(rows: models.QuerySet[Template], **values: int) -> int:
    """Change rows so that every index follows; returns how many there were."""
    hold_still()
    changed = 0
    for contract in Contract.objects.filter(templates__in=rows).distinct().order_by("pk"):
        generation = _next_generation(contract)
        changed += rows.filter(contract=contract).update(generation=generation, **values)
    return changed


def new_epoch(contract: Contract) -> None:
    """Say that the rows of a contract may have gone back in time, so that no index of before is taken for current."""
    with recorded(sequence=False):
        Contract.objects.filter(pk=contract.pk).update(epoch=uuid.uuid4())
        record("enrolment:contract:renew", actor="system:restore", object=f"contract:{contract.pk}")


def open_contract(contract: EmbeddingContract) -> Contract:
    """The row of this contract, made when it is first used."""
    row = Contract.objects.filter(digest=contract.digest).first()
    if row is not None:
        return row
    with recorded():
        row, new = Contract.objects.get_or_create(
            digest=contract.digest,
            defaults={
                "model_id": contract.model_id,
                "model_sha256": contract.model_sha256,
                "dimension": contract.dimension,
                "alignment": contract.alignment,
                "preprocessing": contract.preprocessing,
            },
        )
        if new:
            record(
                "enrolment:contract:open",
                actor="system:enrolment",
                object=f"contract:{row.pk}",
                model=contract.model_id,
                digest=contract.digest,
            )
    return row
