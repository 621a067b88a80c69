"""What is done to records of the missing, on PostgreSQL: the same merges, lists, reviews and withdrawals."""

from __future__ import annotations

import inspect
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from antigone.enrolment import projection
from antigone.instance import Instance
from antigone.upkeep.founding import found
from antigone.upkeep.opening import point_django_at
from tests.intake import test_services as intake
from tests.missing import test_describing, test_listing, test_merging, test_relatives, test_reviews, test_searchable
from tests.upkeep.test_postgresql import server  # noqa: F401 (a fixture)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def founded(server: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: F811
    """An instance whose records lie in PostgreSQL; no test changes it."""
    from django.db import connections

    _ask(server, "DROP DATABASE IF EXISTS missed WITH (FORCE)")
    _ask(server, "CREATE DATABASE missed TEMPLATE template0 ENCODING 'UTF8'")
    section = f'[database]\nhost = "{server}"\nname = "missed"\nuser = "antigone"\n'
    root = tmp_path_factory.mktemp("postgresql") / "missed"
    found(root, agency_name="Agency", operator_name="tester", database=section)
    connections.close_all()
    return root


@pytest.fixture
def elsewhere(server: Path, founded: Path, template_instance: Instance, tmp_path: Path) -> Iterator[Instance]:  # noqa: F811
    """A fresh copy of it, records and folder."""
    from django.db import connections

    _ask(server, "DROP DATABASE IF EXISTS missed_now WITH (FORCE)")
    _ask(server, "CREATE DATABASE missed_now TEMPLATE missed")
    root = tmp_path / "missed"
    shutil.copytree(founded, root)
    settings = root / "antigone.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('"missed"', '"missed_now"'), encoding="utf-8")
    try:
        yield point_django_at(root)
    finally:
        projection.close_all()
        connections.close_all()
        point_django_at(template_instance.root)


def _ask(server: Path, sql: str) -> None:  # noqa: F811
    import psycopg

    with psycopg.connect(host=str(server), user="antigone", dbname="postgres", autocommit=True) as admin:
        admin.execute(sql)  # type: ignore[call-overload]


def plain(room: ModuleType) -> list[str]:
    """The tests of a module that need an instance and nothing else, once each."""
    return [
        name
        for name, test in vars(room).items()
        if name.startswith("test_")
        and list(inspect.signature(test).parameters) == ["instance"]
        and not hasattr(test, "hypothesis")
    ]


ROOMS = (intake, test_describing, test_listing, test_merging, test_relatives, test_reviews)


@pytest.mark.parametrize(("room", "name"), [(room, name) for room in ROOMS for name in plain(room)])
def test_it_holds_there_too(elsewhere: Instance, room: ModuleType, name: str) -> None:
    getattr(room, name)(elsewhere)


def test_a_merge_undone_is_no_change_there_either(elsewhere: Instance) -> None:
    test_merging.test_a_merge_undone_is_no_change(elsewhere)


def test_what_is_searchable_there_is_what_may_be(elsewhere: Instance) -> None:
    test_searchable.test_what_is_searchable_is_what_may_be(elsewhere)
