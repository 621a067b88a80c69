"""The tour itself: found, enrol, open a case for each unidentified person, search, and hold against the truth."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.rules import Role
from antigone.casework import services
from antigone.casework.models import Case
from antigone.casework.searching import search
from antigone.casework.searching.answer import Answer
from antigone.casework.searching.reading import Given
from antigone.demo import people, staff
from antigone.missing import sources, tasks
from antigone.missing.models import Holding
from antigone.missing.services import Giving, approve_holding
from antigone.remains.services import Particulars

HOLDING = "synthetic cohort"
TOP = 50


@dataclass(frozen=True)
class Stop:
    """One unidentified person of the tour: the answer, and who it is ("" for a stranger)."""

    remains: people.Remains
    answer: Answer
    truth: str

    @property
    def mate_rank(self) -> int | None:
        """The rank of the right person, or None: not listed, or a stranger."""
        return next((each.rank for each in self.answer.candidates if each.person_ref == self.truth), None)


@dataclass(frozen=True)
class Summary:
    """What the tour came to; counts of unidentified persons."""

    mates: int
    mates_first: int
    mates_passing: int
    strangers: int
    strangers_none: int


def enrol(who: Operator, progress: Callable[[int], None]) -> tasks.Outcome:
    """Enrol the cohort's portraits; doing it again adds nothing."""
    # What the manifest does not name there is the rest of the cohort, and known to be.
    source = replace(sources.from_manifest(people.COHORT, people.manifest()), ignored=())
    giving = Giving(basis="family-consent", citation="invented for the tour", given_by="invented families")
    return tasks.enrol(source, HOLDING, giving, who, progress)


def approve() -> bool:
    """Let the tracing officer approve the holding that the founder opened; False when it was approved before."""
    holding = Holding.objects.get(name=HOLDING)
    if holding.approved_at is not None:
        return False
    approve_holding(holding, staff.named(Role.TRACING_OFFICER))
    return True


def portraits() -> int:
    """How many files the cohort's manifest names."""
    return len(sources.from_manifest(people.COHORT, people.manifest()).items)


def visit(remains: people.Remains, truth: str, who: Operator) -> Stop:
    """Open the case, unless an earlier tour did, and search its photographs."""
    if not Case.objects.filter(code=remains.code).exists():
        particulars = Particulars(remains.place, remains.recovered_on, remains.attested_by)
        services.open_case(remains.code, "deceased", particulars, who)
    case, _ = services.authorise_search(remains.code, who)
    given = [Given(photo.name, photo.read_bytes()) for photo in remains.photographs]
    answer, _ = search.run(case, given, TOP, who)
    return Stop(remains, answer, truth)


def summary(stops: list[Stop]) -> Summary:
    """Count mates at rank 1, mates that reach the operating point, and strangers answered "none of these"."""
    mated = [stop for stop in stops if stop.truth]
    strangers = [stop for stop in stops if not stop.truth]
    return Summary(
        mates=len(mated),
        mates_first=sum(stop.mate_rank == 1 for stop in mated),
        mates_passing=sum(
            any(each.passes and each.person_ref == stop.truth for each in stop.answer.candidates) for stop in mated
        ),
        strangers=len(strangers),
        strangers_none=sum(stop.answer.none_of_these for stop in strangers),
    )


def said_of_ratios(stops: Iterable[Stop], shown: int) -> list[str]:
    """Of the first `shown` leads: why they have no ratio, or no words beside it; each sentence once."""
    found = [each.evidence for stop in stops for each in stop.answer.candidates[:shown] if each.evidence]
    sentences: dict[str, None] = {}
    for evidence in found:
        why = [each["sentence"] for each in evidence["withheld"]] or [evidence["why_no_level"]]
        sentences.update(dict.fromkeys(sentence for sentence in why if sentence))
    return list(sentences)


def operator() -> Operator:
    """Who takes the tour."""
    return access.operator()


def portrait_files() -> dict[str, Path]:
    """The cohort's portrait files by their SHA-256, for the report."""
    source = sources.from_manifest(people.COHORT, people.manifest())
    return {hashlib.sha256(item.file.read_bytes()).hexdigest(): item.file for item in source.items}
