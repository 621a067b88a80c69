"""Calibrations in force: the agency's own and those that ship; putting one in force and taking it out again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError
from django.utils import timezone

from antigone.access import services as access
from antigone.access.models import Agency, Operator
from antigone.access.permissions import Permission
from antigone.casework.errors import CalibrationNotTaken
from antigone.casework.models import CalibrationInForce
from antigone.enrolment.models import Contract
from antigone.evidence import Calibration, CalibrationRefused, SourceKind
from antigone.evidence.calibration_file import from_json, read
from antigone.evidence.shipped import shipped
from antigone.ledger.models import Entry
from antigone.ledger.services import record, recorded, refuse

LEAST_DIGITS = 8
AGAIN = "Install Antigone again."

VALIDATED = "casework:calibration:validate"


@dataclass(frozen=True)
class InForce:
    """The calibrations that an agency's searches are weighed by, and what is wrong with kept ones that are not."""

    calibrations: tuple[Calibration, ...]
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """A calibration as a list shows it; `put_by`, a name, is empty for one that ships."""

    calibration: Calibration
    put_by: str
    put_at: str


def in_force(agency: Agency, contract: str | None = None) -> InForce:
    """What is in force for this agency, under one embedding contract or under any; what was put last comes first.

    One that ships is in force until the agency withdraws it, or puts one of its own in force for the same contract,
    pipeline and stratum. So an agency's own for photographs of every quality stands beside those that ship for one
    quality, and the narrower weighs (`evidence.withheld.choose`), unless the agency's own rests on its closed cases:
    how poor a photograph is changes a ratio more than where the faces come from. An agency that wants its own to weigh
    everywhere withdraws the others. A row that was altered in the database is left out, with a sentence.
    """
    rows = CalibrationInForce.objects.filter(agency=agency, withdrawn_at=None).order_by("-put_at", "-pk")
    if contract is not None:
        rows = rows.filter(contract=contract)
    own, faults = [], []
    for row in rows:
        found = _kept(row)
        if found is None:
            faults.append(
                f"The calibration {row.digest[:12]} was altered after it was put in force, and is not applied. "
                "Withdraw it, and put the file in force again."
            )
        else:
            own.append(found)
    try:
        ships = tuple(_shipped(agency, contract, own))
    except CalibrationRefused:
        ships = ()
        faults.append("A calibration that came with Antigone was altered; none that came with it is applied. " + AGAIN)
    return InForce((*own, *ships), tuple(faults))


def _kept(row: CalibrationInForce) -> Calibration | None:
    try:
        found = from_json(row.content)
    except CalibrationRefused:
        return None
    if (found.digest, found.contract) != (row.digest, row.contract):
        return None
    # A row written into the database can carry a digest of its own making; what unlocks words is asked of the ledger.
    if found.source is SourceKind.OWN_CASES and not _validated_here(found.digest, row.agency):
        return None
    return found


def _shipped(agency: Agency, contract: str | None, own: list[Calibration]) -> Iterator[Calibration]:
    replaced = {_place(each) for each in own}
    ended = CalibrationInForce.objects.filter(agency=agency, withdrawn_at__isnull=False)
    withdrawn = set(ended.values_list("digest", flat=True))
    for each in shipped():
        if contract is not None and each.contract != contract:
            continue
        if _place(each) not in replaced and each.digest not in withdrawn:
            yield each


def _place(calibration: Calibration) -> tuple[str, str, str]:
    return calibration.contract, calibration.pipeline, calibration.stratum.name


def lines(agency: Agency) -> list[Line]:
    """Every calibration in force for the agency, its own first."""
    rows = {row.digest: row for row in CalibrationInForce.objects.filter(agency=agency, withdrawn_at=None)}
    people = {each.actor: each.name for each in Operator.objects.filter(agency=agency)}
    found = []
    for each in in_force(agency).calibrations:
        row = rows.get(each.digest)
        put_by = people.get(row.put_by, row.put_by) if row else ""
        found.append(Line(each, put_by, f"{row.put_at:%Y-%m-%d}" if row else ""))
    return found


def contract_known(digest: str) -> bool:
    """Whether anything of this instance is encoded under this embedding contract."""
    return Contract.objects.filter(digest=digest).exists()


