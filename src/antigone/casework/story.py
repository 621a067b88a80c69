"""The story of a case in its order: what was done, by whom, what was refused, and what it waits for now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from antigone.access.models import Operator
from antigone.casework import queries
from antigone.casework.models import Case, Search
from antigone.casework.waiting import Wait
from antigone.ledger.models import Entry
from antigone.remains.models import Association, Photograph

MOST = 500
"""Rows of each kind that a story tells; of a case with more the newest, and it says so."""


class Kind(StrEnum):
    """What kind of thing happened, for a mark beside it."""

    OPENED = "opened"
    COMPLETED = "completed"
    PHOTOGRAPHED = "photographed"
    ERASED = "erased"
    ATTESTED = "attested"
    SEARCHED = "searched"
    RECALLED = "recalled"
    UNUSABLE = "unusable"
    ASSOCIATED = "associated"
    SEPARATED = "separated"
    POSTERIOR = "posterior"
    REFUSED = "refused"
    CLOSED = "closed"
    REOPENED = "reopened"
    SPOKE = "spoke"


@dataclass(frozen=True)
class Event:
    """One thing that happened; `by` is a name, `why` the reason that was given, if one is on record."""

    at: datetime
    kind: Kind
    sentence: str
    by: str
    why: str = ""
    photograph: UUID | None = None
    search: int | None = None


@dataclass(frozen=True)
class Story:
    """The events of a case, the oldest first, and what it waits for; `cut` says that older ones are left out."""

    events: tuple[Event, ...]
    waits: tuple[Wait, ...]
    cut: bool


# What the ledger tells of a case and its subject: kind, sentence, and the part of the payload that is the reason.
_TOLD: dict[str, tuple[Kind, str | Promise, str]] = {
    "casework:case:open": (Kind.OPENED, gettext_lazy("The case was opened"), ""),
    "casework:case:close": (Kind.CLOSED, gettext_lazy("The case was closed"), "reason"),
    "casework:case:reopen": (Kind.REOPENED, gettext_lazy("The case was opened again"), "reason"),
    "casework:search:unusable": (Kind.UNUSABLE, gettext_lazy("A picture could not be used"), "why"),
    "casework:search:recall": (Kind.RECALLED, gettext_lazy("Its searches were recalled"), "why"),
    "casework:answer:redact": (
        Kind.ERASED,
        gettext_lazy("Its answers were changed, since somebody or something in them was erased"),
        "",
    ),
    "casework:posterior:read": (Kind.POSTERIOR, gettext_lazy("Prior and posterior were read"), ""),
    "remains:subject:complete": (Kind.COMPLETED, gettext_lazy("The record of the recovery was completed"), ""),
    "remains:attestation:add": (Kind.ATTESTED, gettext_lazy("A clinician's attestation was recorded"), ""),
    "remains:subject:spoke": (
        Kind.SPOKE,
        gettext_lazy("The person can state their identity; searching ended and their photographs went"),
        "",
    ),
}
# Each of them says that the last search listed somebody, or what it listed: not for whoever may not know that.
_OF_OUTCOMES = frozenset({"casework:answer:redact", "casework:posterior:read", "casework:posterior:refuse"})
# Told to the agency itself alone.
_REFUSALS: dict[str, tuple[Kind, str | Promise, str]] = {
    "casework:search:refuse": (Kind.REFUSED, gettext_lazy("A search was refused"), "why"),
    "casework:case:refuse": (Kind.REFUSED, gettext_lazy("A change of the case was refused"), ""),
    "casework:attestation:refuse": (Kind.REFUSED, gettext_lazy("An attestation was refused"), ""),
    "casework:posterior:refuse": (Kind.REFUSED, gettext_lazy("Prior and posterior were not shown"), "why"),
    "access:mandate:refuse": (Kind.REFUSED, gettext_lazy("Nothing was searched, for want of a mandate"), ""),
    "access:permission:refuse": (Kind.REFUSED, gettext_lazy("Somebody without the permission was refused"), ""),
}


def story(case: Case, who: Operator) -> Story:
    """What happened in a case, in a fixed number of queries however much it was; raises Refused or NotHere.

    It names no candidate and shows no ranked output. What is said of recognition is not in it either, nor, for whoever
    may not know it, what a search came to.
    """
    if not queries.open_to(who).filter(pk=case.pk).exists():
        raise queries.not_here()
    (line,) = queries.lines_of([case], who)
    told = _TOLD if case.agency_id != who.agency_id else {**_TOLD, **_REFUSALS}
    if not line.outcome_known:
        told = {action: how for action, how in told.items() if action not in _OF_OUTCOMES}
    entries = _entries([f"case:{case.pk}", f"subject:{case.subject_id}"], told)
    photographs = list(Photograph.objects.filter(subject=case.subject_id).order_by("-added_at")[:MOST])
    searches = list(
        Search.objects.filter(case=case)
        .annotate(pictures=Count("photographs"))
        .order_by("-pk")
        .values("pk", "at", "actor", "none_of_these", "pictures", "answer__searched", "answer__searched_persons")[:MOST]
    )
    gone = _entries([f"photograph:{pk}" for pk in _searched_once(case)], {"remains:photograph:erase"})
    associations = _associations(case.subject_id)
    names = _names(
        case.agency_id,
        [each.actor for each in (*entries, *gone)]
        + [each.added_by for each in photographs]
        + [each["actor"] for each in searches]
        + [deed.by for each in associations for deed in (each.begun, each.ended) if deed],
    )
    events = [
        *(_from_ledger(each, told[each.action], names) for each in entries),
        *(
            Event(each.at, Kind.ERASED, _("A photograph was erased"), names[each.actor], _reason(each, "reason"))
            for each in gone
        ),
        *(
            Event(each.added_at, Kind.PHOTOGRAPHED, _photographed(each), names[each.added_by], photograph=each.pk)
            for each in photographs
        ),
        *(
            Event(
                each["at"],
                Kind.SEARCHED,
                _searched(each, known=line.outcome_known),
                names[each["actor"]],
                search=each["pk"],
            )
            for each in searches
        ),
        *_of_associations(case, associations, names),
    ]
    cut = max(len(entries), len(photographs), len(searches)) == MOST
    return Story(tuple(sorted(events, key=lambda event: event.at)), line.waits, cut)


def _entries(objects: Sequence[str], actions: Iterable[str]) -> list[Entry]:
    rows = Entry.objects.filter(object__in=objects[:MOST], action__in=list(actions)).order_by("-id")
    return list(rows[:MOST])


def _searched_once(case: Case) -> list[str]:
    """The photographs that searches of the case named, of which some may be gone."""
    rows = Entry.objects.filter(object=f"case:{case.pk}", action="casework:search:run").order_by("-id")[:MOST]
    return sorted({pk for row in rows for pk in (row.details or {}).get("photographs", ())})


def _associations(subject: int) -> list[Association]:
    rows = Association.objects.filter(unit=subject).select_related("begun", "ended").order_by("-pk")
    return list(rows[:MOST])


def _of_associations(case: Case, associations: Sequence[Association], names: dict[str, str]) -> list[Event]:
    others: dict[int, list[str]] = {}
    held = [each.individual_id for each in associations]
    beside = Association.objects.filter(individual__in=held, until=None).exclude(unit=case.subject_id)
    for individual, code in beside.filter(unit__agency=case.agency_id).values_list("individual", "unit__code"):
        others.setdefault(individual, []).append(code)
    found = []
    for each in associations:
        codes = ", ".join(sorted(others.get(each.individual_id, ())))
        begun = _("Associated with %(codes)s as one person") % {"codes": codes} if codes else _("Taken as one person")
        found.append(Event(each.since, Kind.ASSOCIATED, begun, names[each.begun.by], each.begun.reason))
        if each.ended is not None and each.until is not None:
            ended = _("Not thought any more to be of that person")
            found.append(Event(each.until, Kind.SEPARATED, ended, names[each.ended.by], each.ended.reason))
    return found


def _from_ledger(entry: Entry, told: tuple[Kind, str | Promise, str], names: dict[str, str]) -> Event:
    kind, sentence, reason = told
    return Event(entry.at, kind, str(sentence), names[entry.actor], _reason(entry, reason))


def _reason(entry: Entry, key: str) -> str:
    """The reason in an entry's payload; empty where it has none, or where it was erased."""
    return str((entry.details or {}).get(key, "")) if key else ""


