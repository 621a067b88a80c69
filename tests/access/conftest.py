"""Passphrases in these tests are hashed by the same code with fewer rounds."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import ScryptPasswordHasher


@pytest.fixture(autouse=True)
def quick_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ScryptPasswordHasher, "work_factor", 2**4)
