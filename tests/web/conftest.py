"""Two agencies, and browsers in which somebody with one role is signed in, with a second factor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from antigone.instance import Instance

if TYPE_CHECKING:  # what imports models waits until Django is started
    from django.test import Client

    from antigone.access.models import Agency
    from tests.web.browsing import Visitor
    from tests.web.people import Agencies, ClientAs


@pytest.fixture
def agencies(instance: Instance) -> Agencies:
    from tests.web import people

    return people.agencies_of()


@pytest.fixture
def client_as(agencies: Agencies) -> ClientAs:
    """client_as(Role.X, ...) of our agency; client_as(Role.X, agency=agencies.theirs) of the other."""
    from tests.web import people

    def signed_in(*roles: str, agency: Agency | None = None) -> Client:
        return people.client_of(people.somebody(agency or agencies.ours, *roles))

    return signed_in


@pytest.fixture
def visitor(instance: Instance) -> Client:
    """A browser in which nobody is signed in."""
    from django.test import Client

    return Client(HTTP_HOST="localhost")


@pytest.fixture
def visit(agencies: Agencies) -> Iterator[Visitor]:
    """A real browser before the pages, nobody signed in: visit.as_seen_by(client_as(Role.X)).open("/")."""
    from tests.web import browsing

    with browsing.served() as base, browsing.chromium() as browser:
        yield browsing.Visitor(browser, base)
