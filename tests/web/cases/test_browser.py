"""The pages of cases in a real browser: no serious fault of access, no sideways scroll, a silent console."""

from __future__ import annotations

import pytest
from django.urls import reverse

from antigone.access.rules import Role
from tests.web import browsing, casefile
from tests.web.browsing import Visitor
from tests.web.people import Agencies, ClientAs

pytestmark = pytest.mark.browser


def test_the_pages_of_a_case(agencies: Agencies, visit: Visitor, client_as: ClientAs) -> None:
    case = casefile.case(agencies.ours, photographs=1)
    search = casefile.search(case, leads=3)
    seen = visit.as_seen_by(client_as(Role.TRACING_OFFICER))
    client_as(Role.TRACING_OFFICER).post(reverse("web:cases:ranked-ask", args=[search.pk]))
    browsing.hold(seen, "/cases/")
    browsing.hold(seen, reverse("web:cases:case", args=[case.pk]))
    browsing.hold(seen, reverse("web:cases:search", args=[case.pk]))
    browsing.hold(seen, reverse("web:cases:ranked", args=[search.pk]))


def test_opening_and_closing(agencies: Agencies, visit: Visitor, client_as: ClientAs) -> None:
    case, subject = casefile.case(agencies.ours), casefile.subject(agencies.ours)
    seen = visit.as_seen_by(client_as(Role.FIELD_RECORDER))
    browsing.hold(seen, "/cases/new/")
    browsing.hold(seen, reverse("web:cases:about", args=[subject.pk]))
    browsing.hold(seen, reverse("web:cases:close", args=[case.pk]))
