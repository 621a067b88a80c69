"""Make the templates of the recogniser in use for every portrait that lacks one, from the sealed originals, resumably.

The face that was chosen at enrolment is kept: it is encoded by its recorded landmarks, and nothing is detected anew.
What makes the job resumable is that it does what is left to do, and no state of its own: a portrait with a template is
done, one that was tried in vain is remembered, and every batch is a transaction with its entry in the ledger.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from antigone import imaging
from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.enrolment import projection
from antigone.enrolment import services as enrolment
from antigone.enrolment import tasks as enrolment_tasks
from antigone.enrolment.contracts import engine
from antigone.enrolment.models import Contract, Unencoded
from antigone.faces import Face, FaceEngine
from antigone.faces.recogniser import Crops
from antigone.ledger import services as ledger
from antigone.missing import queries, rules
from antigone.missing.models import Portrait
from antigone.vault import store
from antigone.vault import tasks as vault_tasks
from antigone.vault.errors import KeyGone, SealedFileFault

# Portraits that become durable together, and those of them that a thread takes at a time.
TOGETHER, CHUNK = 64, 8
# Templates that are removed together.
REMOVED_TOGETHER = 2_000

# Why a portrait gave no template, and what to do about it.
REASONS = {
    "no-key": "Its key is gone, so it cannot be opened. Restore the newest key export, or erase the portrait.",
    "no-original": "Its sealed file is missing or damaged. Bring it back from a backup: antigone restore",
    "unreadable": "Its picture cannot be read within the limits of antigone.toml. Mend them, or erase the portrait.",
    "no-face": "Its record does not say where the face is. Erase the portrait, and enrol its picture with --again.",
}

Progress = Callable[[int], None]
Vector = NDArray[np.float32]


@dataclass(frozen=True)
class Plan:
    """What is to be done: `waiting` portraits to encode with `engine`, under `contract`."""

    contract: Contract
    engine: FaceEngine
    waiting: int


@dataclass(frozen=True)
class Failure:
    """A portrait that gave no template, now or in an earlier run, and what to do about it."""

    portrait: uuid.UUID
    person_ref: str
    holding: str
    sentence: str


@dataclass
class Outcome:
    """What a run did: `gone` portraits were erased, withdrawn or encoded by another run while this one read them."""

    recogniser: str
    encoded: int = 0
    gone: int = 0
    failures: list[Failure] = field(default_factory=list)


@dataclass(frozen=True)
class Dropped:
    """What became of the templates of former recognisers; none is removed while `lacking` portraits have no new one."""

    lacking: int
    removed: int = 0
    verified: bool = True


def plan(who: Operator, *, retry: bool = False) -> Plan:
    """What there is to do; with `retry` also what was tried in vain before. Raises Refused, and ModelError."""
    _require(who)
    loaded = engine()
    contract = enrolment.open_contract(loaded.contract)
    if retry:
        enrolment.forget_failures(contract)
    return Plan(contract, loaded, queries.to_encode(contract.digest, _today()).count())


def run(planned: Plan, who: Operator, progress: Progress) -> Outcome:
    """Encode what waits, batch by batch; `progress` is called with how many more portraits are done. Raises Refused.

    Stopped anywhere, it keeps the batches that were done. At the end the gallery's own tail is measured anew.
    """
    _require(who)
    contract, outcome = planned.contract, Outcome(planned.contract.model_id)
    pool = ThreadPoolExecutor(planned.engine.threads, thread_name_prefix="antigone-reencoding")
    try:
        for batch in _batches(contract):
            vectors, failed = _encoded(planned.engine, pool, batch)
            encoded = _keep(contract, vectors, failed, who.actor)
            outcome.encoded += encoded
            outcome.gone += len(vectors) - encoded
            progress(len(batch))
        enrolment_tasks.measure_own_tail(contract, who.actor)
    finally:
        pool.shutdown(cancel_futures=True)
        # What was committed is in the ledger's tree even when the rest was stopped.
        ledger.sequence()
    projection.of(contract).keep()
    outcome.failures = list(_failures(contract))
    return outcome


def drop_old(contract: Contract, who: Operator) -> Dropped:
    """Remove the templates of every other contract, from every gallery and snapshot, and verify; raises Refused.

    Nothing is removed while a live portrait has no template under `contract`. Stopped anywhere, it goes on when it is
    called again; `antigone doctor` knows of a removal that was not verified.
    """
    _require(who)
    lacking = removed = 0
    others = list(Contract.objects.exclude(pk=contract.pk).order_by("pk"))
    try:
        for old in others:
            while gone := _dropped(contract, old, who.actor):
                removed += gone
        lacking = queries.without_template(contract.digest, _today()).count()
    finally:
        ledger.sequence()
    if lacking and not removed:
        return Dropped(lacking)
    vault_tasks.forget_log()
    verified = enrolment_tasks.purge(who.actor)
    for old in others:
        if verified and not old.templates.exists():
            projection.discard(old)
    return Dropped(lacking, removed, verified)


def _dropped(contract: Contract, old: Contract, actor: str) -> int:
    """How many templates of `old` were removed in one transaction: none while something lacks one of `contract`."""
    with ledger.recorded(sequence=False):
        # What is looked at stays so until the rows are gone.
        enrolment.hold_still()
        if queries.without_template(contract.digest, _today()).exists():
            return 0
        return enrolment.drop_templates(old, REMOVED_TOGETHER, actor)


def _require(who: Operator) -> None:
    access.require(who, Permission.GALLERY_REBUILD, object="instance:self")


def _today() -> date:
    return timezone.now().date()


def _batches(contract: Contract) -> Iterator[list[Portrait]]:
    """What waits, in the order of ids, each portrait once, though it may still wait after its batch."""
    waiting = queries.to_encode(contract.digest, _today()).only("pk", "face").order_by("pk")
    last = uuid.UUID(int=0)
    while batch := list(waiting.filter(pk__gt=last)[:TOGETHER]):
        last = batch[-1].pk
        yield batch


def _encoded(
    loaded: FaceEngine, pool: ThreadPoolExecutor, batch: Sequence[Portrait]
) -> tuple[dict[uuid.UUID, Vector], dict[uuid.UUID, str]]:
    """The templates of a batch by portrait, and why the others gave none."""
    vectors: dict[uuid.UUID, Vector] = {}
    failed: dict[uuid.UUID, str] = {}
    chunks = [batch[start : start + CHUNK] for start in range(0, len(batch), CHUNK)]
    for found, reasons in pool.map(lambda chunk: _encoded_chunk(loaded, chunk), chunks):
        vectors |= found
        failed |= reasons
    return vectors, failed


def _encoded_chunk(
    loaded: FaceEngine, chunk: Sequence[Portrait]
) -> tuple[dict[uuid.UUID, Vector], dict[uuid.UUID, str]]:
    crops: dict[uuid.UUID, Crops] = {}
    failed: dict[uuid.UUID, str] = {}
    for portrait in chunk:
        seen = _crops(loaded, portrait)
        if isinstance(seen, str):
            failed[portrait.pk] = seen
        else:
            crops[portrait.pk] = seen
    templates = loaded.templates(list(crops.values()), "portrait")
    return dict(zip(crops, templates, strict=True)), failed


def _crops(loaded: FaceEngine, portrait: Portrait) -> Crops | str:
    """The recorded face of a portrait as its recogniser looks at it, or the reason why there is none."""
    face = _recorded(portrait)
    if face is None:
        return "no-face"
    try:
        picture = imaging.decode(store.open(str(portrait.pk)), loaded.limits)
        return loaded.crops(picture.pixels, face, "portrait")
    except KeyGone:
        return "no-key"
    except SealedFileFault:
        return "no-original"
    except imaging.ImageRefused:
        return "unreadable"
    except ValueError:  # landmarks that lie in one point
        return "no-face"


def _recorded(portrait: Portrait) -> Face | None:
    """The face that was chosen when the portrait was enrolled."""
    said = portrait.face
    try:
        landmarks = np.array(said["landmarks"], np.float32)
        box = tuple(float(value) for value in said["box"])
        if landmarks.shape != (5, 2) or len(box) != 4 or not np.isfinite(landmarks).all():
            return None
        return Face(box, landmarks, float(said["score"]), int(said["turn"]))
    except (KeyError, TypeError, ValueError):
        return None


def _keep(contract: Contract, vectors: dict[uuid.UUID, Vector], failed: dict[uuid.UUID, str], actor: str) -> int:
    """Keep the templates of a batch in one transaction; returns of how many portraits.

    What became of the portraits while they were read holds: one that was erased or withdrawn gets no template, and
    whether it may be searched is asked now.
    """
    with ledger.recorded(sequence=False):
        enrolment.hold_still()
        read = [*vectors, *failed]
        wanted = queries.to_encode(contract.digest, _today()).filter(pk__in=read).select_related("person__report")
        still = {portrait.pk: portrait for portrait in wanted}
        new = [_template(still[pk], vector) for pk, vector in vectors.items() if pk in still]
        reasons = {pk: reason for pk, reason in failed.items() if pk in still}
        enrolment.renew_templates(contract, new, reasons, actor)
    return len(new)


def _template(portrait: Portrait, vector: Vector) -> enrolment.NewTemplate:
    person = portrait.person
    return enrolment.NewTemplate(
        portrait.pk,
        person.pk,
        person.holding_id,
        vector,
        until=rules.day_number(portrait.until),
        searchable=rules.searchable(
            person.report.state, portrait.basis, portrait.citation, withheld=portrait.withheld_at is not None
        ),
    )


def _failures(contract: Contract) -> Iterator[Failure]:
    """The live portraits that gave no template, by person."""
    reasons = dict(Unencoded.objects.filter(contract=contract).values_list("portrait", "reason"))
    waiting = queries.without_template(contract.digest, _today()).filter(pk__in=list(reasons))
    for portrait in waiting.select_related("person__holding").order_by("person__holding__name", "person__ref", "pk"):
        yield Failure(portrait.pk, portrait.person.ref, portrait.person.holding.name, REASONS[reasons[portrait.pk]])
