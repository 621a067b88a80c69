"""Generated records in bulk, to measure pages on: rows alone, of people who never lived; no picture and no face.

What hangs on one record does not grow with how many there are; what stands beside the records does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from antigone.access import services as access
from antigone.access.models import Agency, Mandate
from antigone.casework.models import Case, NamedCandidate, RankedView, Search
from antigone.description.bases import LegalBasis
from antigone.description.given import Certainty, How
from antigone.intake.models import Enquiry
from antigone.jobs.models import Job, State
from antigone.ledger.services import record, recorded
from antigone.missing import finding as persons_found
from antigone.missing.models import (
    Consent,
    Holding,
    Kinship,
    Person,
    PersonName,
    Portrait,
    RegisterFact,
    Relative,
    Report,
)
from antigone.missing.models import Statement as PersonStatement
from antigone.remains import finding as subjects_found
from antigone.remains.models import (
    AliasCode,
    Association,
    AssociationEvent,
    Burial,
    CustodyStep,
    FoundDocument,
    Individual,
    OpenSourceItem,
    Photograph,
    RecognitionClaim,
    RecoveryEvent,
    Release,
    Sample,
    Site,
    Storage,
    Subject,
)
from antigone.remains.models import Statement as SubjectStatement
from antigone.upkeep.bench_names import Namer

BATCH = 5_000
ACTOR = "system:bench"
DAY = timedelta(days=1)
ENTRIES_A_PERSON = 5
"""A ledger entry for each fifth person."""


@dataclass(frozen=True)
class Size:
    """How many records there are of each side."""

    persons: int
    cases: int


NOTHING = Size(0, 0)


@dataclass
class Filler:
    """Fills one instance to a size, and from there to a larger one; the same seed draws the same records.

    `actors` are those who look at the pages: work was asked for by them, and they have seen ranked output.
    """

    agency: Agency
    actors: Sequence[str] = ()
    seed: int = 20
    said: Callable[[str], None] = print

    def __post_init__(self) -> None:
        self.at = NOTHING
        self.drawn = Random(self.seed)  # noqa: S311 (invented records, not secrets)
        self.names = Namer(self.seed)
        self.now = timezone.now()

    def fill(self, to: Size) -> None:
        """Add what is between the size that there is and this one."""
        before, self.at = self.at, to
        self._beside(before, to)
        for first in range(before.persons, to.persons, BATCH):
            with transaction.atomic():
                self._persons(range(first, min(first + BATCH, to.persons)))
            self.said(f"persons: {min(first + BATCH, to.persons):,}")
        for first in range(before.cases, to.cases, BATCH):
            with transaction.atomic():
                self._cases(range(first, min(first + BATCH, to.cases)))
            self.said(f"cases: {min(first + BATCH, to.cases):,}")
        self.said("words to find them by")
        with transaction.atomic():
            persons_found.index_all()
            subjects_found.index_all()

    def _beside(self, before: Size, to: Size) -> None:
        """Holdings, sites, colleagues, work, enquiries and entries of the ledger: fewer than records, and growing."""
        steps = range(before.persons // 500, to.persons // 500)
        Holding.objects.bulk_create(
            Holding(agency=self.agency, name=f"Holding {number + 1}", opened_by=ACTOR, opened_at=self.now,
                    approved_by="" if number % 10 == 9 else "system:bench-second",
                    approved_at=None if number % 10 == 9 else self.now)
            for number in steps
        )  # fmt: skip
        for number in range(before.persons // 1000, to.persons // 1000):
            access.add_operator(f"Colleague {number + 1}", self.agency, ACTOR)
            access.found_agency(f"Agency {number + 1}", ACTOR)
        sites = range(before.cases // 20, to.cases // 20)
        Site.objects.bulk_create(
            Site(agency=self.agency, name=f"{self.names.place()} {number + 1}", kind="field-grave",
                 recorded_by=ACTOR, recorded_at=self.now)
            for number in sites
        )  # fmt: skip
        made = list(Site.objects.order_by("-pk")[: len(sites)])
        RecoveryEvent.objects.bulk_create(
            RecoveryEvent(site=site, began_on=self._day(), team="Team A", leader=self.names.name().full,
                          recorded_by=ACTOR, recorded_at=self.now)
            for site in made
        )  # fmt: skip
        Job.objects.bulk_create(
            Job(kind="missing:reviews", asked_by=actor, agency=self.agency.pk, state=State.DONE,
                created_at=self._moment(), finished_at=self.now)
            for _number in range(before.persons // 100, to.persons // 100)
            for actor in self.actors or (ACTOR,)
        )  # fmt: skip
        with recorded():
            for number in range(before.persons // ENTRIES_A_PERSON, to.persons // ENTRIES_A_PERSON):
                record("missing:person:look", actor=ACTOR, object=f"person:{number + 1}")
        Enquiry.objects.bulk_create(
            Enquiry(agency=self.agency, reference=f"E{number:09}", secret=_digest(f"enquiry {number}"),
                    filed_at=self._moment(), filed_by=ACTOR, channel="letter", stage_at=self.now,
                    enquirer={"names": [self.names.name().full], "relation": "parent", "contacts": [],
                              "contact_by": []})
            for number in range(before.persons // 20, to.persons // 20)
        )  # fmt: skip

    def _persons(self, numbers: range) -> None:
        holdings = list(Holding.objects.filter(approved_at__isnull=False))
        persons = self._made(Person, (self._person(number, holdings) for number in numbers))
        Report.objects.bulk_create(
            Report(person=each, reported_at=self._moment(), state="open" if number % 10 else "found",
                   closed_at=None if number % 10 else self.now, given_by="family")
            for number, each in zip(numbers, persons, strict=True)
        )  # fmt: skip
        names = [self.names.name() for _each in persons]
        items = [UUID(int=self.drawn.getrandbits(128)) for _each in persons]
        PersonName.objects.bulk_create(
            PersonName(person=each, text=name.full, script=name.script, kind="current", item=item)
            for each, name, item in zip(persons, names, items, strict=True)
        )
        PersonStatement.objects.bulk_create(
            statement
            for each, name, item in zip(persons, names, items, strict=True)
            for statement in self._told(each, name.full, name.script, item)
        )
        pictured = persons[: len(persons) * 3 // 4]
        Portrait.objects.bulk_create(
            Portrait(person=each, sha256=_digest(f"portrait {each.pk}"), basis="family-consent", added_at=self.now,
                     review_on=self.now.date() + self.drawn.randrange(-10, 700) * DAY)
            for each in pictured
        )  # fmt: skip
        relatives = self._made(
            Relative,
            (
                Relative(person=each, names=[self.names.name().full], relation="parent", reporter=True,
                         contact_by=["own-agency"], recorded_by=ACTOR, recorded_at=self.now)
                for each in persons[::3]
            ),
        )  # fmt: skip
        Consent.objects.bulk_create(
            Consent(relative=each, wording="bench-1", given_on=self._day(), given_how="spoken", recorded_by=ACTOR,
                    recorded_at=self.now)
            for each in relatives
        )  # fmt: skip
        Kinship.objects.bulk_create(
            Kinship(person=one, other=other, kind="sibling", recorded_by=ACTOR, recorded_at=self.now)
            for one, other in zip(persons[::20], persons[1::20], strict=False)
        )
        RegisterFact.objects.bulk_create(
            RegisterFact(person=each, kind="police-report", authority="Police of the bench", recorded_by=ACTOR,
                         recorded_at=self.now)
            for each in persons[::10]
        )  # fmt: skip

    def _person(self, number: int, holdings: Sequence[Holding]) -> Person:
        born = date(1930, 1, 1) + self.drawn.randrange(30_000) * DAY
        return Person(
            ref=f"P-{number + 1:07}",
            holding=holdings[number % len(holdings)],
            sex=self.drawn.choice(("male", "male", "female", "unknown")),
            birth_date=born.isoformat(),
            born_from=born,
            born_to=born,
            last_seen_on=self._day().isoformat(),
            last_seen_place=self.names.place(),
            recorded_at=self.now,
            review_on=self.now.date() + self.drawn.randrange(-10, 700) * DAY,
        )

    def _told(self, person: Person, name: str, script: str, item: UUID) -> Iterable[PersonStatement]:
        said: tuple[tuple[str, Any, UUID | None], ...] = (
            ("name", {"kind": "current", "full": name, "script": script}, item),
            ("sex", person.sex if person.sex != "unknown" else None, None),
            ("birth.date", person.birth_date, None),
            ("event.date", person.last_seen_on, None),
            ("event.place", person.last_seen_place, None),
            ("mark.words", "Scar over the left eyebrow", None),
        )
        for key, value, of in said:
            yield PersonStatement(
                person=person, key=key, item=of, value=value, how=How.REPORTED, source="family",
                certainty=Certainty.KNOWN if value is not None else Certainty.UNKNOWN,
                basis=LegalBasis.FAMILY_CHOICE, recorded_by=ACTOR, recorded_at=self.now,
            )  # fmt: skip

    def _cases(self, numbers: range) -> None:
        recoveries = list(RecoveryEvent.objects.select_related("site"))
        subjects = self._made(Subject, (self._subject(number, recoveries) for number in numbers))
        SubjectStatement.objects.bulk_create(
            SubjectStatement(subject=each, key=key, value=value, how=How.OBSERVED, certainty=Certainty.KNOWN,
                             basis=LegalBasis.CONVENTION_DUTY, recorded_by=ACTOR, recorded_at=self.now)
            for each in subjects
            for key, value in (("sex", "male"), ("condition.stage", "early"), ("mark.words", "Scar, left eyebrow"))
        )  # fmt: skip
        Photograph.objects.bulk_create(
            Photograph(subject=each, sha256=_digest(f"photograph {each.pk} {shot}"), added_at=each.opened_at,
                       added_by=ACTOR, shot=shot)
            for each in subjects[: len(subjects) * 4 // 5]
            for shot in ("F1", "F4")
        )  # fmt: skip
        self._of_subjects(subjects)
        mandate = next(each for each in access.in_force_today(self.agency) if each.purpose == "identify-the-dead")
        # Of every thirtieth subject no case was opened yet.
        asked = [(number, each) for number, each in zip(numbers, subjects, strict=True) if number % 30 != 29]
        rows = (self._case(each, number, mandate) for number, each in asked)
        cases = self._made(Case, rows)
        self._searches(cases)

    def _subject(self, number: int, recoveries: Sequence[RecoveryEvent]) -> Subject:
        recovery = recoveries[number % len(recoveries)] if recoveries else None
        return Subject(
            code=f"BENCH-{'ABCD'[number % 4]}-{number + 1:05}",
            kind="deceased" if number % 12 else "body-part",
            agency=self.agency,
            site=recovery.site if recovery else None,
            recovery=recovery,
            place=self.names.place(),
            recovered_on=self._day() if number % 9 else None,
            attested_by="A. R." if number % 9 else "",
            opened_at=self._moment(),
            review_on=self.now.date() + self.drawn.randrange(-5, 365) * DAY,
        )

    def _of_subjects(self, subjects: Sequence[Subject]) -> None:
        CustodyStep.objects.bulk_create(
            CustodyStep(subject=each, chain=f"subject:{each.pk}", number=1, from_holder="Team", to_holder="Mortuary",
                        place=each.place, reason="brought in", at=each.opened_at, handed_by="A. R.",
                        received_by="B. S.", recorded_by=ACTOR, recorded_at=self.now)
            for each in subjects
        )  # fmt: skip
        Storage.objects.bulk_create(
            Storage(subject=each, place="Mortuary", since=each.opened_at, recorded_by=ACTOR, recorded_at=self.now)
            for each in subjects
        )
        Sample.objects.bulk_create(
            Sample(subject=each, reference=f"{each.code}-D1", kind="bone", identifier="dna", taken_by="A. R.",
                   kept_at="Mortuary", recorded_by=ACTOR, recorded_at=self.now)
            for each in subjects[::4]
        )  # fmt: skip
        FoundDocument.objects.bulk_create(
            FoundDocument(subject=each, kind="passport", names_on_it=self.names.name().full, where_on_body="a pocket",
                          found_by="A. R.", recorded_by=ACTOR, recorded_at=self.now)
            for each in subjects[::5]
        )  # fmt: skip
        RecognitionClaim.objects.bulk_create(
            RecognitionClaim(subject=each, claimant=self.names.name().full, named=self.names.name().full,
                             shown="effects", said_on=self._day(), heard_by="A. R.", recorded_by=ACTOR,
                             recorded_at=self.now)
            for each in subjects[::6]
        )  # fmt: skip
        AliasCode.objects.bulk_create(
            AliasCode(subject=each, agency_name="Another agency", code=f"X-{each.pk}", recorded_by=ACTOR,
                      recorded_at=self.now)
            for each in subjects[::7]
        )  # fmt: skip
        Burial.objects.bulk_create(
            Burial(subject=each, kind="individual", place=each.place, on=self._day(), by="A. R.", recorded_by=ACTOR,
                   recorded_at=self.now)
            for each in subjects[::9]
        )  # fmt: skip
        Release.objects.bulk_create(
            Release(subject=each, identification="by the board", to_whom="kin", capacity="a brother", place="Mortuary",
                    code_on_body=each.code, code_on_bag=each.code, first_by=ACTOR, first_at=self.now)
            for each in subjects[::50]
        )  # fmt: skip
        self._associate(subjects)
        OpenSourceItem.objects.bulk_create(
            OpenSourceItem(subject=each, address="https://example.org/1", seen_at=self.now, how_found="by hand",
                           necessity="no other", bystanders_cropped=True, proposed_by=ACTOR, proposed_at=self.now,
                           ends_on=self.now.date() + 20 * DAY)
            for each in subjects[::25]
        )  # fmt: skip

    def _associate(self, subjects: Sequence[Subject]) -> None:
        """Pairs of units that are thought to be of one person."""
        pairs = list(zip(subjects[::20], subjects[1::20], strict=False))
        individuals = self._made(Individual, (Individual(agency=self.agency, opened_at=self.now) for _pair in pairs))
        events = self._made(
            AssociationEvent,
            (
                AssociationEvent(agency=self.agency, deed="associate", reason="they fit", by=ACTOR, at=self.now)
                for _pair in pairs
            ),
        )
        Association.objects.bulk_create(
            Association(unit=unit, individual=individual, since=self.now, begun=event)
            for pair, individual, event in zip(pairs, individuals, events, strict=True)
            for unit in pair
        )

    def _case(self, subject: Subject, number: int, mandate: Mandate) -> Case:
        return Case(
            code=subject.code, subject=subject, agency=self.agency, mandate=mandate, opened_by=ACTOR,
            opened_at=subject.opened_at, closed_at=self.now if number % 8 == 7 else None,
        )  # fmt: skip

    def _searches(self, cases: Sequence[Case]) -> None:
        """Of two cases in three one search, of which every twentieth was recalled."""
        persons = list(Person.objects.order_by("pk").values_list("pk", "ref")[:50])
        searched = [case for number, case in enumerate(cases) if number % 3]
        searches = self._made(
            Search,
            (
                Search(case=case, actor=ACTOR, at=case.opened_at + DAY / 2, contract="c" * 64, generation=1,
                       none_of_these=number % 4 == 0, answer=_answer(case, persons), answer_sha256="d" * 64,
                       recalled_at=self.now if number % 20 == 0 else None,
                       recalled_why="Which remains are of one person was decided anew." if number % 20 == 0 else "")
                for number, case in enumerate(searched)
            ),
        )  # fmt: skip
        # Whoever looks at the pages has seen the ranked output of the first case, and of every hundredth.
        RankedView.objects.bulk_create(
            RankedView(case=search.case, actor=actor, search=search, at=self.now)
            for search in searches[::100]
            for actor in self.actors
        )
        NamedCandidate.objects.bulk_create(
            NamedCandidate(search=search, rank=rank, person=pk, portrait=UUID(int=rank))
            for search in searches
            for rank, (pk, _ref) in enumerate(persons[:3], start=1)
        )

    def _made(self, model: type[Any], rows: Iterable[models.Model]) -> list[Any]:
        return list(model.objects.bulk_create(rows, batch_size=1000))

    def _day(self) -> date:
        return self.now.date() - self.drawn.randrange(1, 900) * DAY

    def _moment(self) -> datetime:
        return self.now - self.drawn.randrange(60, 80_000_000) * timedelta(seconds=1)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _answer(case: Case, persons: Sequence[tuple[int, str]]) -> dict[str, Any]:
    """An answer with leads that were never compared: its page is measured, not its figures."""
    leads: list[dict[str, Any]] = [
        {"rank": rank, "person_ref": ref, "portrait_sha256": "e" * 64, "portrait": str(UUID(int=rank)), "kin": [],
         "score": 0.5, "by_photo": [], "apart": None, "passes": False, "holding": "Holding 1", "evidence": None,
         "secondary": [], "secondary_warning": ""}
        for rank, (_pk, ref) in enumerate(persons, start=1)
    ]  # fmt: skip
    return {
        "case": case.code, "photos": [], "searched": 1000, "searched_persons": 900, "without_portrait": 10,
        "generation": 1, "proven_exact": True, "contract": "c" * 64, "candidates": leads, "none_of_these": True,
        "operating_point": None, "notes": [], "elapsed_ms": {},
    }  # fmt: skip
