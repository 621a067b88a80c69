"""Find missing persons as one types, over names in every script, references, marks and effects; and their doubles."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from django.db.models import Prefetch, QuerySet

from antigone import naming
from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.access.scope import Scope, agencies_open_to
from antigone.description import filing, seeking
from antigone.description.filing import batched
from antigone.description.seeking import Reason
from antigone.description.statements import current_of
from antigone.description.wording import Wording
from antigone.missing.models import Person, PersonName, PersonToken, Portrait, ReportState, Sex, Statement
from antigone.missing.projecting import bounds

# From here on two names are near enough for a warning: a patronymic may be missing, a spelling be another.
ALIKE: Final = 0.84
# A family's memory of a birth date and a register's are often a year apart.
BIRTH_SLACK: Final = timedelta(days=366)
MOST_DOUBLES: Final = 20
# A record may have been merged into one that was merged in its turn, and so on; nobody does so more often than this.
MOST_MERGES: Final = 8
# What of a person a hit and a comparison need.
_SHOWN: Final = (
    "ref", "sex", "birth_date", "born_from", "born_to", "last_seen_on", "last_seen_place", "merged_into_id",
    "holding__name", "holding__agency_id", "report__state",
)  # fmt: skip


@dataclass(frozen=True)
class Hit:
    """A missing person in one line, how well they agree with what was sought, and why they are shown.

    `through` are the references of records that were merged into this one and led to it; `cursor` is what `find` goes
    on from.
    """

    pk: int
    ref: str
    holding: str
    agency: int
    names: tuple[str, ...]
    sex: str
    birth_date: str
    last_seen_on: str
    last_seen_place: str
    state: str
    likeness: float
    because: tuple[Reason, ...]
    through: tuple[str, ...] = ()
    cursor: str = ""


def index(person: Person) -> None:
    """Write the words of a person anew, in the caller's transaction."""
    index_many([person])


def index_many(persons: Iterable[Person]) -> None:
    """Write the words of these persons anew, in the caller's transaction, a few queries for each two hundred.

    Whoever's report was withdrawn is filed under nothing: nobody finds them.
    """
    for pks in batched([person.pk for person in persons]):
        rows = _whole(Person.objects.filter(pk__in=pks))
        standing = current_of(Statement, pks)
        filing.file(PersonToken, {row.pk: (row.holding.agency_id, _wording(row, standing[row.pk])) for row in rows})


def index_all(progress: Callable[[int], None] | None = None, *, again: bool = False) -> int:
    """File every person who is not filed yet (or everybody again); how many. It may be stopped and started anew."""
    withdrawn = Person.objects.filter(report__state=ReportState.WITHDRAWN).values("pk")
    return filing.file_all(PersonToken, Person.objects.exclude(pk__in=withdrawn), index_many, progress, again=again)


def _wording(person: Person, standing: dict[str, list[Statement]]) -> Wording:
    words = Wording()
    if _state(person) == ReportState.WITHDRAWN:
        return words
    words.code(person.ref)
    for name in person.names.all():
        words.name(name.text)
    words.statements(standing)
    # What an older enrolment wrote stands in the columns alone.
    for text in (person.marks, person.effects, person.last_seen_place):
        words.text(text)
    return words


def find(who: Operator, text: str, *, limit: int = 20, after: str | None = None) -> list[Hit]:
    """The persons whom what was typed may mean, the likeliest first, of the agencies open to this person.

    A last word may be begun only. The number of queries and the rows they read do not grow with the records: of a
    word that very many share only some are read, and another word beside it makes the answer whole. Raises Refused.
    """
    access.require(who, Permission.PERSON_READ, object=f"agency:{who.agency_id}")
    sought = seeking.typed(text)
    if not sought:
        return []
    agencies = agencies_open_to(who, Scope.PERSONS)
    best: dict[int, Hit] = {}
    found = seeking.candidates(PersonToken, agencies, sought)
    people = _people([each.record for each in found])
    for each in found:
        person = people.get(each.record)
        counting = _counting(person, people)
        if person is None or counting is None or not _shown(counting, agencies):
            continue
        names = tuple(dict.fromkeys((*_names(counting), *_names(person))))
        agreed = seeking.agreement(sought, each, names)
        if agreed < seeking.SHOWN_FROM:
            continue
        score = seeking.score(agreed, text, names)
        through = () if person.pk == counting.pk else (person.ref,)
        _keep_better(best, _hit(counting, score, each.reasons, through))
    ranked = seeking.in_order(((hit.likeness, hit.pk, hit) for hit in best.values()), limit, after)
    return [replace(hit, cursor=cursor) for hit, cursor in ranked]


