"""The page of one missing person: what is stated, who tells it, the portraits, the kin, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from antigone.access.permissions import Permission
from antigone.description import statements
from antigone.description.catalogue import blocks
from antigone.description.fields import Block, Field, Side
from antigone.description.spoken import when
from antigone.description.statement import StatementBase
from antigone.missing import disclosing, finding, kinship, listing, own, queries, rules, story
from antigone.missing.models import Person, ReportState, Sex, Statement
from antigone.missing.searched import Searched, searched
from antigone.missing.sharing import shown_to, sources_shown
from antigone.web import described
from antigone.web.guards import Visit, needs
from antigone.web.missing import record, telling
from antigone.web.missing.record import Opened
from antigone.web.showing import Datum


@dataclass(frozen=True)
class Told:
    """A block of which something is stated."""

    block: Block
    data: list[Datum]
    edit: str


@dataclass(frozen=True)
class Shown:
    """A portrait on the page, and whether a search finds it."""

    portrait: Any
    searched: Searched
    alt: str


@require_safe
@needs(Permission.PERSON_READ)
def person(request: Visit, pk: int) -> HttpResponse:
    who = request.operator
    opened = record.opened(who, pk)
    counts = own.counting(opened.person)
    if counts.pk != opened.person.pk:
        messages.info(
            request, _("The record %(ref)s was merged into this one, which holds both.") % {"ref": opened.person.ref}
        )
        return HttpResponseRedirect(reverse("web:missing:person", args=[counts.pk]))
    return render(request, "web/missing/person.html", _context(request, opened))


def _context(request: Visit, opened: Opened) -> dict[str, Any]:
    who, found = request.operator, opened.person
    today = timezone.now().date()
    sensitive = disclosing.sensitive_shown(found, who)
    named = sources_shown(found, who)
    told, untold, kept_back = _blocks(opened, sensitive, named)
    minor = listing.minor_of(found, today)
    pictures = list(shown_to(who).filter(person=found).order_by("added_at", "pk"))
    standing = searched(found, pictures, today)
    relatives = queries.relatives(who, found)
    kin = [telling.kin(each, found, named=named) for each in kinship.kin_of(found)]
    facts = list(found.register_facts.filter(ended_at=None).order_by("pk"))
    happenings = story.story(found, who)
    actors = {each.actor for each in happenings} | {each.recorded_by for each in facts}
    return {
        "record": opened,
        "person": found,
        "told": told,
        "untold": untold,
        "kept_back": kept_back,
        "in_short": _in_short(opened, today),
        "minor": minor if minor.flagged else None,
        "age_unknown": minor == rules.Minor.UNKNOWN,
        "open": found.report.state == ReportState.OPEN,
        "review_due": listing.review_due(found, today),
        "doubles": finding.duplicates(found) if opened.may_record else [],
        "portraits": [Shown(each, standing[each.pk], telling.alt(opened.title, each)) for each in pictures],
        "relatives": relatives,
        "named": named,
        "kin": kin,
        "facts": facts,
        "moments": telling.moments(happenings, described.names_of(actors), opened),
    }


def _blocks(opened: Opened, sensitive: bool, sources: bool) -> tuple[list[Told], list[Block], bool]:
    """Blocks with what is stated in them, those in which nothing is, and whether something is not for this person."""
    current = statements.current(Statement, opened.person)
    names = described.names_of(each.recorded_by for standing in current.values() for each in standing)
    told: list[Told] = []
    untold: list[Block] = []
    kept_back = False

    def history(field: Field, statement: StatementBase) -> str:
        return history_url(opened.person, field, statement)

    for block in blocks(Side.ANTE_MORTEM):
        stated = [field for field in block.fields if current.get(field.key)]
        kept_back = kept_back or (not sensitive and any(field.sensitive for field in stated))
        data = described.data(stated, current, names=names, sensitive=sensitive, sources=sources, history=history)
        edit = reverse("web:missing:block", args=[opened.person.pk, block.key])
        if data:
            told.append(Told(block, data, edit))
        elif not stated:
            untold.append(block)
    return told, untold, kept_back


def history_url(person: Person, field: Field, statement: StatementBase) -> str:
    """Where the history of a datum is read."""
    url = reverse("web:missing:history", args=[person.pk, field.key])
    return f"{url}?item={statement.item}" if statement.item is not None else url


def _in_short(opened: Opened, today: Any) -> Sequence[tuple[str, str]]:
    """The person in a line: what somebody must see before anything else."""
    found = opened.person
    ages = rules.ages(found.born_from, found.born_to, today)
    born = when(found.birth_date) if found.birth_date else ""
    if ages is not None and born:
        age = str(ages[0]) if ages[0] == ages[1] else f"{ages[0]}–{ages[1]}"
        born = _("%(date)s (would be %(age)s now)") % {"date": born, "age": age}
    seen = ", ".join(each for each in (when(found.last_seen_on), found.last_seen_place) if each)
    lines = [
        (_("Also written"), " · ".join(opened.names[1:])),
        (_("Sex"), str(Sex(found.sex).label) if found.sex != Sex.UNKNOWN else ""),
        (_("Born"), born),
        (_("Last seen"), seen),
        (_("Report"), str(ReportState(found.report.state).label)),
        (_("Holding"), found.holding.name),
    ]
    return [line for line in lines if line[1]]
