"""Statements as the pages show them: lines with provenance, and histories."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, cast

from antigone.access.models import Operator
from antigone.description.bases import LegalBasis
from antigone.description.fields import Field
from antigone.description.given import How
from antigone.description.spoken import spoken, when
from antigone.description.statement import StatementBase
from antigone.web.showing import Datum, Told

State = Literal["known", "unknown", "absent"]
HistoryOf = Callable[[Field, StatementBase], str]
TakeBack = Callable[[StatementBase], str]


def data(
    fields: Iterable[Field],
    current: Mapping[str, Sequence[StatementBase]],
    *,
    names: Mapping[str, str],
    sensitive: bool = True,
    sources: bool = True,
    history: HistoryOf | None = None,
) -> list[Datum]:
    """A line for each field, several for the items of one with many, and "not asked" where nothing is stated.

    `names` are those of `names_of`; `history(field, statement)` is the address of a datum's history. Where `sensitive`
    is False, fields of that sort are left out; where `sources` is False, nobody is named who said it.
    """
    lines: list[Datum] = []
    for field in fields:
        if field.sensitive and not sensitive:
            continue
        standing = current.get(field.key, ())
        if not standing:
            lines.append(Datum(_capital(field), state="not-asked", sensitive=field.sensitive))
        lines += [
            Datum(
                _capital(field),
                spoken(each),
                state=cast(State, each.certainty),
                source=each.source if sources else "",
                how=How(each.how).label,
                said_on=when(each.said_on) if each.said_on else "",
                basis=LegalBasis(each.basis).label,
                citation=each.citation,
                recorded_by=names.get(each.recorded_by, ""),
                recorded_at=each.recorded_at,
                history=history(field, each) if history is not None else "",
                sensitive=field.sensitive,
            )
            for each in standing
        ]
    return lines


def told(history: Sequence[StatementBase], *, take_back: TakeBack | None = None, sources: bool = True) -> list[Told]:
    """The history of a datum, the newest first; one more query, for the names.

    `take_back(statement)` is the address where one that stands is withdrawn, for who may. Without `sources` nobody is
    named who said it, and no reason is told.
    """
    names = names_of(actor for each in history for actor in (each.recorded_by, each.ended_by or ""))
    return [
        Told(
            spoken(each),
            state=cast(State, each.certainty),
            source=each.source if sources else "",
            how=How(each.how).label,
            said_on=when(each.said_on) if each.said_on else "",
            recorded_by=names.get(each.recorded_by, ""),
            recorded_at=each.recorded_at,
            ended_at=each.ended_at,
            ended_by=names.get(each.ended_by or "", ""),
            withdrawn=each.withdrawn,
            end_reason=(each.end_reason or "") if sources else "",
            take_back=take_back(each) if take_back is not None and each.stands else "",
        )
        for each in history
    ]


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """The names behind actors, in one query; what is no person here (the system, an import) keeps its own word."""
    wanted = {actor for actor in actors if actor}
    numbers = {int(actor.partition(":")[2]): actor for actor in wanted if _is_somebody(actor)}
    found = {numbers[pk]: name for pk, name in Operator.objects.filter(pk__in=numbers).values_list("pk", "name")}
    return {actor: found.get(actor, actor) for actor in wanted}


def _is_somebody(actor: str) -> bool:
    kind, _colon, number = actor.partition(":")
    return kind in ("operator", "token") and number.isascii() and number.isdigit()


def _capital(field: Field) -> str:
    label = str(field.label)
    return label[:1].upper() + label[1:]
