"""A person with a name, statements and a relative, made by the services that the pages call."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from antigone.access.models import Agency
    from antigone.missing.models import Person
    from tests.web.people import Agencies

PersonOf = Callable[..., "Person"]


@pytest.fixture
def missing(agencies: Agencies) -> PersonOf:
    """missing("Kovalenko", "Ivan", ref="M-1") in our agency; missing(..., agency=agencies.theirs) in the other."""
    from tests.web import missed

    def made(surname: str = "Kovalenko", given: str = "Ivan", *, agency: Agency | None = None, **more: str) -> Person:
        return missed.person(agency or agencies.ours, surname, given, **more)

    return made
