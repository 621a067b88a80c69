"""Who may know what a search came to, and still do the work that is theirs (step 9 of the procedure)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from antigone.access import services as access
from antigone.access.hands import person_behind
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.access.rules import Role, permissions_of
from antigone.casework.models import Case, Examination, RankedView, Search, Stage, Triage

READS_OUTPUT = (Permission.SEARCH_RUN, Permission.POSTERIOR_READ)
"""Either opens ranked output: to whoever searches, and to the board, which decides by it."""


def may_read_output(who: Operator) -> bool:
    """Whether this person may open ranked output of their agency's cases at all; that they did is recorded."""
    return not access.permissions_held(who).isdisjoint(READS_OUTPUT)


def knows_all(who: Operator) -> bool:
    """Whether "leads" or "none of these" may be said to this person of every case.

    Not to an examiner, who works blind to it, and not to whoever has no use for it.
    """
    # A program reads for whoever answers for it: what they work blind to, it does not tell them.
    person = person_behind(who)
    if who.machine and not may_read_output(who):
        return False
    roles = access.roles_of(person) if person.active else ()
    return Role.MORTUARY_EXAMINER not in roles and not permissions_of(roles).isdisjoint(READS_OUTPUT)


def known_cases(who: Operator, cases: Iterable[int]) -> frozenset[int]:
    """Those of these cases of which this person may know what the searches came to: also those they have seen."""
    asked = frozenset(cases)
    if knows_all(who):
        return asked
    return frozenset(RankedView.objects.filter(case__in=asked, actor=who.actor).values_list("case", flat=True))


def eyes(who: Operator) -> tuple[str, ...]:
    """Who sees what this operator is shown: of a program, also whoever answers for it."""
    return tuple(dict.fromkeys((who.actor, person_behind(who).actor)))


def has_seen(who: Operator, case: int) -> bool:
    """Whether this person has seen ranked output of a case, and so cannot examine it."""
    seeing = eyes(who)
    seen = RankedView.objects.filter(case=case, actor__in=seeing)
    return seen.values("actor").distinct().count() == len(seeing)


def at_blind_work(who: Operator, case: Case) -> bool:
    """Whether this person began a triage or an examination in an open case that still counts, and did not end it.

    A program is asked for whoever answers for it.
    """
    if case.closed_at is not None:
        return False
    who = person_behind(who)
    triages = Triage.objects.filter(
        actor=who.actor, finished_at=None, lineup__search__case=case, lineup__ready_at=None,
        lineup__search__recalled_at=None,
    )  # fmt: skip
    examinations = Examination.objects.filter(
        actor=who.actor, comparison__lineup__search__case=case, comparison__settled_at=None,
        comparison__lineup__search__recalled_at=None,
    ).exclude(stage__in=(Stage.SEALED, Stage.ABANDONED))  # fmt: skip
    return triages.exists() or examinations.exists()


def saw(who: Operator, case: Case, search: Search | None, at: datetime) -> None:
    """Keep that someone saw ranked output, in the caller's transaction; of a program, also whoever answers for it."""
    RankedView.objects.bulk_create(RankedView(case=case, actor=actor, search=search, at=at) for actor in eyes(who))
