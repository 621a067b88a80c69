"""What people read of the ledger: entries page by page, and of a payload only what names nobody."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from string import Formatter

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.timezone import get_current_timezone

from antigone.ledger import actions
from antigone.ledger.entry import timestamp
from antigone.ledger.models import Checkpoint, Entry

PAGE = 50
REFUSAL = ":refuse"


@dataclass(frozen=True)
class Filters:
    """What the ledger is narrowed to; what is empty narrows nothing. Both days count."""

    room: str = ""
    action: str = ""
    verb: str = ""
    actor: str = ""
    object: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Veil:
    """What a reader is not told yet, since a moment: what others did of these actions, and what anybody did of those.

    Nothing is taken from the ledger: verification counts every entry, and other readers see them.
    """

    actor: str
    since: str
    of_others: tuple[str, ...]
    of_anybody: tuple[str, ...]

    @property
    def hidden(self) -> Q:
        others = Q(action__in=self.of_others) & ~Q(actor=self.actor)
        return Q(time__gte=self.since) & (others | Q(action__in=self.of_anybody))


def open_entries(veil: Veil | None) -> QuerySet[Entry]:
    """The entries that a reader is told."""
    return Entry.objects.all() if veil is None else Entry.objects.exclude(veil.hidden)


@dataclass(frozen=True)
class Page:
    """Some entries, the newest first, and the cursors of the pages beside it."""

    rows: list[Entry]
    next: int | None
    previous: int | None


@dataclass(frozen=True)
class Line:
    """One key of a payload; `kept` is True where its value stays in the ledger and is shown to nobody here."""

    key: str
    value: object
    kept: bool


@dataclass(frozen=True)
class Piece:
    """A part of a sentence: words, or the value of a field (`actor`, `object`, a key of the payload).

    `state` is "told", "kept" (it is in the ledger and not shown) or "erased".
    """

    text: str
    field: str = ""
    state: str = "told"


def entries(
    filters: Filters | None = None,
    *,
    after: int | None = None,
    before: int | None = None,
    limit: int = PAGE,
    veil: Veil | None = None,
) -> Page:
    """A page of the ledger, the newest first; `after` is the last number of the page before, `before` the first."""
    found = _narrowed(open_entries(veil), filters or Filters())
    size = max(1, min(limit, 200))
    if before is not None:
        later = list(found.filter(pk__gt=before).order_by("pk")[: size + 1])
        rows = later[:size][::-1]
        return Page(rows, rows[-1].pk if rows else None, rows[0].pk if len(later) > size else None)
    if after is not None:
        found = found.filter(pk__lt=after)
    rows = list(found.order_by("-pk")[: size + 1])
    shown = rows[:size]
    further = shown[-1].pk if len(rows) > size else None
    return Page(shown, further, shown[0].pk if after is not None and shown else None)


def entry(place: int, veil: Veil | None = None) -> Entry | None:
    """The entry at this place of the tree, which is the number that a verification names."""
    found: Entry | None = open_entries(veil).filter(index=place).first()
    return found


def checkpoints(*, after: int | None = None, limit: int = PAGE) -> list[Checkpoint]:
    """The checkpoints, the newest first, with the signatures of others; `after` is the last size that was seen."""
    found = Checkpoint.objects.prefetch_related("cosignatures").order_by("-size")
    if after is not None:
        found = found.filter(size__lt=after)
    return list(found[: max(1, min(limit, 200))])


def refusals(since: datetime, veil: Veil | None = None) -> list[tuple[str, int]]:
    """How often what was refused since a moment: actions and their numbers, the most frequent first."""
    found = open_entries(veil).filter(action__in=_named(verb="refuse"), time__gte=timestamp(since))
    counted = found.order_by().values_list("action").annotate(number=Count("pk")).order_by("-number", "action")
    return list(counted)


@dataclass(frozen=True)
class Looker:
    """Who looked at an object, how often, and when first and last."""

    actor: str
    times: int
    first: str
    last: str

    @property
    def first_at(self) -> datetime:
        return datetime.fromisoformat(self.first)

    @property
    def last_at(self) -> datetime:
        return datetime.fromisoformat(self.last)


def lookers(about: str, veil: Veil | None = None) -> list[Looker]:
    """Who looked at an object, who did last first."""
    found = open_entries(veil).filter(object=about, action__in=_named(verb="look")).order_by().values_list("actor")
    counted = found.annotate(times=Count("pk"), first=Min("time"), last=Max("time"))
    return [Looker(*row) for row in counted.order_by("-last", "actor")[:200]]


def disclosed(of: Entry) -> list[Line] | None:
    """The payload without what is personal in it; None where it was erased.

    What the rule of the action names stays in the ledger as evidence, for whoever proves an entry with a court's
    order in hand, and is not shown. Of an action that nobody decided on, nothing is.
    """
    if of.erased:
        return None
    payload = of.details or {}
    kept = withheld(of.action, payload)
    return [Line(key, None if key in kept else value, key in kept) for key, value in sorted(payload.items())]


def withheld(action: str, payload: Collection[str]) -> frozenset[str]:
    """The keys of a payload that are not shown."""
    known = {each.name: each for each in actions.every()}.get(action)
    if known is None or known.redact is None:
        return frozenset(payload)
    return frozenset(known.redact)


def sentence_of(action: str) -> str:
    """The sentence of an action as it was registered; for one that this version does not know, its name."""
    known = {each.name: each for each in actions.every()}.get(action)
    return known.sentence if known else "{actor} did " + action + " to {object}"


def pieces(of: Entry, sentence: str) -> list[Piece]:
    """The sentence of an entry in pieces, each value by itself; what is personal is kept back."""
    payload = of.details
    kept = withheld(of.action, payload or ())
    told = {"actor": of.actor, "object": of.object}
    found: list[Piece] = []
    for words, field, _form, _conversion in Formatter().parse(sentence):
        if words:
            found.append(Piece(words))
        if field is None:
            continue
        if field in told:
            found.append(Piece(told[field], field))
        elif field in kept and not of.erased:
            found.append(Piece("", field, "kept"))
        elif payload is None or field not in payload:
            found.append(Piece("", field, "erased"))
        else:
            found.append(Piece(_plain(payload[field]), field))
    return found


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _narrowed(found: QuerySet[Entry], filters: Filters) -> QuerySet[Entry]:
    if filters.action:
        found = found.filter(action=filters.action)
    elif filters.room or filters.verb:
        found = found.filter(action__in=_named(filters.room, filters.verb))
    if filters.actor:
        found = found.filter(actor=filters.actor)
    if filters.object:
        found = found.filter(object=filters.object)
    if filters.since is not None:
        found = found.filter(time__gte=_midnight(filters.since))
    if filters.until is not None:
        found = found.filter(time__lt=_midnight(filters.until + timedelta(days=1)))
    return found


def _named(room: str = "", verb: str = "") -> list[str]:
    """The registered actions of a room, or with a verb, or both."""
    return [
        each.name
        for each in actions.every()
        if (not room or each.room == room) and (not verb or each.name.endswith(f":{verb}"))
    ]


def _midnight(day: date) -> str:
    return timestamp(datetime.combine(day, time.min, get_current_timezone()))
