"""One instance for practice a session, with the cohort's records; served once, and walked in one Chromium a module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # what imports models waits until Django is started
    from playwright.sync_api import Browser

    from tests.browser.house import House

SEARCHED = 3


@pytest.fixture(scope="session")
def practice(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The practice instance, served; a test that changes its records changes them for those after it."""
    from django.db import connections

    from antigone.demo import practice as practising
    from tests.browser import house

    root = tmp_path_factory.mktemp("practice") / "instance"
    _opened, sign_ins = practising.made(root, searched=SEARCHED)
    connections.close_all()
    with house.served(root) as base:
        yield house.House(root, base, sign_ins)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The machine's Chromium; skips, loudly, where there is none."""
    from tests.web import browsing

    with browsing.chromium() as opened:
        yield opened
