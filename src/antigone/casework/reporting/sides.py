"""What each side of a comparison says, as far as this reader may read it: statements, and what is kept back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from antigone.access.models import Operator
from antigone.casework.searching import secondary
from antigone.description import reading
from antigone.description.catalogue import FIELDS
from antigone.description.statement import StatementBase
from antigone.evidence.secondary import AnteMortem, PostMortem
from antigone.missing import disclosing as persons
from antigone.missing.models import Person
from antigone.missing.models import Statement as PersonStatement
from antigone.missing.sharing import sources_shown
from antigone.remains import disclosing as remains
from antigone.remains.models import Statement as SubjectStatement
from antigone.remains.models import Subject

# Names and numbers that lead an examiner's eyes.
INSCRIBED = frozenset({"disc", "paper", "service.number", "service.card", "identifier"})
INSCRIPTION = "inscription"

SENSITIVE, INSCRIPTIONS, SOURCES = "sensitive", "inscriptions", "sources"


@dataclass(frozen=True)
class Side:
    """One record of a comparison: what it is called, what it says, and what of it this reader was not given."""

    label: str
    standing: Mapping[str, Sequence[StatementBase]]
    discloses: frozenset[str]
    kept_back: tuple[str, ...] = ()
    sources: bool = True
    names: tuple[str, ...] = field(default=())


def of_person(person: Person, who: Operator) -> Side:
    """A missing person's side."""
    standing: dict[str, Any] = reading.current(PersonStatement, person)
    shown, named = persons.sensitive_shown(person, who), sources_shown(person, who)
    kept, back = _without_sensitive(standing, shown)
    names = tuple(person.names.order_by("spelling", "pk").values_list("text", flat=True))
    discloses = {SENSITIVE} if shown and _any_sensitive(standing) else set()
    return Side(person.ref, kept, frozenset(discloses | ({SOURCES} if named else set())), back, named, names)


def of_subject(subject: Subject, who: Operator) -> Side:
    """The side of remains, or of a living person."""
    standing: dict[str, Any] = reading.current(SubjectStatement, subject)
    shown, inscribed = remains.sensitive_shown(subject, who), remains.inscriptions_shown(who)
    kept, back = _without_sensitive(standing, shown)
    if not inscribed:
        hidden = [key for key in kept if key in INSCRIBED]
        kept = {key: rows for key, rows in kept.items() if key not in INSCRIBED}
        kept = {key: [_uninscribed(each) for each in rows] for key, rows in kept.items()}
        back = (*back, *hidden)
    discloses = {SENSITIVE} if shown and _any_sensitive(standing) else set()
    return Side(subject.code, kept, frozenset(discloses | ({INSCRIPTIONS} if inscribed else set())), back)


def told(person: Person, side: Side) -> AnteMortem:
    """The side as the comparison takes it."""
    return secondary.told_of(person, side.standing)


def found(subject: Subject, side: Side) -> PostMortem:
    """The same of remains."""
    return secondary.found_on(subject, secondary.examined(side.standing))


def may_read(report_discloses: Sequence[str], sides: Sequence[frozenset[str]]) -> bool:
    """Whether somebody to whom these sides are open with this may read a report that discloses so much."""
    held = frozenset[str]().union(*sides)
    return frozenset(report_discloses) <= held


def _without_sensitive(
    standing: dict[str, list[StatementBase]], shown: bool
) -> tuple[dict[str, list[StatementBase]], tuple[str, ...]]:
    if shown:
        return standing, ()
    kept = {key: rows for key, rows in standing.items() if not FIELDS[key].sensitive}
    return kept, tuple(key for key in standing if FIELDS[key].sensitive)


def _any_sensitive(standing: Mapping[str, Any]) -> bool:
    return any(FIELDS[key].sensitive for key in standing)


def _uninscribed(statement: StatementBase) -> StatementBase:
    if isinstance(statement.value, dict) and INSCRIPTION in statement.value:
        # The row at hand alone, which nobody saves: a statement is never changed.
        statement.value = {key: said for key, said in statement.value.items() if key != INSCRIPTION}
    return statement
