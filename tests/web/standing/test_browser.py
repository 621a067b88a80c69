"""Pages of standing searches in a real browser: no serious fault of access, no sideways scroll, a silent console."""

from __future__ import annotations

import pytest
from django.urls import reverse

from antigone.access.rules import Role
from tests.web import browsing, standing_file
from tests.web.browsing import Visitor
from tests.web.people import Agencies, ClientAs

pytestmark = pytest.mark.browser


def test_the_pages_of_a_standing_search(agencies: Agencies, visit: Visitor, client_as: ClientAs) -> None:
    run = standing_file.ran(standing_file.kept(agencies.ours), new=2)
    client = client_as(Role.TRACING_OFFICER)
    seen = visit.as_seen_by(client)
    browsing.hold(seen, "/")
    browsing.hold(seen, reverse("web:standing:case", args=[run.standing.case_id]))
    browsing.hold(seen, reverse("web:standing:end", args=[run.standing.case_id]))
    browsing.hold(seen, reverse("web:standing:news-ask", args=[run.pk]))
    client.post(reverse("web:standing:news-ask", args=[run.pk]))
    browsing.hold(seen, reverse("web:standing:news", args=[run.pk]))


def test_the_pages_of_an_incident(agencies: Agencies, visit: Visitor, client_as: ClientAs) -> None:
    order = standing_file.bulk(agencies.ours)
    site = standing_file.site(agencies.ours, cases=2)
    seen = visit.as_seen_by(client_as(Role.TRACING_OFFICER))
    browsing.hold(seen, reverse("web:standing:site", args=[site.pk]))
    browsing.hold(seen, reverse("web:standing:search", args=[site.pk]))
    browsing.hold(seen, reverse("web:standing:bulk", args=[order.pk]))
