"""Whom a search puts before people at triage: the fewest candidates, in whole blocks, known strangers among them."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import date
from enum import StrEnum
from math import ceil
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
SYSTEM = "system:casework"
SEEN_LATER = "seen alive after the recovery"


class Basis(StrEnum):
    """On what ground so many candidates, and no more, go to triage."""

    OPERATING_POINT = "operating-point"
    NO_OPERATING_POINT = "no-operating-point"

    @property
    def label(self) -> Promise:
        return _BASES[self]


_BASES: dict[Basis, Promise] = {
    Basis.OPERATING_POINT: gettext_lazy(
        "those that pass the operating point of the search, and the next of the list to fill the last block; the "
        "answer states how often strangers pass, and no miss rate"
    ),
    Basis.NO_OPERATING_POINT: gettext_lazy(
        "the first of the list, one block of them: no operating point was measured, and no miss rate is known"
    ),
}


def how_many(passing: int, listed: int, strangers: int) -> tuple[int, int]:
    """How many candidates and how many fillers go to triage: whole blocks of eight, one filler a block where there is.

    All that pass go, and the next of the list to fill the last block, as far as there are any.
    """
    blocks = max(1, ceil(passing / (BLOCK - 1)))
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
    passes = {each["rank"] for each in search.answer["candidates"] if each.get("passes")}
    passing = sum(each.rank in passes for each in listed)
    nonce = secrets.token_hex(32)
    most, _none = how_many(passing, len(listed), 0)
    strangers = known_strangers(search, [each.person for each in listed[:most]], nonce, most)
    real, fillers = how_many(passing, len(listed), len(strangers))
    basis = Basis.OPERATING_POINT if search.answer.get("operating_point") else Basis.NO_OPERATING_POINT
    lineup = Lineup.objects.create(search=search, made_at=timezone.now(), basis=basis, nonce=nonce)
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
        basis=basis,
        members_sha256=members_digest(nonce, members),
    )
    return lineup


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
