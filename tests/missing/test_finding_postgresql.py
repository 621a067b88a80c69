"""The search as one types on PostgreSQL, in a database whose own order of letters is not that of bytes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from antigone.instance import Instance
from antigone.upkeep.founding import found
from antigone.upkeep.opening import point_django_at
from tests.missing import test_finding as as_on_sqlite
from tests.upkeep.test_postgresql import server  # noqa: F401 (a fixture)

pytestmark = pytest.mark.slow


@pytest.fixture
def czech(server: Path, template_instance: Instance, tmp_path: Path) -> Iterator[Instance]:  # noqa: F811
    """An instance whose database orders words as Czech does: “ch” after “h”."""
    import psycopg
    from django.db import connections

    with psycopg.connect(host=str(server), user="antigone", dbname="postgres", autocommit=True) as admin:
        admin.execute("DROP DATABASE IF EXISTS czech WITH (FORCE)")
        admin.execute("CREATE DATABASE czech TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'cs-CZ'")
    section = f'[database]\nhost = "{server}"\nname = "czech"\nuser = "antigone"\n'
    try:
        yield found(tmp_path / "czech", agency_name="Agency", operator_name="tester", database=section)
    finally:
        connections.close_all()
        point_django_at(template_instance.root)


def test_tokens_are_ordered_by_their_bytes(czech: Instance) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 'ch' < 'd', collation_name FROM information_schema.columns "
            "WHERE table_name = 'missing_persontoken' AND column_name = 'token'"
        )
        assert cursor.fetchall() == [(False, "C")]


def test_a_search_finds_what_it_finds_on_sqlite(czech: Instance) -> None:
    as_on_sqlite.test_what_is_typed_finds_whom_it_means(czech)


def test_it_is_answered_by_indexes(czech: Instance) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from antigone.missing import finding
    from antigone.missing.models import PersonToken
    from tests import factories

    as_on_sqlite.tell([as_on_sqlite.PersonRecord(ref=f"C-{number}", names=(f"Чех {number}",)) for number in range(400)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SET enable_seqscan = off")
    with CaptureQueriesContext(connection) as asked:
        hits = finding.find(factories.operator(), "chekh 39")
    assert hits[0].ref == "C-39"
    table, looked = PersonToken._meta.db_table, 0
    for each in asked:
        if f'FROM "{table}"' in each["sql"]:
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN " + each["sql"])
                plan = "\n".join(row[0] for row in cursor.fetchall())
            assert "Index" in plan, plan
            assert "Seq Scan on missing_persontoken" not in plan, plan
            looked += 1
    assert looked > 3
