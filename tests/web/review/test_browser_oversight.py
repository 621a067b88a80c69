"""Administration, ledger, review and work in a real browser: axe, widths, a silent console, the veil lifted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from antigone.access import agreements, tokens
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.access.rules import Role
from antigone.jobs import running
from antigone.missing.models import Portrait
from antigone.remains import review
from antigone.upkeep import verifying
from tests.web import browsing, records
from tests.web.browsing import Visitor
from tests.web.people import Agencies, ClientAs, somebody

pytestmark = pytest.mark.browser

TODAY = timezone.now().date()


def test_the_pages_of_the_administration(visit: Visitor, client_as: ClientAs, agencies: Agencies) -> None:
    seen = visit.as_seen_by(client_as(Role.ADMINISTRATOR))
    me = Operator.objects.get(name__startswith="administrator of", agency=agencies.ours)
    theirs = somebody(agencies.theirs, Role.ADMINISTRATOR)
    made = agreements.propose(theirs, agencies.ours, ["remains", "cases"], "A text", TODAY + timedelta(days=90))
    tokens.issue(me, "a program", [Permission.BACKUP_MAKE], timezone.now() + timedelta(days=9))
    paths = (
        "", f"people/{me.pk}/", f"people/{me.pk}/roles/", "people/new/", f"people/{me.pk}/close/", "mandates/",
        "mandates/new/", "agreements/", "agreements/new/", f"agreements/{made.pk}/", f"agreements/{made.pk}/accept/",
        "tokens/", "tokens/new/",
    )  # fmt: skip
    for path in paths:
        browsing.hold(seen, f"/administration/{path}")


def test_the_pages_of_the_ledger(visit: Visitor, client_as: ClientAs, agencies: Agencies) -> None:
    seen = visit.as_seen_by(client_as(Role.AUDITOR))
    running.run(verifying.ask(somebody(agencies.ours, Role.AUDITOR)).pk)
    for path in ("", "1/", "1/proof/", "about/?object=agency:1", "refusals/", "verify/", "checkpoints/",
                 "checkpoints/countersign/"):  # fmt: skip
        browsing.hold(seen, f"/audit/{path}")
    browsing.hold(seen, reverse("web:jobs"))


def test_the_pages_of_the_reviewer_and_the_veil(visit: Visitor, client_as: ClientAs, agencies: Agencies) -> None:
    seen = visit.as_seen_by(client_as(Role.DATA_PROTECTION_REVIEWER))
    who = somebody(agencies.ours, Role.DATA_PROTECTION_REVIEWER)
    records.photograph(agencies.ours)
    Portrait.objects.filter(pk=records.portrait(agencies.ours).pk).update(until=TODAY)
    drawn = review.draw(TODAY, TODAY, 1, who)
    item = f"/review/samples/photographs/{drawn.items.get().pk}/"
    for path in ("/review/", "/review/ending/", "/review/samples/", "/review/samples/new/",
                 f"/review/samples/{drawn.pk}/", item):  # fmt: skip
        browsing.hold(seen, path)
    page = seen.open(item)
    assert page.locator("main img").count() == 0
    page.locator("figure.veil button").click()
    page.locator("figure[data-lifted] img").wait_for()
    assert not seen.faults
