"""The table of routes and answers: every row holds, and every route has a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from antigone.access.models import Agency
from tests.web.people import Agencies, ClientAs
from tests.web.routes import ROUTES
from tests.web.table import Route

# Programs come in by another door, with tokens; its table stands in tests/api.
NOT_PAGES = ("api",)


def names(resolver: URLResolver, within: tuple[str, ...] = ()) -> Iterator[str]:
    """The name of every route of a URL map; one without a name shows as its pattern, and is in no table."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            spaces = (*within, each.namespace) if each.namespace else within
            if spaces[:1] and spaces[0].startswith(NOT_PAGES):
                continue
            yield from names(each, spaces)
        elif isinstance(each, URLPattern):
            yield ":".join((*within, each.name)) if each.name else f"unnamed: {each.pattern}"


def ask(client: Client, route: Route, agency: Agency) -> Any:
    made: Mapping[str, Any] = route.kwargs(agency) if route.kwargs else {}
    data = route.data(agency, made) if callable(route.data) else route.data
    url = reverse(route.name, kwargs=dict(made)) + route.query
    return client.get(url) if route.method == "get" else client.post(url, dict(data))


def test_every_route_has_a_row() -> None:
    known = {route.name for route in ROUTES}
    missing = sorted(set(names(get_resolver())) - known)
    assert not missing, f"add rows to tests/web/routes/: {missing}"


def test_no_row_is_left_of_a_route_that_is_gone() -> None:
    assert {route.name for route in ROUTES} <= set(names(get_resolver()))


# Some six hundred rows, each with an instance and up to four visitors: more than a minute of two processors.
@pytest.mark.slow
@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_a_route_answers_as_its_row_says(
    route: Route, agencies: Agencies, client_as: ClientAs, visitor: Client
) -> None:
    """One instance for the four answers of a row."""
    answer = ask(visitor, route, agencies.ours)
    assert answer.status_code == route.signed_out, "signed out"
    if route.signed_out == 302 and route.right != 302:
        assert answer["Location"].startswith(reverse("account_login"))

    wrong = route.wrong_role()
    if wrong is not None:
        assert ask(client_as(wrong), route, agencies.ours).status_code == route.missing, "missing permission"

    right = route.right_role()
    if route.has_record and route.other is not None:
        theirs = client_as(right, agency=agencies.theirs)
        assert ask(theirs, route, agencies.ours).status_code == route.other, "another agency"

    answer = ask(client_as(right), route, agencies.ours)
    assert answer.status_code == route.right, "the right role"
    if "text/html" in answer.get("Content-Type", "") and route.signed_out != 200:
        assert answer["Cache-Control"] == "no-store"
        assert "unsafe" not in answer["Content-Security-Policy"]
