"""What waits in the tour's instance, so that desks have something on them: enquiries, a patient, an agreement."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from antigone.access import administer, agreements
from antigone.access.models import Agency
from antigone.access.rules import Role
from antigone.access.scope import Scope
from antigone.casework import services as cases
from antigone.demo import staff
from antigone.demo.records import WORDING
from antigone.description.bases import LegalBasis
from antigone.description.given import Given
from antigone.intake import services as intake
from antigone.intake.filing import Agreed, Filing
from antigone.intake.models import Enquiry
from antigone.intake.tellers import Contact, Teller
from antigone.remains import associating, codes, opening
from antigone.remains.models import AssociationEvent, Subject
from antigone.remains.services import Particulars

NEIGHBOURS = "Bureau across the river"
PATIENT = "LIMEN-H-001"

# Whom they look for, who asks, in which relation: invented.
ENQUIRIES = (
    (("Orlena Vastovar", "Орлена Вастовар"), "Marta Vastovar", "mother", "female", "1999"),
    (("Timur Belogrin", "Тимур Белогрін"), "Sanda Belogrin", "spouse", "male", "1981-06"),
)


def leave() -> None:
    """File, open and propose what is not there yet."""
    if not Enquiry.objects.exists():
        _enquiries()
    if not Subject.objects.filter(code=PATIENT).exists():
        _patient()
    if not AssociationEvent.objects.exists():
        _part()
    if not Agency.objects.filter(name=NEIGHBOURS).exists():
        _agreement()


def _enquiries() -> None:
    clerk, today = staff.named(Role.BUREAU_CLERK), timezone.now().date()
    for names, enquirer, relation, sex, born in ENQUIRIES:

        def given(value: object, source: str = enquirer) -> Given:
            return Given(value, basis=LegalBasis.FAMILY_CHOICE.value, source=source)

        sought = [
            ("name", given({"kind": "current", "full": name, "script": script}))
            for name, script in zip(names, ("Latn", "Cyrl"), strict=True)
        ]
        sought += [("sex", given(sex)), ("birth.date", given(born))]
        teller = Teller(
            names=(enquirer,),
            relation=relation,
            contacts=(Contact("phone", "000 000 500"),),
            contact_by=("own-agency",),
        )
        agreed = Agreed(WORDING, today - timedelta(days=2))
        intake.file(Filing(teller, sought, agreed, channel="phone", language="uk"), clerk)


def _patient() -> None:
    examiner = staff.named(Role.MORTUARY_EXAMINER)
    word = Particulars(attested_by="Dr. A. Lindqvar, intensive care", attested_at=timezone.now() - timedelta(hours=60))
    cases.open_case(PATIENT, "unable-to-state-identity", word, examiner)


def _part() -> None:
    """A part that a board member says is of a body found before: the searches of that body are recalled."""
    recorder, board = staff.named(Role.FIELD_RECORDER), staff.named(Role.BOARD_MEMBER)
    body = Subject.objects.filter(kind="deceased", agency=recorder.agency).order_by("code").first()
    if body is None:
        return
    code = codes.next_code("KORMESH", "C", recorder)
    found = Particulars(place=body.place, recovered_on=body.recovered_on, attested_by=body.attested_by)
    part = opening.record(code, "body-part", found, recorder)
    associating.associate([body, part], None, "The ends of the bone fit, and lay a step apart.", board)


def _agreement() -> None:
    administrator = staff.named(Role.ADMINISTRATOR)
    administer.found_agency(administrator, NEIGHBOURS, "Ruta Kessar")
    agreements.propose(
        administrator,
        Agency.objects.get(name=NEIGHBOURS),
        (Scope.PERSONS, Scope.REMAINS),
        "invented agreement 3 of 2026",
        timezone.now().date() + timedelta(days=300),
    )
