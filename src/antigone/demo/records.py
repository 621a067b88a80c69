"""The cohort's records on both sides: what families told, and what was found; written once, however often one tours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from antigone.access.models import Operator
from antigone.access.rules import Role
from antigone.demo import particulars, people, staff
from antigone.description.bases import LegalBasis
from antigone.description.given import Certainty, Given, How
from antigone.intake.filing import Agreed
from antigone.intake.tellers import Contact, Teller
from antigone.missing import consents, relatives
from antigone.missing import describing as told
from antigone.missing.models import Person, Statement
from antigone.remains import claims, custody, documents, photographing, recovering, resting, sampling
from antigone.remains import describing as found
from antigone.remains.models import Photograph, RecoveryEvent, Site, Subject

WORDING = "invented-wording-1"
SHOTS = ("F1", "F4", "F5")


def steps() -> int:
    """How many records `load` looks at."""
    return len(_first_rows("manifest.csv", "person_ref")) + len(_first_rows("remains.csv", "code"))


def load(progress: Callable[[int], None]) -> None:
    """State what the cohort's tables tell of each person and each body, unless an earlier tour did."""
    clerk, recorder = staff.named(Role.BUREAU_CLERK), staff.named(Role.FIELD_RECORDER)
    for ref, row in _first_rows("manifest.csv", "person_ref").items():
        person = Person.objects.filter(ref=ref, holding__agency=clerk.agency).first()
        if person is not None and not person.relatives.exists():
            _tell(person, row, clerk)
        progress(1)
    for number, (code, row) in enumerate(_first_rows("remains.csv", "code").items()):
        subject = Subject.objects.filter(code=code, agency=recorder.agency).first()
        if subject is not None and subject.recovery_id is None:
            _find(subject, row, recorder, number)
        progress(1)


def _tell(person: Person, row: dict[str, str], who: Operator) -> None:
    def given(value: object) -> Given:
        return Given(value, basis=LegalBasis.FAMILY_CHOICE.value, how=How.REPORTED.value, source=row["given_by"])

    said = [told.Said("mark", given(value)) for value in particulars.marks(row["marks"])]
    said += [told.Said(key, given(value)) for key, value in particulars.things(row["effects"])]
    said.append(told.Said("event.words", given(f"Left for {row['last_seen_place']} and was not heard of again.")))
    told.state_many(person, said, who)
    # What the manifest said in words was cut into entries just now.
    for kept in Statement.objects.filter(person=person, key__in=("mark.words", "effect.words"), ended_at=None):
        told.withdraw_statement(kept, who, reason="cut into entries")
    teller = Teller(
        names=(f"{row['given_by'].capitalize()} of {row['name']}",),
        relation=particulars.relation(row["given_by"]),
        contacts=(Contact("phone", f"000 000 {int(row['person_ref'][2:]):03d}"),),
        contact_by=("own-agency",),
    )
    relative = relatives.record_relative(person, teller, who, reporter=True)
    consents.record_consent(relative, Agreed(WORDING, date.fromisoformat(row["last_seen_on"]) + timedelta(days=9)), who)


def _find(subject: Subject, row: dict[str, str], who: Operator, number: int) -> None:
    day = date.fromisoformat(row["recovered_on"])
    team = row["code"].rsplit("-", 2)[-2]
    site = Site.objects.filter(agency=who.agency, name=row["place"]).first() or recovering.add_site(
        recovering.NewSite(name=row["place"], kind="field-grave", place=row["place"].split(",")[0]), who
    )
    recovery = RecoveryEvent.objects.filter(site=site, began_on=day, team=f"Team {team}").first()
    if recovery is None:
        new = recovering.NewRecovery(began_on=day, team=f"Team {team}", leader=row["attested_by"])
        recovery = recovering.add_recovery(site, new, who)
    _state(subject, row, who)
    _photographs(subject, who, day)
    _custody(subject, row, who, number, day)
    # Last: its recovery says that this subject's records are complete.
    recovering.place_subject(subject, who, site=site, recovery=recovery)


def _state(subject: Subject, row: dict[str, str], who: Operator) -> None:
    def given(value: object, how: How = How.OBSERVED) -> Given:
        return Given(
            value,
            basis=LegalBasis.CONVENTION_DUTY.value,
            how=how.value,
            source=row["attested_by"],
            said_on=row["recovered_on"],
            citation="invented for the tour",
        )

    ages = {"low": int(row["age_low"]), "high": int(row["age_high"])}
    statures = {"low": int(row["stature_low"]), "high": int(row["stature_high"])}
    known = row["sex_estimated"] in ("female", "male")
    sex = given(row["sex_estimated"]) if known else replace(given(None), certainty=Certainty.UNKNOWN.value)
    said = [
        found.Said("sex", sex),
        found.Said("desc.age", given({"years": ages}, How.ESTIMATED)),
        found.Said(
            "desc.stature",
            given({"cm": sum(statures.values()) / 2, "taken": "length", "range": statures}, How.MEASURED),
        ),
        found.Said("condition.stage", given("early")),
        found.Said("condition.lids", given("closed")),
        found.Said("condition.complete", given("complete")),
    ]
    said += [found.Said("mark", given(value)) for value in particulars.marks(row["marks"])]
    said += [found.Said(key, given(value)) for key, value in particulars.things(row["effects"])]
    found.state_many(subject, said, who)


def _photographs(subject: Subject, who: Operator, day: date) -> None:
    at = datetime.combine(day, time(11, 30), UTC)
    for shot, photograph in zip(SHOTS, Photograph.objects.filter(subject=subject).order_by("added_at"), strict=False):
        taking = photographing.Taking(shot=shot, taken_at=at, taken_by=who.name, card_visible=False, cleaned=False)
        photographing.describe(photograph, taking, who)


def _custody(subject: Subject, row: dict[str, str], who: Operator, number: int, day: date) -> None:
    """The chain of every body; of some, also what else a record can hold."""
    evening = datetime.combine(day, time(18, 0), UTC)
    step = custody.HandOver(
        from_holder="Recovery team",
        to_holder="Mortuary of the tour",
        place=row["place"],
        reason="brought to the mortuary",
        at=evening,
        handed_by=row["attested_by"],
        received_by="Mortuary attendant",
        seal=f"S-{number + 1:04d}",
    )
    custody.hand_over(subject, step, who)
    resting.store(subject, "Mortuary of the tour", f"Cold room 1, place {number + 1}", evening, who)
    if number % 5 == 0:
        sample = sampling.NewSample(
            reference=f"{subject.code}-D1", kind="bone", identifier="dna", taken_by=row["attested_by"],
            kept_at="Mortuary of the tour", taken_on=day, laboratory="Laboratory of the tour",
        )  # fmt: skip
        sampling.add(subject, sample, who)
    if number % 12 == 3:
        paper = documents.NewDocument(
            kind="letter", where_on_body="inside pocket of the coat", found_by=row["attested_by"],
            names_on_it="Pavlen", words="A letter without an envelope; one name can be read.", found_on=day,
        )  # fmt: skip
        documents.add(subject, paper, who)
    if number % 15 == 7:
        claim = claims.NewClaim(
            claimant="A neighbour", named="somebody from the next street", shown="photograph", said_on=day,
            heard_by=who.name, relation="neighbour", light="a telephone's screen, at night",
        )  # fmt: skip
        claims.add(subject, claim, who)


def _first_rows(name: str, key: str) -> dict[str, dict[str, str]]:
    """The first row of each person or body of one of the cohort's tables."""
    return {row[key]: row for row in reversed(people.rows(name))}
