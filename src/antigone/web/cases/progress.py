"""How far the work in a case is that somebody asked for: a search, or finding the faces before it."""

from __future__ import annotations

from antigone.access.models import Operator
from antigone.casework.models import Case
from antigone.casework.tasks import FACES, SEARCH
from antigone.jobs import queries as jobs
from antigone.jobs.models import Job, State

LOOKED_AT = 20


def latest(who: Operator, of: Case, kind: str) -> Job | None:
    """The work of this kind in this case that this person asked for last."""
    asked = jobs.mine(who, kinds=(kind,), limit=LOOKED_AT)
    return next((each for each in asked if each.args.get("case") == of.pk), None)


def searching(who: Operator, of: Case) -> Job | None:
    """The search that this person asked for last, until it has ended well."""
    return _unless_done(latest(who, of, SEARCH))


def seeking(who: Operator, of: Case) -> Job | None:
    """The same for finding faces."""
    return _unless_done(latest(who, of, FACES))


def _unless_done(work: Job | None) -> Job | None:
    return None if work is None or work.state == State.DONE else work
