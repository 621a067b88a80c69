"""An instance for practice with the cohort's records in it, made without the tour's words: for tests and pictures."""

from __future__ import annotations

from pathlib import Path

from antigone.demo import people, records, staff, tour, waiting
from antigone.instance import Instance
from antigone.upkeep.founding import found


def made(folder: Path, *, searched: int) -> tuple[Instance, list[staff.SignIn]]:
    """Found it in `folder`, employ the staff, enrol the portraits, search the first `searched` of the dead, state all.

    Returns it, open, and how to sign in as everybody who works there. The models must have been installed.
    """
    instance = found(folder, agency_name="Agency of the tour", operator_name="Founder of the tour", practice=True)
    founder = tour.operator()
    sign_ins = staff.employ(founder)
    tour.enrol(founder, lambda _done: None)
    tour.approve()
    truth = people.truth()
    for remains in people.remains()[:searched]:
        tour.visit(remains, truth[remains.code], founder)
    records.load(lambda _done: None)
    waiting.leave()
    return instance, sign_ins
