"""Who works in the tour's instance: one sign-in for each role, with a passphrase of its own."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from antigone.access import administer, invitations
from antigone.access.models import Operator
from antigone.access.rules import Role

# Invented, as everybody in the tour. Two examiners and a third; three of the board, and a fourth who records what a
# laboratory found, since whoever does has no vote on it: what the procedure asks for.
STAFF = (
    ("Ilka Torven", Role.FIELD_RECORDER),
    ("Bohdan Marsk", Role.MORTUARY_EXAMINER),
    ("Senna Olt", Role.MORTUARY_EXAMINER),
    ("Teo Varra", Role.MORTUARY_EXAMINER),
    ("Mirel Aslan", Role.TRACING_OFFICER),
    ("Jonna Feld", Role.BUREAU_CLERK),
    ("Dara Quist", Role.BOARD_MEMBER),
    ("Orin Valde", Role.BOARD_MEMBER),
    ("Petra Soln", Role.BOARD_MEMBER),
    ("Halla Brevin", Role.BOARD_MEMBER),
    ("Luc Amberg", Role.LIAISON_OFFICER),
    ("Vesna Rohl", Role.DATA_PROTECTION_REVIEWER),
    ("Kaspar Brenn", Role.AUDITOR),
    ("Nela Storm", Role.ADMINISTRATOR),
)
WORDS = (
    "amber", "anchor", "birch", "bridge", "candle", "cedar", "chalk", "clover", "copper", "ember", "fern", "harbour",
    "hazel", "heron", "ivory", "juniper", "lantern", "larch", "linen", "maple", "marble", "meadow", "mill", "nettle",
    "olive", "orchard", "pebble", "plum", "quarry", "reed", "river", "rowan", "saddle", "slate", "thistle", "willow",
)  # fmt: skip
KEPT = "sign-ins.txt"


@dataclass(frozen=True)
class SignIn:
    """How to sign in to the tour's pages as somebody who works there."""

    name: str
    role: Role
    passphrase: str


def employ(founder: Operator) -> list[SignIn]:
    """Add everybody of STAFF who is not there yet, each with a role and a passphrase of their own; lists them all.

    The passphrases are drawn for this instance and kept in its reports, readable by its owner alone: the tour is for
    practice, and whoever takes it must be able to sign in again tomorrow.
    """
    reports = settings.ANTIGONE.reports
    known = {each.name: each for each in kept(reports)}
    for name, role in STAFF:
        if name not in known:
            known[name] = _employ(founder, name, role)
    every = [known[name] for name, _role in STAFF]
    _keep(every, reports)
    return every


def named(role: Role) -> Operator:
    """The first of the staff who holds this role."""
    return Operator.objects.select_related("agency").get(name=next(name for name, held in STAFF if held is role))


def one_per_role(every: list[SignIn]) -> list[SignIn]:
    """The first sign-in of each role, in the order of STAFF."""
    return list({each.role: each for each in reversed(every)}.values())[::-1]


def _employ(founder: Operator, name: str, role: Role) -> SignIn:
    passphrase = "-".join([*(secrets.choice(WORDS) for _ in range(3)), str(secrets.randbelow(90) + 10)])
    who = Operator.objects.filter(name=name).first() or administer.add_operator(founder, name)
    administer.grant_role(founder, who, role)
    # As anybody comes in: invited by a code, which opens once.
    invitations.redeem(administer.invite(founder, who), passphrase)
    return SignIn(name, role, passphrase)


def kept(reports: Path) -> list[SignIn]:
    """What an earlier tour kept in its instance's folder of reports."""
    file = reports / KEPT
    if not file.is_file():
        return []
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if line]
    return [SignIn(name, Role(role), passphrase) for name, role, passphrase in rows]


def _keep(every: list[SignIn], reports: Path) -> None:
    text = "".join(f"{each.name}\t{each.role}\t{each.passphrase}\n" for each in every)
    descriptor = os.open(reports / KEPT, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(text)
