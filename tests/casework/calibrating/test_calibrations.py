"""Putting calibrations in force and taking them out: who may, which files are refused, which one a search goes by."""

from __future__ import annotations

import json
from typing import Any

import pytest

from antigone.access import services as access
from antigone.access.errors import Refused
from antigone.access.models import Agency, Operator, RoleGrant
from antigone.access.rules import Role
from antigone.casework.calibrating import calibrations
from antigone.casework.errors import CalibrationNotTaken
from antigone.casework.models import CalibrationInForce
from antigone.evidence import Calibration, CalibrationRefused, SourceKind, Stratum
from antigone.evidence.calibration_file import write
from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.ledger.services import record, recorded
from tests import factories
from tests.evidence.calibrations import a_calibration


def put(**changes: Any) -> Calibration:
    return calibrations.put_in_force(write(a_calibration(**changes)).encode(), factories.operator())


def in_force() -> list[str]:
    return [each.digest for each in calibrations.in_force(Agency.objects.get()).calibrations]


def entries(action: str) -> list[Entry]:
    return list(Entry.objects.filter(action=f"casework:calibration:{action}"))


@pytest.fixture(autouse=True)
def nothing_ships(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibrations, "shipped", tuple)


def test_put_in_force_and_withdrawn(instance: Instance) -> None:
    found = put()
    assert in_force() == [found.digest]
    (used,) = entries("use")
    assert (used.object, used.actor) == (f"calibration:{found.digest}", factories.operator().actor)
    assert calibrations.withdraw(found.digest[:12], "a better one is coming", factories.operator()) == found.digest
    assert in_force() == []
    row = CalibrationInForce.objects.get()
    assert (row.withdrawn_by, row.reason) == (factories.operator().actor, "a better one is coming")
    assert len(entries("withdraw")) == 1
    put()
    assert in_force() == [found.digest]


def test_a_calibration_is_read_back_as_it_was_given(instance: Instance) -> None:
    given = put(low=-1.5)
    assert calibrations.in_force(Agency.objects.get(), given.contract).calibrations == (given,)
    assert calibrations.in_force(Agency.objects.get(), "3" * 64).calibrations == ()


def refused(text: bytes, match: str, who: Operator | None = None) -> None:
    before = CalibrationInForce.objects.count()
    with pytest.raises(CalibrationNotTaken, match=match):
        calibrations.put_in_force(text, who or factories.operator())
    assert CalibrationInForce.objects.count() == before
    assert len(entries("refuse")) == 1


def test_an_altered_file_is_refused_and_logged(instance: Instance) -> None:
    content = a_calibration().as_json()
    content["bounds"]["high"] = 6.0
    refused(json.dumps(content).encode(), "altered")


def test_a_file_worth_less_than_nothing_is_refused_and_logged(instance: Instance) -> None:
    content = a_calibration().as_json()
    content["held_out"]["cllr"] = 1.2
    refused(json.dumps(content).encode(), "worth less than no evidence")


@pytest.mark.parametrize("text", [b"", b"\xff\xfe", b"{}", b"[" * 5000, b" " * (2 << 20)])
def test_what_is_no_calibration_is_refused(instance: Instance, text: bytes) -> None:
    refused(text, "not a calibration")


def test_twice_is_refused(instance: Instance) -> None:
    given = put()
    refused(write(given).encode(), "in force already")


def test_own_cases_that_this_ledger_does_not_know_are_refused(instance: Instance) -> None:
    claimed = a_calibration(source=SourceKind.OWN_CASES)
    refused(write(claimed).encode(), "no validation")
    with recorded():
        record(calibrations.VALIDATED, actor="operator:9", object=f"calibration:{claimed.digest}", agency=99)
    with pytest.raises(CalibrationNotTaken):
        calibrations.put_in_force(write(claimed).encode(), factories.operator())
    with recorded():
        record(
            calibrations.VALIDATED,
            actor="operator:9",
            object=f"calibration:{claimed.digest}",
            agency=factories.operator().agency_id,
        )
    assert calibrations.put_in_force(write(claimed).encode(), factories.operator()) == claimed


def test_only_the_board_puts_in_force_and_withdraws(instance: Instance) -> None:
    given = put()
    RoleGrant.objects.filter(role=Role.BOARD_MEMBER).delete()
    with pytest.raises(Refused, match="may not put calibrations in force"):
        put(low=-1.0)
    with pytest.raises(Refused):
        calibrations.withdraw(given.digest, "why", factories.operator())
    assert in_force() == [given.digest]
    assert Entry.objects.filter(action="access:permission:refuse").count() == 2


@pytest.mark.parametrize(("digits", "reason"), [("0" * 12, "why"), ("", "why"), (None, " ")])
def test_withdrawing_what_is_not_named_or_not_explained_is_refused(
    instance: Instance, digits: str | None, reason: str
) -> None:
    given = put()
    with pytest.raises(CalibrationNotTaken):
        calibrations.withdraw(given.digest if digits is None else digits, reason, factories.operator())
    assert in_force() == [given.digest]
    assert len(entries("refuse")) == 1


def test_a_row_altered_in_the_database_is_not_applied_and_is_told(instance: Instance) -> None:
    given = put()
    row = CalibrationInForce.objects.get()
    row.content["bounds"]["high"] = 6.0
    row.save()
    found = calibrations.in_force(Agency.objects.get())
    assert found.calibrations == ()
    assert given.digest[:12] in found.faults[0]
    calibrations.withdraw(given.digest, "it was altered", factories.operator())
    assert calibrations.in_force(Agency.objects.get()).faults == ()


def test_what_ships_holds_until_replaced_or_withdrawn(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    ships = a_calibration(data_name="what ships")
    monkeypatch.setattr(calibrations, "shipped", lambda: (ships,))
    assert in_force() == [ships.digest]
    other = put(stratum=Stratum("dark", "LuminanceMean", 0.0, 30.0))
    assert in_force() == [other.digest, ships.digest]
    own = put()
    assert in_force() == [own.digest, other.digest]
    calibrations.withdraw(own.digest, "back to what ships", factories.operator())
    assert in_force() == [other.digest, ships.digest]
    calibrations.withdraw(ships.digest, "not our population", factories.operator())
    assert in_force() == [other.digest]
    lines = calibrations.lines(Agency.objects.get())
    assert [(line.calibration, line.put_by) for line in lines] == [(other, factories.operator().name)]


def test_a_damaged_installation_stops_no_search_and_is_told(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged() -> tuple[Calibration, ...]:
        raise CalibrationRefused("it was altered")

    own = put()
    monkeypatch.setattr(calibrations, "shipped", damaged)
    found = calibrations.in_force(Agency.objects.get())
    assert found.calibrations == (own,)
    assert "Install Antigone again" in found.faults[0]


def test_another_agency_has_its_own(instance: Instance) -> None:
    put()
    other = access.found_agency("Another agency", "operator:1")
    assert calibrations.in_force(other).calibrations == ()