def put_in_force(text: bytes, who: Operator) -> Calibration:
    """Put the calibration of a file in force for the operator's agency.

    Raises Refused, or CalibrationNotTaken for a file that was altered or is too weak, that is in force already, or
    that claims own cases without a validation in this instance's ledger; the refusal is in the ledger.
    """
    access.require(who, Permission.CALIBRATION_MANAGE, object=f"agency:{who.agency_id}")
    try:
        calibration = read(text)
    except CalibrationRefused as refused:
        raise _refusal(who, str(refused)) from None
    # A clock may be a day ahead elsewhere.
    if date.fromisoformat(calibration.date) > timezone.now().date() + timedelta(days=1):
        raise _refusal(
            who,
            f"This calibration says that it was made on {calibration.date}, which is yet to come. Nothing was put in "
            "force. Look at the machine's clock, and at who made the file.",
        )
    if calibration.source is SourceKind.OWN_CASES and not _validated_here(calibration.digest, who.agency):
        raise _refusal(
            who,
            "This calibration says that it rests on your own closed cases, and the ledger knows no validation that "
            "made it. Nothing was put in force. Make it here: antigone validate --own-cases",
        )
    try:
        with recorded():
            held = CalibrationInForce.objects.filter(agency=who.agency, digest=calibration.digest, withdrawn_at=None)
            already = held.exists()
            if not already:
                _put(calibration, who)
    except IntegrityError:  # somebody else put it in force in the same moment
        already = True
    if already:
        raise _refusal(who, f"The calibration {calibration.digest[:12]} is in force already. Nothing was changed.")
    return calibration


def _put(calibration: Calibration, who: Operator) -> None:
    CalibrationInForce.objects.create(
        agency=who.agency,
        digest=calibration.digest,
        contract=calibration.contract,
        content=calibration.as_json(),
        put_by=who.actor,
        put_at=timezone.now(),
    )
    record(
        "casework:calibration:use",
        actor=who.actor,
        object=f"calibration:{calibration.digest}",
        agency=who.agency_id,
        contract=calibration.contract,
        source=calibration.source.value,
        stratum=calibration.stratum.name,
    )


def _validated_here(digest: str, agency: Agency) -> bool:
    made = Entry.objects.filter(action=VALIDATED, object=f"calibration:{digest}")
    return any((entry.details or {}).get("agency") == agency.pk for entry in made)


def withdraw(digest: str, reason: str, who: Operator) -> str:
    """Take the calibration whose digest begins so out of force; returns the digest.

    Answers that were given keep what they said; the row says until when the calibration held. Raises Refused or
    CalibrationNotTaken; the refusal is in the ledger.
    """
    access.require(who, Permission.CALIBRATION_MANAGE, object=f"agency:{who.agency_id}")
    wanted = digest.strip().lower()
    if len(wanted) < LEAST_DIGITS:
        raise _refusal(who, f"Name the calibration by {LEAST_DIGITS} digits of its digest. Nothing was changed.")
    if not reason.strip():
        raise _refusal(who, "Say why the calibration is withdrawn. Nothing was changed.")
    with recorded():
        held = CalibrationInForce.objects.select_for_update().filter(agency=who.agency, withdrawn_at=None)
        rows = {row.digest: row for row in held if row.digest.startswith(wanted)}
        for each in in_force(who.agency).calibrations:
            if each.digest.startswith(wanted) and each.digest not in rows:
                rows[each.digest] = _row_of_shipped(each, who.agency)
        if len(rows) == 1:
            ((found, row),) = rows.items()
            row.withdrawn_by, row.withdrawn_at, row.reason = who.actor, timezone.now(), reason.strip()[:400]
            row.save()
            record(
                "casework:calibration:withdraw",
                actor=who.actor,
                object=f"calibration:{found}",
                agency=who.agency_id,
                reason=row.reason,
            )
            return found
    which = "Several calibrations in force begin" if rows else "No calibration in force begins"
    raise _refusal(who, f"{which} with these digits. Nothing was changed. See: antigone calibration list")


def _row_of_shipped(calibration: Calibration, agency: Agency) -> CalibrationInForce:
    return CalibrationInForce(
        agency=agency,
        digest=calibration.digest,
        contract=calibration.contract,
        content=calibration.as_json(),
        put_by=CalibrationInForce.SHIPPED,
        put_at=timezone.now(),
    )


def _refusal(who: Operator, why: str) -> CalibrationNotTaken:
    refuse("casework:calibration:refuse", actor=who.actor, object=f"agency:{who.agency_id}", why=why)
    return CalibrationNotTaken(f"{why} The refusal is in the ledger.")