def duplicates(person: Person) -> list[Hit]:
    """Records of the same agency that may be of the same person, the likeliest first: a warning, never a bar.

    Near names that no birth date or sex contradicts; or the same picture under another reference.
    """
    agency = {person.holding.agency_id}
    own = tuple(PersonName.objects.filter(person=person).values_list("text", flat=True))
    of_name = seeking.of_same_name(PersonToken, person.holding.agency_id, own)
    pictured = set(
        Portrait.objects.filter(
            sha256__in=list(Portrait.objects.filter(person=person).values_list("sha256", flat=True)[:100]),
            person__holding__agency=person.holding.agency_id,
        ).values_list("person", flat=True)[: seeking.MOST_CLOSELY]
    )
    people = _people(sorted(of_name | pictured | {person.pk}))
    myself = _counting(people.get(person.pk), people)
    best: dict[int, Hit] = {}
    for pk in sorted(of_name | pictured):
        other = people.get(pk)
        counting = _counting(other, people)
        if other is None or counting is None or counting == myself or not _shown(counting, agency):
            continue
        like = max((naming.likeness(mine, theirs) for mine in own for theirs in _names(other)), default=0.0)
        near = like >= ALIKE and _may_be(person, other)
        if near or pk in pictured:
            because = (*((Reason.NAME,) if near else ()), *((Reason.PORTRAIT,) if pk in pictured else ()))
            through = () if other.pk == counting.pk else (other.ref,)
            _keep_better(best, _hit(counting, 1.0 if pk in pictured else round(like, 4), because, through))
    return sorted(best.values(), key=lambda hit: (-hit.likeness, hit.pk))[:MOST_DOUBLES]


def alike(who: Operator, names: Collection[str], sex: str, birth_date: str) -> list[Hit]:
    """Records of the operator's agency that may be of a person who is about to be recorded, the likeliest first.

    As `duplicates`, for somebody who has no record yet. Raises Refused.
    """
    access.require(who, Permission.PERSON_READ, object=f"agency:{who.agency_id}")
    born_from, born_to = bounds(birth_date)
    nobody = Person(sex=sex, born_from=born_from, born_to=born_to)
    people = _people(sorted(seeking.of_same_name(PersonToken, who.agency_id, names)))
    best: dict[int, Hit] = {}
    for pk in sorted(people):
        counting = _counting(people[pk], people)
        if counting is None or not _shown(counting, {who.agency_id}):
            continue
        like = max((naming.likeness(mine, theirs) for mine in names for theirs in _names(people[pk])), default=0.0)
        if like >= ALIKE and _may_be(nobody, people[pk]):
            through = () if pk == counting.pk else (people[pk].ref,)
            _keep_better(best, _hit(counting, round(like, 4), (Reason.NAME,), through))
    return sorted(best.values(), key=lambda hit: (-hit.likeness, hit.pk))[:MOST_DOUBLES]


def _may_be(one: Person, other: Person) -> bool:
    """Whether neither sex nor birth date says that these are two persons."""
    sexes = {one.sex, other.sex} - {Sex.UNKNOWN.value}
    if len(sexes) > 1:
        return False
    if one.born_from is None or one.born_to is None or other.born_from is None or other.born_to is None:
        return True
    return one.born_from <= other.born_to + BIRTH_SLACK and other.born_from <= one.born_to + BIRTH_SLACK


def _whole(rows: QuerySet[Person]) -> QuerySet[Person]:
    names = Prefetch("names", PersonName.objects.order_by("spelling", "pk"))
    return rows.select_related("holding", "report").prefetch_related(names)


def _people(pks: Collection[int]) -> dict[int, Person]:
    """These persons with their names, and those whom they were merged into."""
    people: dict[int, Person] = {}
    wanted = set(pks)
    for _turn in range(MOST_MERGES):
        if not wanted:
            break
        rows = _whole(Person.objects.filter(pk__in=sorted(wanted))).only(*_SHOWN)
        people.update((person.pk, person) for person in rows)
        wanted = {each.merged_into_id for each in people.values() if each.merged_into_id is not None} - people.keys()
    return people


def _counting(person: Person | None, people: dict[int, Person]) -> Person | None:
    """The record that counts for a person: their own, or the one that it was merged into."""
    for _turn in range(MOST_MERGES):
        if person is None or person.merged_into_id is None:
            return person
        person = people.get(person.merged_into_id)
    return None


def _shown(person: Person, agencies: Collection[int]) -> bool:
    return person.holding.agency_id in agencies and _state(person) != ReportState.WITHDRAWN


def _names(person: Person) -> tuple[str, ...]:
    return tuple(name.text for name in person.names.all())


def _state(person: Person) -> str:
    report = getattr(person, "report", None)
    return report.state if report is not None else ""


def _hit(person: Person, score: float, because: tuple[Reason, ...], through: tuple[str, ...]) -> Hit:
    return Hit(
        pk=person.pk,
        ref=person.ref,
        holding=person.holding.name,
        agency=person.holding.agency_id,
        names=_names(person),
        sex=person.sex,
        birth_date=person.birth_date,
        last_seen_on=person.last_seen_on,
        last_seen_place=person.last_seen_place,
        state=_state(person),
        likeness=score,
        because=because,
        through=through,
    )


def _keep_better(best: dict[int, Hit], hit: Hit) -> None:
    """Keep one line for each record, the better one, with every record that led to it."""
    held = best.get(hit.pk)
    if held is not None:
        through = tuple(dict.fromkeys((*held.through, *hit.through)))
        hit = replace(hit if hit.likeness > held.likeness else held, through=through)
    best[hit.pk] = hit
