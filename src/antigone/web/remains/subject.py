"""The page of one subject: photographs, what is stated, samples, custody, where it rests, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from antigone.access.permissions import Permission
from antigone.casework import queries as casework
from antigone.casework.judging import sampling
from antigone.description import statements
from antigone.description.fields import Block, Field
from antigone.description.statement import StatementBase
from antigone.remains import (
    custody,
    disclosing,
    documents,
    finding,
    individuals,
    photographing,
    reading,
    resting,
    rules,
)
from antigone.remains.models import KinChoice, Photograph, Release, ReleaseState, Statement
from antigone.web import described
from antigone.web.guards import Visit, needs
from antigone.web.remains import living, record, shots, whereabouts
from antigone.web.remains.record import Opened
from antigone.web.remains.statements import blocks_in_order
from antigone.web.showing import Datum, Words


@dataclass(frozen=True)
class Told:
    """A block of which something is stated."""

    block: Block
    data: list[Datum]


@dataclass(frozen=True)
class Pictured:
    """A photograph on the page, with its shot in words."""

    photograph: Photograph
    title: str


@require_safe
@needs(Permission.SUBJECT_READ)
def subject(request: Visit, pk: int) -> HttpResponse:
    opened = record.opened(request.operator, pk)
    return render(request, "web/remains/subject.html", _context(request, opened))


def _context(request: Visit, opened: Opened) -> dict[str, Any]:
    who, found, today = request.operator, opened.subject, timezone.now().date()
    current = statements.current(Statement, found)
    photographs = reading.photographs(found, who)
    samples = reading.samples(found, who)
    storages, graves = reading.storages(found, who), resting.graves(found, who)
    releases, discs, kin = reading.releases(found, who), reading.discs(found, who), reading.kin_choices(found, who)
    papers = reading.documents(found, who)
    body = custody.chain(found, who)
    attested = reading.attestations(found, who) if opened.living else []
    latest = attested[0] if attested else None
    actors = {each.recorded_by for standing in current.values() for each in standing}
    actors |= {each.recorded_by for each in storages} | {each.recorded_by for each in papers}
    actors |= {actor for each in releases for actor in (each.first_by, each.second_by)}
    names = described.names_of(actors)
    sensitive = disclosing.sensitive_shown(found, who)
    told, untold, kept_back = _blocks(opened, current, names, sensitive=sensitive)
    advice = photographing.advice(found, who)
    return {
        "record": opened,
        "subject": found,
        "theirs": found.agency_id != who.agency_id,
        "in_short": _in_short(opened, whereabouts.now(storages, graves, releases), body.holder),
        "aliases": reading.aliases(found, who),
        "lacking": rules.missing_particulars(found.kind, found.place, found.recovered_on, found.attested_by),
        "doubles": finding.duplicates(found, who) if opened.may_record and not opened.spoke else [],
        "review_due": found.review_on is not None and found.review_on - rules.review_warning(found.kind) <= today,
        "attested": latest,
        "attested_before": attested[1:],
        "standing": living.standing(latest) if opened.living else None,
        "individual": individuals.of_unit(found, who),
        "cases": casework.cases_of_subject(who, found.pk) if opened.may_see_cases else [],
        "advice": advice,
        "wanted": shots.wanted_by_need(advice.wanted),
        "pictures": [Pictured(each, shots.title(each.shot)) for each in shots.in_order(photographs)],
        "told": told,
        "untold": untold,
        "kept_back": kept_back,
        "discs": discs,
        "samples": samples,
        "orders": sampling.of_subject(found, who),
        "may_order": Permission.SAMPLING_ORDER in opened.allowed and not opened.living,
        "inscriptions": disclosing.inscriptions_shown(who),
        "papers": [(each, documents.said(each), names.get(each.recorded_by, "")) for each in papers],
        "body": body,
        "rests": whereabouts.story(storages, graves, releases, names),
        "grave": next((each for each in reversed(graves) if getattr(each, "exhumation", None) is None), None),
        "release": _standing_release(releases),
        "release_signed_by": _signatures(releases, names),
        "before_release": _before_release(opened, releases),
        "kin": kin[0] if kin and kin[0].ended_at is None else None,
        "kin_before": _ended(kin),
    }


def _blocks(
    opened: Opened, current: dict[str, list[Statement]], names: dict[str, str], *, sensitive: bool
) -> tuple[list[Told], list[Block], bool]:
    """Blocks with what is stated in them, those in which nothing is, and whether something is not for this person."""
    told, untold, kept_back = list[Told](), list[Block](), False

    def history(field: Field, statement: StatementBase) -> str:
        url = reverse("web:remains:history", args=[opened.subject.pk, field.key])
        return f"{url}?item={statement.item}" if statement.item is not None else url

    for block in blocks_in_order(living=opened.living):
        stated = [field for field in block.fields if current.get(field.key)]
        kept_back = kept_back or (not sensitive and any(field.sensitive for field in stated))
        data = described.data(stated, current, names=names, sensitive=sensitive, history=history)
        if data:
            told.append(Told(block, data))
        elif not stated:
            untold.append(block)
    return told, untold, kept_back


def _in_short(opened: Opened, where: str, holder: str) -> list[tuple[Words, Any]]:
    """The subject in a few lines: what somebody must see before anything else."""
    found = opened.subject
    recovered = found.recovered_on
    if opened.living:
        lines: list[tuple[Words, Any]] = [(_("Where"), found.place)]
    else:
        lines = [
            (
                _("Recovered at"),
                ", ".join(dict.fromkeys(each for each in (found.place, str(found.site or "")) if each)),
            ),
            (_("Recovered on"), recovered),
            (_("Attested by"), found.attested_by),
            (_("Lies now"), where or _("not recorded")),
            (_("Held by"), holder or _("nobody on record")),
        ]
    lines.append((_("Record of"), found.agency.name))
    return [line for line in lines if line[1]]


def _standing_release(releases: Sequence[Release]) -> Release | None:
    return next((each for each in releases if each.state != ReleaseState.CANCELLED), None)


def _signatures(releases: Sequence[Release], names: dict[str, str]) -> list[str]:
    standing = _standing_release(releases)
    signed = (standing.first_by, standing.second_by) if standing else ()
    return [names.get(each, each) for each in signed if each]


def _before_release(opened: Opened, releases: Sequence[Release]) -> bool:
    """Whether a release can be prepared by this person."""
    return opened.may_release and _standing_release(releases) is None


def _ended(kin: Sequence[KinChoice]) -> list[KinChoice]:
    return [each for each in kin if each.ended_at is not None]
