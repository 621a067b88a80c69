"""Whom a search puts before people at triage: the fewest candidates, in whole blocks, known strangers among them."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import ceil
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antigone.casework.errors import ExaminationRefused
from antigone.casework.models import Comparison, Filler, Lineup, NamedCandidate, Search
from antigone.description import dates
from antigone.enrolment.models import Template
from antigone.ledger.services import record, recorded
from antigone.missing.models import Person, Portrait, ReportState
from antigone.missing.rules import day_number

BLOCK = 8
MISS_RATE = 0.05
"""The stated miss rate: a lineup is as long as it takes to lack at most one in twenty of those who are there.

The rate is this project's choice: we know of no published number. It is one for all, so that every lineup of an
instance, and of two that work together, means the same.
"""

MOST_BLOCKS = 7
"""Where no list meets the rate, so many blocks go at most: the length of the list that a search gives by default."""

SYSTEM = "system:casework"
SEEN_LATER = "seen alive after the recovery"


class Basis(StrEnum):
    """On what ground so many candidates, and no more, go to triage."""

    MISS_RATE = "miss-rate"
    MISS_RATE_NOT_MET = "miss-rate-not-met"
    OPERATING_POINT = "operating-point"
    NO_OPERATING_POINT = "no-operating-point"

    @property
    def label(self) -> Promise:
        return _BASES[self]


_BASES: dict[Basis, Promise] = {
    Basis.MISS_RATE: gettext_lazy(
        "the fewest of the list that meet the stated miss rate (at most one in twenty of those who are there is beyond "
        "them, as measured on the living and on stand-ins), all that pass the operating point, and the next of the "
        "list to fill the last block"
    ),
    Basis.MISS_RATE_NOT_MET: gettext_lazy(
        "the first of the list as far as a lineup goes: on photographs like these no such list meets the stated miss "
        "rate, so that more than one in twenty of those who are there may be beyond it"
    ),
    Basis.OPERATING_POINT: gettext_lazy(
        "those that pass the operating point of the search, and the next of the list to fill the last block; no miss "
        "rate is known for this search"
    ),
    Basis.NO_OPERATING_POINT: gettext_lazy(
        "the first of the list, one block of them: no operating point was measured, and no miss rate is known"
    ),
}


@dataclass(frozen=True)
class Wanted:
    """How many candidates have to go to triage at least, and on what ground."""

    candidates: int
    basis: Basis


def wanted(answer: Mapping[str, Any], passing: int, rate: float = MISS_RATE) -> Wanted:
    """The fewest candidates that meet the miss rate, all that pass among them; without a rate, those that pass.

    Read from an answer as it is kept; one of a version that stated no miss rate has none.
    """
    rows = (answer.get("missed") or {}).get("beyond") or []
    if not rows:
        known = answer.get("operating_point")
        return Wanted(passing, Basis.OPERATING_POINT if known else Basis.NO_OPERATING_POINT)
    fewest = next((int(row[0]) for row in rows if row[1] <= rate), None)
    most = MOST_BLOCKS * (BLOCK - 1)
    if fewest is None or fewest > most:
        return Wanted(max(most, passing), Basis.MISS_RATE_NOT_MET)
    return Wanted(max(fewest, passing), Basis.MISS_RATE)


def how_many(needed: int, listed: int, strangers: int) -> tuple[int, int]:
    """How many candidates and how many fillers go to triage: whole blocks of eight, one filler a block where there is.

    All that are needed go, and the next of the list to fill the last block, as far as there are any.
    """
    blocks = max(1, ceil(min(needed, listed) / (BLOCK - 1)))
    fillers = min(blocks, strangers)
    return min(listed, BLOCK * blocks - fillers), fillers


def lineup_of(search: Search) -> Lineup:
    """The lineup of a search, made when it is first asked for and never changed; in the caller's transaction.

    Raises ExaminationRefused for a search that lists nobody.
    """
    made = Lineup.objects.filter(search=search).first()
    if made is not None:
        return made
    with recorded():
        # Two who begin in one moment take turns at the row of the search.
        search = Search.objects.select_for_update().get(pk=search.pk)
        made = Lineup.objects.filter(search=search).first()
        return made or _made(search)


def _made(search: Search) -> Lineup:
    listed = _listed(search)
    if not listed:
        raise ExaminationRefused(_("The search lists nobody; there is nothing to sort. Nothing was done."))
    nonce = secrets.token_hex(32)
    need = _needed(search, listed)
    most, _none = how_many(need.candidates, len(listed), 0)
    strangers = known_strangers(search, [each.person for each in listed[:most]], nonce, most)
    real, fillers = how_many(need.candidates, len(listed), len(strangers))
    lineup = Lineup.objects.create(search=search, made_at=timezone.now(), basis=need.basis, nonce=nonce)
    taken = [(each.person, each.portrait, False) for each in listed[:real]]
    taken += [(person, portrait, True) for person, portrait in strangers[:fillers]]
    members = []
    for person, portrait, filler in taken:
        comparison = Comparison.objects.create(lineup=lineup, person=person, portrait=portrait)
        if filler:
            Filler.objects.create(comparison=comparison, known_by=SEEN_LATER)
        members.append([str(comparison.pk), filler])
    record(
        "casework:lineup:make",
        actor=SYSTEM,
        object=f"lineup:{lineup.pk}",
        basis=need.basis,
        members_sha256=members_digest(nonce, members),
    )
    return lineup


def may_stand(search: Search) -> frozenset[int]:
    """The persons of a list who stand in its lineup; where none is made yet, those whom the longest could hold."""
    made = Lineup.objects.filter(search=search).first()
    if made is not None:
        found = made.comparisons.filter(filler__isnull=True).values_list("person", flat=True)
        return frozenset(person for person in found if person is not None)
    listed = _listed(search)
    most, _none = how_many(_needed(search, listed).candidates, len(listed), 0)
    return frozenset(each.person for each in listed[:most])


def _needed(search: Search, listed: list[NamedCandidate]) -> Wanted:
    passes = {each["rank"] for each in search.answer["candidates"] if each.get("passes")}
    return wanted(search.answer, sum(each.rank in passes for each in listed))


def members_digest(nonce: str, members: list[list[object]]) -> str:
    """What the ledger holds of who is in a lineup and who of them is a filler; `nonce` keeps it from being guessed."""
    return hashlib.sha256(json.dumps([nonce, sorted(members, key=str)]).encode()).hexdigest()


def _listed(search: Search) -> list[NamedCandidate]:
    """The candidates of a search who are still there, the first of the list first."""
    named = list(NamedCandidate.objects.filter(search=search).order_by("rank"))
    there = set(Portrait.objects.filter(pk__in=[each.portrait for each in named]).values_list("pk", flat=True))
    return [each for each in named if each.portrait in there]


def known_strangers(search: Search, beside: list[int], nonce: str, most: int) -> list[tuple[int, UUID]]:
    """Up to `most` persons, each with a portrait, who are known not to be the subject and could stand among these.

    Who was seen alive after the body was recovered is not this body. They are of the holdings and of a sex that is
    among those beside whom they stand, are on no rank of the answer, and are drawn by a secret order.
    """
    recovered = search.case.subject.recovered_on
    if recovered is None:
        return []
    company = Person.objects.filter(pk__in=beside)
    listed = NamedCandidate.objects.filter(search=search).values("person")
    rows = (
        Person.objects.filter(
            holding__in=set(company.values_list("holding", flat=True)),
            sex__in=set(company.values_list("sex", flat=True)),
            merged_into=None,
            report__state=ReportState.OPEN,
            last_seen_on__gt=recovered.isoformat(),
        )
        .exclude(pk__in=listed)
        .values_list("pk", "last_seen_on")
    )
    later = [pk for pk, seen in rows if _surely_after(seen, recovered)]
    later.sort(key=lambda pk: hashlib.sha256(f"{nonce}:{pk}".encode()).digest())
    today, found = day_number(timezone.now().date()), []
    for pk in later[: 4 * most]:
        ready = Template.objects.filter(person=pk, searchable=True, until__gte=today, contract__digest=search.contract)
        portrait = ready.order_by("portrait").values_list("portrait", flat=True).first()
        if portrait is not None:
            found.append((pk, portrait))
        if len(found) == most:
            break
    return found


def _surely_after(seen: str, recovered: date) -> bool:
    first, _last = dates.bounds(seen)
    return first is not None and first > recovered
