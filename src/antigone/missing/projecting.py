"""Repeat the statements in force in the columns and name rows that lists, searches and comparisons read.

A column follows the statements of its keys from the first of them on; what an older enrolment wrote in it and nobody
has stated since stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils import translation

from antigone.description import dates
from antigone.description.catalogue import FIELDS
from antigone.description.errors import BadStatement
from antigone.description.fields import Field
from antigone.description.given import Certainty
from antigone.description.statements import current
from antigone.missing import rules
from antigone.missing.models import Person, PersonName, Sex, Statement

Standing = dict[str, list[Statement]]

PLACE_LENGTH, NAME_LENGTH, DATE_LENGTH = 200, 200, 32


def project(person: Person, keys: Iterable[str]) -> None:
    """Bring the columns and names that repeat these keys up to date, in the caller's transaction."""
    touched = set(keys)
    columns = {column for column, (of, _fill) in COLUMNS.items() if touched & set(of)}
    if not columns and "name" not in touched:
        return
    standing = current(Statement, person)
    if columns:
        for column in columns:
            setattr(person, column, COLUMNS[column][1](standing))
        if "birth_date" in columns:
            person.born_from, person.born_to = bounds(person.birth_date)
            columns |= {"born_from", "born_to"}
        person.save(update_fields=sorted(columns))
    if "name" in touched:
        _project_names(person, standing.get("name", []))


def bounds(text: str) -> tuple[Any, Any]:
    """The first and last day of a date as a column has it; nothing for a text that is no date."""
    try:
        return dates.bounds(text)
    except BadStatement:
        return None, None


def _known(standing: Standing, key: str) -> list[Any]:
    return [each.value for each in standing.get(key, ()) if each.certainty == Certainty.KNOWN]


def _one(standing: Standing, key: str) -> Any:
    known = _known(standing, key)
    return known[0] if known else None


def _sex(standing: Standing) -> str:
    said = _one(standing, "sex")
    return str(said) if said in Sex.values else Sex.UNKNOWN.value


def _birth_date(standing: Standing) -> str:
    return str(_one(standing, "birth.date") or _one(standing, "birth.words") or "")[:DATE_LENGTH]


def _stature(standing: Standing) -> int | None:
    said = _one(standing, "desc.stature")
    return None if said is None else round(said["cm"])


def _last_seen_on(standing: Standing) -> str:
    return str(_one(standing, "event.date") or "")


def _last_seen_place(standing: Standing) -> str:
    return str(_one(standing, "event.place") or "")[:PLACE_LENGTH]


def _marks(standing: Standing) -> str:
    return _in_words(standing, ("mark.words", "mark"))


def _effects(standing: Standing) -> str:
    return _in_words(standing, ("effect.words", "clothing", "effect"))


def _in_words(standing: Standing, keys: Sequence[str]) -> str:
    """What stands under these keys as lines of text; the words of closed lists are written in English."""
    with translation.override("en"):
        return "\n".join(line for key in keys for value in _known(standing, key) if (line := words(FIELDS[key], value)))


def words(field: Field, value: Any) -> str:
    """A value of a group in one line, its parts in their order; a text as it is."""
    if not isinstance(value, dict):
        return str(value)
    said = (part.said(str(value[part.key])) for part in field.parts if value.get(part.key) not in (None, ""))
    return ", ".join(str(each) for each in said)


COLUMNS: dict[str, tuple[tuple[str, ...], Callable[[Standing], Any]]] = {
    "sex": (("sex",), _sex),
    "birth_date": (("birth.date", "birth.words"), _birth_date),
    "stature_cm": (("desc.stature",), _stature),
    "marks": (("mark.words", "mark"), _marks),
    "effects": (("effect.words", "clothing", "effect"), _effects),
    "last_seen_on": (("event.date",), _last_seen_on),
    "last_seen_place": (("event.place",), _last_seen_place),
}


def _project_names(person: Person, standing: Sequence[Statement]) -> None:
    """Names that no statement gave (an older enrolment wrote them) stay until a statement writes the same."""
    wanted: dict[str, PersonName] = {}
    for statement in standing:
        if statement.certainty == Certainty.KNOWN:
            for name in names_of(person, statement):
                wanted.setdefault(name.text, name)
    there = {name.text: name for name in PersonName.objects.filter(person=person)}
    gone = [name.pk for name in there.values() if name.item is not None and name.text not in wanted]
    PersonName.objects.filter(pk__in=gone).delete()
    for text, name in wanted.items():
        # A row that is there keeps its number: a merge of two records remembers it.
        name.pk = there[text].pk if text in there else None
        name.save()


def names_of(person: Person, statement: Statement) -> list[PersonName]:
    """The rows that one statement of a name comes to: the name, and its spellings on papers."""
    value: dict[str, Any] = statement.value or {}
    kind, borne = value.get("kind", ""), _borne(value)
    whole = value.get("full") or " ".join(value[part] for part in ("surname", "given", "patronymic") if value.get(part))
    spellings = [each.strip() for each in value.get("transliterations", "").split(";")]
    texts = [text[:NAME_LENGTH] for text in dict.fromkeys([whole, *spellings]) if text]
    return [
        PersonName(
            person=person,
            text=text,
            script=(value.get("script") if text == whole else None) or rules.script_of(text),
            kind=kind,
            borne=borne,
            spelling=text != whole[:NAME_LENGTH],
            item=statement.item,
        )
        for text in texts
    ]


def _borne(value: dict[str, Any]) -> str:
    first, last = value.get("from", ""), value.get("until", "")
    return f"{first or '..'}/{last or '..'}" if first or last else ""
