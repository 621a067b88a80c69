"""Triage: one person sorts a search's candidates, blind and shuffled, in blocks of eight (step 9 of the procedure).

What leaves this module is random keys, pictures made from pixels, and one's own judgements: no rank, score, reference,
name or record, nothing of anybody else's triage, and nothing that tells a filler from a candidate.
"""

from __future__ import annotations

import hashlib
import json
import random
import secrets
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework.errors import ExaminationRefused
from antigone.casework.judging import blind, settling
from antigone.casework.judging.lining_up import BLOCK, lineup_of
from antigone.casework.models import Case, Comparison, Judgement, Search, Triage, TriageItem
from antigone.ledger.services import record, recorded


@dataclass(frozen=True)
class Item:
    """One pair of a block: a key that means nothing elsewhere, and one's own judgement of it, empty until given."""

    key: UUID
    judgement: str


@dataclass(frozen=True)
class Block:
    """Some pairs of pictures to judge: which block of how many, and the photographs of the subject for all of them.

    `items` is empty when all is judged, and the triage can be finished.
    """

    triage: UUID
    number: int
    of: int
    photographs: tuple[UUID, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Sheet:
    """The block somebody is at, for a page: all of its pairs with one's own judgements, and the one to judge now.

    `now` is None once all is judged; the block is then the last one.
    """

    triage: UUID
    case: str
    number: int
    of: int
    photographs: tuple[UUID, ...]
    items: tuple[Item, ...]
    now: UUID | None
    may_undo: bool

    @property
    def judged(self) -> int:
        return sum(bool(each.judgement) for each in self.items)


@dataclass(frozen=True)
class Finished:
    """One's own triage that is finished: of which case, about which subject; nothing of what it came to."""

    case: str
    subject: int
    ours: bool


def shuffled(comparisons: list[UUID], seed: str) -> list[UUID]:
    """The order of a triage: the keys, which are random themselves, shuffled by a seed; so no order tells a rank."""
    order = sorted(comparisons)
    random.Random(seed).shuffle(order)  # noqa: S311 (an order that can be made again from its seed, and no secret)
    return order


def begin(search: int, who: Operator) -> UUID:
    """Begin one's triage of a search, or go on with the one begun; returns its key.

    Raises NotHere, Refused, or ExaminationRefused: for whoever has seen ranked output of the case, and for a search
    that lists nobody or was sorted by two people.
    """
    found = Search.objects.select_related("case__subject").filter(pk=search).first()
    if found is None:
        raise blind.not_here()
    case = blind.open_case_for(found, who, Permission.TRIAGE_DO)
    blind.mandated(case, who)
    with recorded():
        lineup = lineup_of(found)
        mine = Triage.objects.filter(lineup=lineup, actor=who.actor).first()
        if mine is not None:
            return mine.pk
        if lineup.ready_at is not None:
            raise ExaminationRefused(_("Two people have sorted what this search lists. Nothing was changed."))
        comparisons = list(lineup.comparisons.filter(settled_at=None))
        may_be_shown = list(blind.shown(comparisons, who))
        if not may_be_shown:
            raise ExaminationRefused(_("Nothing of what this search lists may be shown to you. Nothing was changed."))
        seed = secrets.token_hex(32)
        triage = Triage.objects.create(
            lineup=lineup, actor=who.actor, agency=who.agency, seed=seed, begun_at=timezone.now()
        )
        TriageItem.objects.bulk_create(
            TriageItem(triage=triage, comparison_id=key, place=place)
            for place, key in enumerate(shuffled(may_be_shown, seed))
        )
        record("casework:triage:begin", actor=who.actor, object=f"triage:{triage.pk}", seed=seed)
    return triage.pk


def block(triage: UUID, who: Operator) -> Block:
    """The block to judge now: the first in which something is left; an empty one at the end. Raises as `begin`."""
    found, _case = _mine(triage, who)
    items, open_now = _items(found, who)
    left = [each for each in items if each.pk in open_now and not each.judgement]
    number = left[0].place // BLOCK if left else -1
    return Block(
        triage=found.pk,
        number=number + 1,
        of=-(-len(items) // BLOCK),
        photographs=tuple(blind.photographs_of(found.lineup.search)),
        items=tuple(
            Item(each.pk, each.judgement) for each in items if each.place // BLOCK == number and each.pk in open_now
        ),
    )


def sheet(triage: UUID, who: Operator) -> Sheet:
    """The block to judge now with all that one judged in it; the last one at the end. Raises as `begin`."""
    found, case = _mine(triage, who)
    items, open_now = _items(found, who)
    shown = [each for each in items if each.pk in open_now]
    left = next((each for each in shown if not each.judgement), None)
    at = left or (shown[-1] if shown else None)
    number = at.place // BLOCK if at is not None else 0
    return Sheet(
        triage=found.pk,
        case=case.code,
        number=number + 1,
        of=-(-len(items) // BLOCK),
        photographs=tuple(blind.photographs_of(found.lineup.search)),
        items=tuple(Item(each.pk, each.judgement) for each in shown if each.place // BLOCK == number),
        now=left.pk if left is not None else None,
        may_undo=any(each.judgement for each in shown),
    )


def finished(triage: UUID, who: Operator) -> Finished:
    """One's own triage once it is finished; the same whatever anybody else did since. Raises NotHere or Refused."""
    access.require(who, Permission.TRIAGE_DO, object=f"triage:{triage}")
    found = (
        Triage.objects.select_related("lineup__search__case")
        .filter(pk=triage, actor=who.actor, finished_at__isnull=False)
        .first()
    )
    if found is None or found.lineup.search.case.agency_id not in blind.agencies_worked_for(who):
        raise blind.not_here()
    case = found.lineup.search.case
    return Finished(case.code, case.subject_id, case.agency_id == who.agency_id)


def photograph(triage: UUID, picture: UUID, who: Operator) -> bytes:
    """A photograph of the subject, behind its veil until asked for; a JPEG. Raises NotHere or Refused."""
    found, _case = _mine(triage, who)
    return blind.photograph(found.lineup.search, picture, who)


def portrait(item: UUID, who: Operator) -> bytes:
    """The portrait of an item of the block that is being judged; a JPEG. When it was first shown is kept."""
    one = _item(item, who)
    picture = blind.portrait(one.comparison, who)
    TriageItem.objects.filter(pk=one.pk, shown_at=None).update(shown_at=timezone.now())
    return picture


def judge(item: UUID, judgement: str, who: Operator) -> None:
    """Keep, set aside, or cannot tell; until the triage is finished it may be judged anew.

    Raises ExaminationRefused for a pair that one has not looked at, or a triage that is finished.
    """
    one = _item(item, who)
    if judgement not in Judgement.values:
        raise ExaminationRefused(_("Keep, set aside, or cannot tell: choose one. Nothing was changed."))
    if one.shown_at is None:
        raise ExaminationRefused(_("Look at the two pictures first. Nothing was changed."))
    with recorded():
        # Finished elsewhere in this moment: what was finished stays as it was.
        held = Triage.objects.select_for_update().get(pk=one.triage_id)
        if held.finished_at is not None:
            raise _finished()
        TriageItem.objects.filter(pk=one.pk).update(judgement=judgement, judged_at=timezone.now())
        record("casework:triage:judge", actor=who.actor, object=f"triage:{held.pk}")


def undo(triage: UUID, who: Operator) -> UUID:
    """Take back the judgement that was given last; returns its key. What was shown, and when first, stays on record."""
    found, _case = _mine(triage, who)
    _all, open_now = _items(found, who)
    with recorded():
        held = Triage.objects.select_for_update().get(pk=found.pk)
        if held.finished_at is not None:
            raise _finished()
        last = (
            TriageItem.objects.filter(triage=held, pk__in=open_now)
            .exclude(judgement="")
            .order_by("-judged_at", "-place")
            .first()
        )
        if last is None:
            raise ExaminationRefused(_("Nothing is judged that could be taken back. Nothing was changed."))
        TriageItem.objects.filter(pk=last.pk).update(judgement="", judged_at=None)
        record("casework:triage:undo", actor=who.actor, object=f"triage:{held.pk}")
    return last.pk


def finish(triage: UUID, who: Operator) -> None:
    """Finish one's triage, once all is judged; it says the same whether another has finished or not."""
    found, _case = _mine(triage, who)
    with recorded():
        # Searches are held first wherever several rows are, so that two who finish in one moment take turns.
        Search.objects.select_for_update().get(pk=found.lineup.search_id)
        if not Triage.objects.filter(pk=found.pk, finished_at=None).update(finished_at=timezone.now()):
            raise _finished()
        # Asked once the triage is held: what is taken back in this moment is not finished without a judgement.
        items, open_now = _items(found, who)
        if any(each.pk in open_now and not each.judgement for each in items):
            raise ExaminationRefused(_("Not everything is judged yet. Nothing was changed."))
        judged = sorted(
            [str(key), judgement]
            for key, judgement in TriageItem.objects.filter(triage=found).values_list("comparison", "judgement")
        )
        # With the nonce of the lineup, so that nobody finds the judgements by trying all of them.
        record(
            "casework:triage:finish",
            actor=who.actor,
            object=f"triage:{found.pk}",
            judged_sha256=hashlib.sha256(json.dumps([found.lineup.nonce, judged]).encode()).hexdigest(),
        )
        settling.after_triage(found.lineup)


def _finished() -> ExaminationRefused:
    return ExaminationRefused(_("This triage is finished; what was judged stays. Nothing was changed."))


def _mine(triage: UUID, who: Operator) -> tuple[Triage, Case]:
    """One's own triage, while one may work on it; raises NotHere, Refused or ExaminationRefused."""
    found = Triage.objects.select_related("lineup__search__case").filter(pk=triage, actor=who.actor).first()
    if found is None:
        raise blind.not_here()
    case = blind.open_case_for(found.lineup.search, who, Permission.TRIAGE_DO)
    if found.finished_at is not None:
        raise _finished()
    return found, case


def _items(triage: Triage, who: Operator) -> tuple[list[TriageItem], set[UUID]]:
    """The items of a triage in their order, and the keys of those whose portrait may be shown today."""
    items = list(triage.items.select_related("comparison").order_by("place"))
    comparisons: list[Comparison] = [each.comparison for each in items]
    may_be_shown = blind.shown(comparisons, who)
    return items, {each.pk for each in items if each.comparison_id in may_be_shown}


def _item(item: UUID, who: Operator) -> TriageItem:
    """An item of the block that is judged now, or of one before it; raises as `_mine`."""
    found = TriageItem.objects.select_related("comparison").filter(pk=item, triage__actor=who.actor).first()
    if found is None:
        raise blind.not_here()
    triage, _case = _mine(found.triage_id, who)
    items, open_now = _items(triage, who)
    left = [each.place for each in items if each.pk in open_now and not each.judgement]
    if found.pk not in open_now or (left and found.place // BLOCK > left[0] // BLOCK):
        raise blind.not_here()
    return found
