"""Two agencies with a record of each kind, and tokens of every sort: on this the operations are tried."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from antigone.access import services as access
from antigone.access import tokens
from antigone.access.models import Agency, Operator, Token
from antigone.access.permissions import Permission
from antigone.access.rules import FOR_PEOPLE_ALONE, Role
from antigone.casework import services as casework
from antigone.casework.judging import sampling as ordering
from antigone.casework.models import (
    BulkItem,
    BulkSearch,
    Case,
    Decision,
    FacesSought,
    Outcome,
    Proposal,
    Search,
    StandingRun,
    StandingSearch,
)
from antigone.casework.reporting import making
from antigone.description.given import Given
from antigone.intake import filing
from antigone.intake import services as intake
from antigone.intake.tellers import Teller
from antigone.jobs.models import Job
from antigone.missing import consents, registers, relatives
from antigone.missing import describing as stating
from antigone.missing import services as missing
from antigone.missing.models import Person
from antigone.missing.sources import PersonRecord
from antigone.remains import codes, describing, documents, open_source, photographing, recovering, sampling
from antigone.remains import services as remains
from antigone.remains.services import Particulars
from tests.api.calling import Program, issue
from tests.api.pictures import jpeg
from tests.factories import contract, operator, unit

CARRIED = frozenset(Permission) - FOR_PEOPLE_ALONE
PARTICULARS = Particulars(place="a field", recovered_on=date(2026, 5, 1), attested_by="Attestor")
POINTS = [[36.0, 36.0], [60.0, 36.0], [48.0, 51.0], [39.0, 66.0], [57.0, 66.0]]
FACE = {"box": [24.0, 16.0, 48.0, 66.0], "landmarks": POINTS, "turn": 0, "score": 0.9, "quality": {}}


@dataclass
class World:
    """The records of one agency, by the names that paths use, and a program that may do all that a program can."""

    who: Operator
    token: Token
    program: Program
    ids: dict[str, Any] = field(default_factory=dict)
    lacking: dict[Permission, Program] = field(default_factory=dict)
    ended: tuple[Program, ...] = ()

    def without(self, permission: Permission) -> Program:
        """A program of the same agency that lacks one permission."""
        if permission not in self.lacking:
            self.lacking[permission] = Program(issue(self.who, CARRIED - {permission})[1])
        return self.lacking[permission]


def agency(name: str) -> Operator:
    """An agency with one person who holds every role."""
    founder = operator()
    made = Agency.objects.filter(name=name).first() or access.found_agency(name, founder.actor)
    access.issue_default_mandates(made, founder.actor)
    who = access.add_operator(f"all roles of {name}", made, founder.actor)
    for role in Role:
        access.grant_role(who, role, founder.actor)
    return who


def build(name: str, place: str) -> World:
    """A record of each kind in a new agency; `place` begins its codes."""
    who = agency(name)
    token, secret = issue(who)
    world = World(who, token, Program(secret), ended=ended(who))
    program = token.operator
    _remains(world, place)
    _enquiry(world)
    _missing(world)
    _judged(world, place)
    from antigone.jobs import registry

    kind = registry.daily_kinds()[0]
    job = Job.objects.create(kind=kind, asked_by=program.actor, agency=who.agency_id, created_at=datetime.now(UTC))
    world.ids["job"] = job.pk
    return world


def _remains(world: World, place: str) -> None:
    who = world.who
    code = codes.next_code(place, "A", who)
    case = casework.open_case(code, "deceased", PARTICULARS, who)
    site = recovering.add_site(recovering.NewSite("Site", "surface"), who)
    recovery = recovering.add_recovery(site, recovering.NewRecovery(date(2026, 5, 1), "A", "Leader"), who)
    photograph = photographing.add(case.subject, jpeg(1), photographing.Taking(shot="F1"), who)
    words = describing.state(case.subject, "condition.words", Given("whole", basis="statute", how="observed"), who)
    statement = describing.state(case.subject, "sex", Given("male", basis="statute", how="estimated"), who)
    item = open_source.NewItem(
        "page.example/1", datetime(2026, 5, 2, tzinfo=UTC), "a colleague saw it", "nothing else is known of them", True
    )
    open_source.propose(case.subject, item, jpeg(2), who)
    taken = sampling.add(case.subject, sampling.NewSample("S-1", "bone", "dna", "F", "a freezer"), who)
    paper = documents.add(case.subject, documents.NewDocument("letter", "breast pocket", "D"), who, jpeg(3))
    closing = casework.open_case(codes.next_code(place, "A", who), "deceased", PARTICULARS, who)
    caseless = remains.open_subject(codes.next_code(place, "A", who), "deceased", PARTICULARS, who.actor)
    search = _search(case, who)
    world.ids |= {
        "closing": closing.pk,
        "caseless": caseless.pk,
        "search": search.pk,
        "case": case.pk,
        "code": code,
        "subject": case.subject_id,
        "site": site.pk,
        "recovery": recovery.pk,
        "photograph": str(photograph.pk),
        "statement": statement.pk,
        "sample": taken.pk,
        "document": str(paper.pk),
        "subject_statement": words.pk,
    }


def _judged(world: World, place: str) -> None:
    """What was prepared, searched again, searched in bulk, ordered, decided and reported."""
    who, ids, now = world.who, world.ids, datetime.now(UTC)
    case = Case.objects.get(pk=ids["case"])
    FacesSought.objects.create(
        photograph_id=ids["photograph"], faces=[FACE], width=96, height=96, sought_by=who.actor, sought_at=now
    )
    standing = StandingSearch.objects.create(case=case, set_by=who.actor, set_at=now)
    again = _search(case, who)
    run = StandingRun.objects.create(
        standing=standing, at=now, changes=["portraits"], change_set="0" * 64, search=again, found_new=0
    )
    site = recovering.add_site(recovering.NewSite("Of an incident", "surface"), who)
    unsearched = casework.open_case(codes.next_code(place, "A", who), "deceased", PARTICULARS, who)
    recovering.place_subject(unsearched.subject, who, site=site, recovery=None)
    photographing.add(unsearched.subject, jpeg(4), photographing.Taking(shot="F1"), who)
    bulk = BulkSearch.objects.create(agency=who.agency, site=site, asked_by=who.actor, asked_at=now, finished_at=now)
    BulkItem.objects.create(bulk=bulk, case=unsearched, outcome=Outcome.UNUSABLE, sentence="It shows no face.", at=now)
    ordering.order(case.subject, ["dna"], "the face is changed", who)
    decided = casework.open_case(codes.next_code(place, "A", who), "deceased", PARTICULARS, who)
    proposal = Proposal.objects.create(
        case=decided, person=ids["person"], kind="exclude", reasons="The teeth.", quorum=3, proposed_by=who.actor,
        proposed_at=now, state="adopted",
    )  # fmt: skip
    decision = Decision.objects.create(
        agency=who.agency, case=decided, subject=decided.subject_id, person=ids["person"], kind="exclude",
        ground="primary", proposal=proposal, year=2026, number=1, serial=f"EX-{who.agency_id}-2026-0001",
        content={"kind": "exclude"}, digest="0" * 64, decided_at=now,
    )  # fmt: skip
    report = making.same_body(ids["subject"], ids["caseless"], who)
    ids |= {
        "run": run.pk,
        "bulk": bulk.pk,
        "incident_site": site.pk,
        "unsearched": unsearched.pk,
        "decided": decided.pk,
        "serial": decision.serial,
        "report": report.pk,
    }


def _missing(world: World) -> None:
    who = world.who
    holding = missing.open_holding("Register", who)
    giving = missing.Giving(basis="family-consent", given_by="the mother")
    data = jpeg(21)
    portrait = missing.NewPortrait(
        PersonRecord("M-1", names=("Taras Kovalenko",)),
        hashlib.sha256(data).hexdigest(),
        data,
        unit(21),
        {"quality": {}},
    )
    missing.add_portraits(holding, contract(), [portrait], giving, who.actor)
    missing.report_missing(holding, [PersonRecord("M-2")], giving, who.actor)
    person, other = (Person.objects.get(holding=holding, ref=ref) for ref in ("M-1", "M-2"))
    words = stating.state(person, "birth.words", Given("in winter", basis="family-choice"), who)
    mother = relatives.record_relative(person, Teller(names=("Olha Kovalenko",), relation="mother"), who)
    consents.record_consent(mother, filing.Agreed("consent-1", date(2026, 5, 1)), who)
    fact = registers.record_fact(person, registers.Entered("police-report", "the police", "7"), who)
    world.ids |= {
        "relative": mother.pk,
        "fact": fact.pk,
        "holding": holding.pk,
        "person": person.pk,
        "other_person": other.pk,
        "portrait": str(person.portraits.get().pk),
        "person_statement": words.pk,
    }


def _search(case: Case, who: Operator) -> Search:
    return Search.objects.create(
        case=case, actor=who.actor, at=datetime.now(UTC), contract="0" * 64, generation=1, none_of_these=True,
        answer={"candidates": [], "searched_persons": 3, "without_portrait": 1}, answer_sha256="0" * 64,
    )  # fmt: skip


def _enquiry(world: World) -> None:
    filed = intake.file(
        filing.Filing(
            Teller(names=("Olha Kovalenko",), relation="mother"),
            [("name", Given({"kind": "birth", "full": "Taras Kovalenko"}, basis="family-choice"))],
            filing.Agreed("consent-1", date(2026, 5, 1)),
        ),
        world.who,
    )
    world.ids["enquiry"] = filed.enquiry.pk


def ended(who: Operator) -> tuple[Program, ...]:
    """Programs whose tokens open nothing: expired, and revoked."""
    expired, first = issue(who)
    Token.objects.filter(pk=expired.pk).update(valid_until=datetime.now(UTC) - timedelta(seconds=1))
    revoked, second = issue(who)
    tokens.revoke(who, revoked)
    return Program(first), Program(second)
