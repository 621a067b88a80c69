"""Miss rates are shares of people, stated by stratum; what was never seen has an end to its interval all the same."""

from __future__ import annotations

import json

import numpy as np

from antigone.evaluation import miss_rates
from antigone.evaluation.probes import Probes
from antigone.evidence.miss_rates import measured, read
from antigone.faces.strength import NAME as STRENGTH


def unit(rows: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def drawn(people: int, noise: float, strength: int, seed: int) -> Probes:
    random = np.random.default_rng(seed)
    vectors = unit(GALLERY[:people] + noise * random.normal(size=(people, 64)))
    return Probes(vectors, np.ones(people, np.bool_), tuple({STRENGTH: strength} for _ in range(people)))


GALLERY = unit(np.random.default_rng(1).normal(size=(200, 64)))
MATES = np.arange(40, dtype=np.intp)


def test_each_stratum_has_its_own_rates_and_the_weaker_misses_more() -> None:
    enrolled = np.ones(200, np.bool_)
    found = miss_rates.strata(GALLERY, enrolled, MATES, [drawn(40, 0.01, 90, 2), drawn(40, 0.4, 60, 3)], 20)
    clear, impaired = found
    assert [clear["name"], impaired["name"]] == ["clear", "impaired"]
    assert (clear["people"], clear["searches"], clear["as_they_are"], impaired["as_they_are"]) == (40, 40, 40, 0)
    assert clear["beyond"][0][1] == 0.0
    assert clear["beyond"][0][3] == round(3 / 40, 4)  # the rule of three
    assert impaired["beyond"][0][1] > 0.3
    for stratum in found:
        for _cut, value, low, high in (*stratum["below"], *stratum["beyond"]):
            assert 0 <= low <= value <= high <= 1
        values = [row[1] for row in stratum["below"]]
        assert values == sorted(values)


def test_who_has_no_template_is_in_no_stratum() -> None:
    enrolled = np.ones(200, np.bool_)
    enrolled[:5] = False
    probes = drawn(40, 0.01, 90, 2)
    probes.acquired[5:9] = False
    (clear,) = miss_rates.strata(GALLERY, enrolled, MATES, [probes], 20)
    assert clear["people"] == 31


def test_what_ships_can_be_read_and_falls_as_lists_grow() -> None:
    shipped = measured("e47545cd753d56d2bdaf77b67f8dc936dc54861fe9a50882550a14971f2642e2")
    assert shipped is not None
    assert [each.stratum.name for each in shipped.strata][:3] == ["clear", "impaired", "poor"]
    assert "nothing about the dead" in shipped.caution
    for each in shipped.strata:
        curve = [share.value for _rank, share in each.missed_beyond(shipped.enrolled, 50)]
        assert np.all(np.diff(curve) <= 1e-9)
        assert each.people >= miss_rates.LEAST_PEOPLE


def test_an_entry_that_is_written_is_one_that_is_read() -> None:
    strata = miss_rates.strata(GALLERY, np.ones(200, np.bool_), MATES, [drawn(40, 0.4, 60, 3)], 20)
    entry = {
        "contract": "c", "pipeline": "p", "data": "d", "date": "2026-01-01", "enrolled": 200, "caution": "none",
        "strata": strata,
    }  # fmt: skip
    text = miss_rates._rows_on_lines(json.dumps({"measured": [entry]}, indent=1))
    assert read(json.loads(text)["measured"][0]).strata[0].people == 40
