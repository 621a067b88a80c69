"""Who looks after an agency, and a colleague of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from antigone.access.rules import Role

if TYPE_CHECKING:
    from django.test import Client

    from antigone.access.models import Operator
    from tests.web.people import Agencies, ClientAs


@pytest.fixture
def admin(client_as: ClientAs) -> Client:
    return client_as(Role.ADMINISTRATOR)


@pytest.fixture
def colleague(agencies: Agencies) -> Operator:
    from tests.web.people import somebody

    return somebody(agencies.ours, Role.TRACING_OFFICER, name="Mirel Aslan")
