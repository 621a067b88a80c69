"""Examinations for the pages, as rows: nothing is searched or sorted for them."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import timezone

from antigone.access.models import Agency
from antigone.access.rules import Role
from antigone.casework.models import (
    Comparison,
    ComponentNote,
    Examination,
    FreeMark,
    Lineup,
    NamedCandidate,
    RankedView,
    Search,
    Stage,
)
from tests.web import people, sorting


def comparison(agency: Agency, *, settled: bool = False) -> Comparison:
    """A pair that two people kept, or one of a search of which all is settled."""
    of, now = sorting.search(agency), timezone.now()
    portrait = NamedCandidate.objects.get(search=of).portrait
    end = now if settled else None
    lineup = Lineup.objects.create(
        search=of, made_at=now, basis="no-operating-point", nonce="n", ready_at=now, settled_at=end
    )
    return Comparison.objects.create(
        lineup=lineup, portrait=portrait, settled_at=end, outcome="inconclusive" if settled else ""
    )


def examination(agency: Agency, stage: str = Stage.ASSESSMENT, **said: Any) -> Examination:
    """The examination of the mortuary examiner of the route table, with one component noted and one mark drawn."""
    who = people.somebody(agency, Role.MORTUARY_EXAMINER)
    now = timezone.now()
    if stage in (Stage.COMPARISON, Stage.EVALUATION, Stage.SEALED):
        said = {"analysis_digest": "a" * 64, "portrait_shown_at": now, **said}
    if stage in (Stage.EVALUATION, Stage.SEALED):
        said = {"level": "0", "reasons": "what is seen", **said}
    of = comparison(agency)
    made = Examination.objects.create(
        comparison=of, actor=who.actor, agency=agency, stage=stage, begun_at=now,
        ended_at=now if stage in (Stage.SEALED, Stage.ABANDONED) else None, **said,
    )  # fmt: skip
    if stage != Stage.ASSESSMENT:
        ComponentNote.objects.create(
            examination=made, component=10, seen_a=True, seen_b=True, comparable=True, finding="alike"
        )
    return made


def mark(agency: Agency) -> FreeMark:
    """A mark on the portrait, drawn in the comparison, which can be taken away."""
    made = examination(agency, Stage.COMPARISON)
    return FreeMark.objects.create(
        examination=made, side="b", during=Stage.COMPARISON, picture=made.comparison.portrait or uuid.uuid4(),
        shape="arrow", points=[[0.1, 0.1], [0.2, 0.2]],
    )  # fmt: skip


def settled(agency: Agency, *, read_by: Role | None = None) -> Search:
    """A search of which everything is settled; read before by the person of this role."""
    made: Search = comparison(agency, settled=True).lineup.search
    if read_by is not None:
        who = people.somebody(agency, read_by)
        RankedView.objects.create(case=made.case, actor=who.actor, search=made, at=timezone.now())
    return made
