"""What a giver's record says of new persons, written as statements, in few queries however many persons there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from antigone.description import noting, statements
from antigone.description.bases import LegalBasis
from antigone.description.catalogue import FIELDS
from antigone.description.errors import BadStatement
from antigone.description.given import Given, How
from antigone.missing.models import Basis, Person, PersonName, Sex, Statement
from antigone.missing.projecting import names_of
from antigone.missing.records import PersonRecord
from antigone.missing.rewording import reword
from antigone.missing.rules import script_of

LEGAL_BASIS = {
    Basis.FAMILY_CONSENT: LegalBasis.FAMILY_CHOICE,
    Basis.OWN_SERVICE: LegalBasis.CONVENTION_DUTY,
    Basis.PARTNER_AGREEMENT: LegalBasis.STATUTE,
    Basis.PUBLIC_REGISTER: LegalBasis.STATUTE,
}


def state_reported(new: Sequence[tuple[Person, PersonRecord]], basis: str, citation: str, actor: str) -> None:
    """Write what is told of persons who were recorded just now, with names and an entry each, in the transaction.

    A text that cannot be stated (a birth date in words that are no date goes under its own key) stays in its column.
    """
    given = [
        (person, key, said)
        for person, told in new
        for key, said in _said(told, LEGAL_BASIS[Basis(basis)].value, citation)
        if _can_be_stated(key, said)
    ]
    by_person: dict[int, list[Statement]] = {}
    for statement in statements.write_new(Statement, given, actor):
        by_person.setdefault(statement.person_id, []).append(statement)
    names: list[PersonName] = []
    for person, told in new:
        written = by_person.get(person.pk, [])
        names += _names(person, told, written)
        noting.note(written, actor=actor, action="missing:datum:state", thing=f"person:{person.pk}")
    PersonName.objects.bulk_create(names)
    reword([person for person, _told in new])


def _said(told: PersonRecord, basis: str, citation: str) -> Iterator[tuple[str, Given]]:
    def given(value: object) -> Given:
        return Given(value, basis=basis, how=How.REPORTED.value, source=told.given_by, citation=citation)

    for name in dict.fromkeys(told.names):
        yield "name", given({"kind": "current", "full": name, "script": _script(name)})
    if told.sex != Sex.UNKNOWN:
        yield "sex", given(told.sex)
    if told.birth_date:
        date = given(told.birth_date)
        yield ("birth.date" if _can_be_stated("birth.date", date) else "birth.words"), date
    if told.stature_cm is not None:
        yield "desc.stature", given({"cm": told.stature_cm})
    plain = {
        "mark.words": told.marks,
        "effect.words": told.effects,
        "event.date": told.last_seen_on,
        "event.place": told.last_seen_place,
    }
    yield from ((key, given(text)) for key, text in plain.items() if text)


def _script(name: str) -> str:
    found = script_of(name)
    return found if found in FIELDS["name"].part("script").values else "Zyyy"


def _can_be_stated(key: str, given: Given) -> bool:
    try:
        statements.checked(FIELDS[key], given)
    except BadStatement:
        return False
    return True


def _names(person: Person, told: PersonRecord, written: Sequence[Statement]) -> list[PersonName]:
    rows = {name.text: name for each in written if each.key == "name" for name in names_of(person, each)}
    for text in told.names:
        rows.setdefault(text, PersonName(person=person, text=text, script=script_of(text)))
    return list(rows.values())
