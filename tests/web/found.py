"""Records of this area, made as its services make them, for whichever agency a test names."""

from __future__ import annotations

import io
from datetime import date, timedelta

from django.utils import timezone
from PIL import Image

from antigone.access.models import Agency, Operator
from antigone.access.rules import Role
from antigone.description.given import Given
from antigone.remains import (
    associating,
    claims,
    codes,
    custody,
    describing,
    documents,
    open_source,
    opening,
    photographing,
    releasing,
    resting,
    sampling,
)
from antigone.remains.models import (
    AliasCode,
    AssociationEvent,
    Burial,
    CustodyStep,
    FoundDocument,
    Individual,
    OpenSourceItem,
    Photograph,
    RecognitionClaim,
    Release,
    Sample,
    Statement,
    Subject,
)
from antigone.remains.services import Particulars
from tests.web.people import somebody

DAY = date(2026, 1, 5)


def staff(agency: Agency) -> Operator:
    """Somebody of this agency who may do all that is done to remains; not a person of any other test."""
    roles = (Role.FIELD_RECORDER, Role.MORTUARY_EXAMINER, Role.BOARD_MEMBER, Role.TRACING_OFFICER)
    return somebody(agency, *roles, name=f"maker of {agency.name}")


def body(agency: Agency, code: str = "", kind: str = "deceased") -> Subject:
    code = code or f"LIMEN-A-{Subject.objects.count() + 101:03}"
    return opening.record(code, kind, Particulars("river bank", DAY, "A. Recorder"), staff(agency))


def living(agency: Agency, hours_ago: float = 1) -> Subject:
    given = Particulars(attested_by="Dr A", attested_at=timezone.now() - timedelta(hours=hours_ago))
    return opening.record(f"WARD-{Subject.objects.count() + 1}", "unable-to-state-identity", given, staff(agency))


def picture(shade: int = 120) -> bytes:
    """A small picture; another shade is another one."""
    out = io.BytesIO()
    Image.new("RGB", (64, 64), (shade % 256, shade // 256 % 256, 90)).save(out, "PNG")
    return out.getvalue()


def photograph(subject: Subject, shot: str = "F1", shade: int = 120) -> Photograph:
    return photographing.add(subject, picture(shade), photographing.Taking(shot=shot), staff(subject.agency))


def alias(subject: Subject) -> AliasCode:
    return codes.add_alias(subject, "Red Cross", "ICRC-77", None, staff(subject.agency))


def statement(subject: Subject, key: str = "condition.stage", value: object = "early") -> Statement:
    given = Given(value, basis="convention-duty", how="observed", source="me")
    return describing.state(subject, key, given, staff(subject.agency))


def effect(subject: Subject) -> Statement:
    return statement(subject, "effect", {"item": "watch"})


def sample(subject: Subject) -> Sample:
    new = sampling.NewSample("S-1", "bone", "dna", "A. Taker", "freezer")
    return sampling.add(subject, new, staff(subject.agency))


def step(subject: Subject, hours_ago: float = 5, **more: str) -> CustodyStep:
    said = {"from_holder": "team", "to_holder": "mortuary", "seal": "S1", **more}
    given = custody.HandOver(
        place="gate",
        reason="transport",
        at=timezone.now() - timedelta(hours=hours_ago),
        handed_by="A",
        received_by="B",
        **said,
    )
    return custody.hand_over(subject, given, staff(subject.agency))


def burial(subject: Subject) -> Burial:
    return resting.bury(subject, resting.NewBurial("individual", "cemetery", DAY, "parish"), staff(subject.agency))


def release(subject: Subject) -> Release:
    new = releasing.NewRelease("B-1", "a sister", "next of kin", "gate", subject.code, subject.code)
    return releasing.prepare(subject, new, staff(subject.agency))


def document(subject: Subject, shade: int = 7) -> FoundDocument:
    new = documents.NewDocument("passport", "inside pocket", "A. Finder", names_on_it="Olena K.", number_on_it="AB123")
    return documents.add(subject, new, staff(subject.agency), picture(shade))


def claim(subject: Subject) -> RecognitionClaim:
    new = claims.NewClaim("a neighbour", "Olena K.", "body", DAY, "A. Hearer")
    return claims.add(subject, new, staff(subject.agency))


def item(subject: Subject, *, approved: bool = False, shade: int = 9) -> OpenSourceItem:
    new = open_source.NewItem(
        "https://example.org/a", timezone.now(), "a neighbour told", "nothing else shows it", True
    )
    found = open_source.propose(subject, new, picture(shade), staff(subject.agency))
    if approved:
        second = somebody(subject.agency, Role.LIAISON_OFFICER, name=f"second of {subject.agency.name}")
        open_source.approve(found, "needed", second)
    return found


def individual(agency: Agency) -> Individual:
    return associating.associate([body(agency), body(agency)], None, "one bag", staff(agency))


def decision(agency: Agency) -> AssociationEvent:
    found = individual(agency)
    return found.associations.earliest("pk").begun
