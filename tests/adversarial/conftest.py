"""Two agencies and signed-in browsers for those who try what they may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from antigone.instance import Instance

if TYPE_CHECKING:  # what imports models waits until Django is started
    from django.test import Client

    from antigone.access.models import Agency
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