def _photographed(photograph: Photograph) -> str:
    if photograph.shot:
        return _("A photograph was added: shot %(shot)s") % {"shot": photograph.shot}
    return _("A photograph was added")


def _searched(search: Mapping[str, Any], *, known: bool) -> str:
    pictures = search["pictures"]
    with_what = ngettext("%(number)d photograph", "%(number)d photographs", pictures) % {"number": pictures}
    words = {"with": with_what, "portraits": search["answer__searched"], "persons": search["answer__searched_persons"]}
    if not known:
        return _("Searched with %(with)s among %(portraits)s portraits of %(persons)s persons") % words
    if search["none_of_these"]:
        return _("Searched with %(with)s among %(portraits)s portraits of %(persons)s persons: none of these") % words
    return _("Searched with %(with)s among %(portraits)s portraits of %(persons)s persons: leads to examine") % words


class _Names(dict[str, str]):
    """Names by the ledger's opaque ids; whoever is no operator is the system or a program."""

    def __missing__(self, actor: str) -> str:
        return _("the system") if actor.startswith(("system:", "portal:")) else _("somebody of another agency")


def _names(agency: int, actors: Sequence[str]) -> dict[str, str]:
    numbers = {part for kind, _bar, part in (actor.partition(":") for actor in actors) if kind == "operator"}
    people = Operator.objects.filter(agency=agency, pk__in=[int(each) for each in numbers if each.isdecimal()])
    return _Names({each.actor: each.name for each in people})
