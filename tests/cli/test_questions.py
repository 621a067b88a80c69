"""A "no" that is piped in is a no; the ledger can be read; a wrong passphrase has its sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from antigone.instance import Instance
from antigone.missing.models import Person
from antigone.vault import services as vault
from tests import factories

ROOT = Path(__file__).parents[2]


def call(instance: Instance, *arguments: str, given: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "antigone", "-i", str(instance.root), *arguments],
        input=given,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")} | env,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_no_that_is_piped_in_is_a_no(instance: Instance) -> None:
    factories.enrol({"M-1": factories.unit(1)})
    refused = call(instance, "erase", "person", "M-1", given="n\n")
    assert refused.returncode == 1
    assert "Nothing was done" in refused.stderr
    assert Person.objects.filter(ref="M-1").exists()
    assert call(instance, "erase", "person", "M-1").returncode == 0
    assert not Person.objects.filter(ref="M-1").exists()


@pytest.mark.slow
def test_the_ledger_can_be_read(instance: Instance) -> None:
    assert call(instance, "case", "open", "LIMEN-A-001", "--subject", "deceased").returncode == 0
    shown = call(instance, "ledger", "show", "--case", "limen-a-001")
    assert shown.returncode == 0
    assert "opened case:1" in shown.stdout
    assert call(instance, "ledger", "show", "--case", "NOWHERE").returncode == 5


def test_a_wrong_passphrase_has_its_sentence(instance: Instance) -> None:
    vault.lock_key("a long enough passphrase", actor="operator:1")
    wrong = call(instance, "case", "list", ANTIGONE_PASSPHRASE="not this one")
    assert wrong.returncode == 1
    assert "passphrase" in wrong.stderr
    assert "should not" not in wrong.stderr
