"""Two agencies with a record of each kind: made once a worker, and copied for whoever needs them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from antigone.instance import Instance
from antigone.upkeep.opening import point_django_at

# What needs settings is imported in the fixtures: this file may be read before Django is started.
if TYPE_CHECKING:
    from tests.api.world import World

    Built = tuple[Path, World, World]


@contextmanager
def opened(source: Path, root: Path, after: Path) -> Iterator[Instance]:
    """A copy of an instance, with Django pointed at it; afterwards Django is pointed at the one of before."""
    from django.db import connections

    from antigone.enrolment import projection

    point_django_at(source)
    connections.close_all()
    shutil.copytree(source, root)
    here = point_django_at(root)
    yield here
    projection.drop_segments(here)
    connections.close_all()
    point_django_at(after)


@pytest.fixture(scope="session")
def built(template_instance: Instance, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The instance with both agencies, and what is in it; no test changes it."""
    from tests.api import world

    root = tmp_path_factory.mktemp("built") / "instance"
    with opened(template_instance.root, root, template_instance.root):
        return root, world.build("Ours", "OURS"), world.build("Theirs", "THEIRS")


@pytest.fixture
def worlds(built: Built, template_instance: Instance, tmp_path: Path) -> Iterator[tuple[World, World]]:
    """Ours and another agency's, the test's own to change."""
    root, ours, theirs = built
    with opened(root, tmp_path / "instance", template_instance.root):
        yield replace(ours, lacking={}), replace(theirs, lacking={})


@pytest.fixture
def ours(worlds: tuple[World, World]) -> World:
    return worlds[0]


@pytest.fixture(scope="module")
def shared(
    built: Built, template_instance: Instance, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[World, World]]:
    """The same for all tests of a module, at any rate: what they change must not matter to the others."""
    from antigone.api import bearer
    from antigone.api.rates import Rates

    root, ours, theirs = built
    before, bearer.RATES = bearer.RATES, Rates(1e9, 1e9)
    with opened(root, tmp_path_factory.mktemp("shared") / "instance", template_instance.root):
        yield replace(ours, lacking={}), replace(theirs, lacking={})
    bearer.RATES = before
