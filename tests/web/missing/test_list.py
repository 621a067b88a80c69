"""The list of missing persons: found in any letters, narrowed, warned about, at a fixed cost."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from antigone.access.rules import Role
from tests.web.missing.conftest import PersonOf
from tests.web.people import Agencies, ClientAs

URL = "/missing/"


def test_a_person_is_found_in_other_letters_and_only_in_ones_own_agency(
    client_as: ClientAs, missing: PersonOf, agencies: Agencies
) -> None:
    missing("Шевченко", "Тарас", ref="M-OURS")
    missing("Shevchenko", "Taras", ref="M-THEIRS", agency=agencies.theirs)
    page = client_as(Role.BUREAU_CLERK).get(URL, {"q": "shevch"}).content.decode()
    assert "M-OURS" in page
    assert "M-THEIRS" not in page


def test_filters_narrow_what_was_typed(client_as: ClientAs, missing: PersonOf) -> None:
    missing("Bondar", "Olha", ref="M-F", sex="female", birth__date="1990")
    missing("Bondar", "Oleh", ref="M-M", sex="male", birth__date="1950")
    clerk = client_as(Role.BUREAU_CLERK)
    for query in ({"sex": "female"}, {"age_to": "50"}, {"q": "bondar", "sex": "female"}):
        page = clerk.get(URL, query).content.decode()
        assert "M-F" in page, query
        assert "M-M" not in page, query


@pytest.mark.parametrize(
    "query",
    [
        {"age_from": "-1", "age_to": "old"},
        {"sex": "'; DROP TABLE", "state": "<script>", "holding": "9" * 40},
        {"q": "\x00\u202e<img src=x onerror=1>", "only": "everything"},
    ],
)
def test_what_is_no_filter_narrows_nothing(client_as: ClientAs, missing: PersonOf, query: dict[str, str]) -> None:
    missing(ref="M-HERE")
    answer = client_as(Role.BUREAU_CLERK).get(URL, query)
    assert answer.status_code == 200
    assert "q" in query or "M-HERE" in answer.content.decode()
    assert "<img src=x" not in answer.content.decode()


def test_a_cursor_that_is_none_says_where_to_begin(client_as: ClientAs) -> None:
    answer = client_as(Role.BUREAU_CLERK).get(URL, {"after": "'"})
    assert answer.status_code == 422
    assert "Begin again at its start" in answer.content.decode()


def test_a_child_and_a_possible_duplicate_are_marked(client_as: ClientAs, missing: PersonOf) -> None:
    missing("Koval", "Ivan", ref="M-1", birth__date="2015")
    missing("Коваль", "Іван", ref="M-2", birth__date="2015")
    page = client_as(Role.BUREAU_CLERK).get(URL).content.decode()
    assert page.count(">child<") == 2
    assert page.count(">possible duplicate<") == 2


def test_thirty_persons_cost_what_three_do(client_as: ClientAs, missing: PersonOf) -> None:
    clerk = client_as(Role.BUREAU_CLERK)
    costs = []
    for numbers in (range(3), range(3, 30)):
        for number in numbers:
            missing(f"Koval{chr(97 + number % 20)}", "Ivan", ref=f"M-{number}")
        clerk.get(URL)
        with CaptureQueriesContext(connection) as plain:
            clerk.get(URL)
        with CaptureQueriesContext(connection) as typed:
            clerk.get(URL, {"q": "koval"})
        costs.append((len(plain), len(typed)))
    assert costs[0] == costs[1]


@pytest.mark.parametrize(
    "path", ["", "close/", "merge/", "block/birth/", "history/sex/", "portraits/add/", "kin/", "relatives/new/"]
)
def test_a_number_that_no_record_has_is_not_found(client_as: ClientAs, path: str) -> None:
    tracer = client_as(Role.TRACING_OFFICER)
    for number in (0, 99, 10**25):
        assert tracer.get(f"/missing/{number}/{path}").status_code == 404, number
