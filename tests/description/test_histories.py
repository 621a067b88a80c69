"""Whatever is written and withdrawn in whatever order: nothing is lost, and one stands under each key and item."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antigone.access.models import Agency
from antigone.description.statements import BadStatement, Given, Stale, current, history, withdraw, write
from antigone.instance import Instance
from tests.description.records import Spoken, table

KEYS = ("birth.date", "nationality", "desc.stature")
VALUES = {
    "birth.date": st.sampled_from(("1986", "1987", "1987-05")),
    "nationality": st.sampled_from(("Ukrainian", "Georgian", None)),
    "desc.stature": st.integers(150, 153).map(lambda cm: {"cm": cm}),
}
deeds = st.sampled_from(KEYS).flatmap(
    lambda key: st.tuples(
        st.just(key),
        VALUES[key],
        st.integers(0, 3),  # which of the standing ones is meant
        st.sampled_from(("write", "write", "follow", "stale", "withdraw")),
    )
)


@pytest.fixture(scope="module")
def counter() -> Counter[str]:
    return Counter()


@given(st.lists(deeds, max_size=12))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_is_ever_lost(
    instance: Instance, counter: Counter[str], done: list[tuple[str, object, int, str]]
) -> None:
    if not counter["tables"]:
        table()
    counter["tables"] += 1
    person = Agency.objects.create(name=f"record {counter['tables']}")
    written: dict[int, tuple[str, object]] = {}
    for key, value, which, deed in done:
        said = Given(value, basis="statute", certainty="known" if value is not None else "unknown")
        standing = current(Spoken, person).get(key, [])
        meant = standing[which % len(standing)] if standing else None
        before = sum(len(history(Spoken, person, each)) for each in KEYS)
        try:
            if deed == "withdraw":
                if meant is not None:
                    withdraw(meant, actor="operator:1", reason="mistaken")
                continue
            item = meant.item if meant is not None and deed != "write" else None
            expects = {"write": None, "follow": meant.pk if meant else 0, "stale": (meant.pk if meant else 0) + 1}[deed]
            new = write(Spoken, person, key, said, actor="operator:1", item=item, expects=expects)
        except (Stale, BadStatement):
            assert sum(len(history(Spoken, person, each)) for each in KEYS) == before
            continue
        if new.pk in written:
            assert written[new.pk] == (key, said.value)
        elif deed == "stale":
            pytest.fail("a writer upon an outdated look was not refused")
        written[new.pk] = (key, said.value)
    kept = {row.pk: (row.key, row.value) for key in KEYS for row in history(Spoken, person, key)}
    assert kept == written
    for rows in current(Spoken, person).values():
        assert len({row.item for row in rows}) == len(rows)
        assert len(rows) == 1 or all(row.item is not None for row in rows)
