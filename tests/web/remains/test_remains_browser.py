"""The pages of remains and sites in a real browser: axe-core, widths, a silent console, a veil lifted and put back."""

from __future__ import annotations

import pytest
from django.urls import reverse

from antigone.access.rules import Role
from antigone.remains import recovering
from tests.web import browsing, found
from tests.web.browsing import Visitor
from tests.web.people import Agencies, ClientAs, client_of

pytestmark = pytest.mark.browser


def test_the_pages_of_remains_hold(visit: Visitor, agencies: Agencies) -> None:
    who = found.staff(agencies.ours)
    subject, person = found.body(agencies.ours), found.living(agencies.ours)
    for make in (found.photograph, found.alias, found.statement, found.effect, found.sample, found.document):
        make(subject)
    found.step(subject)
    found.claim(subject)
    item, release = found.item(subject), found.release(subject)
    individual = found.individual(agencies.ours)
    site = recovering.add_site(recovering.NewSite("North bank", "shore"), who)
    event = recovering.add_recovery(site, recovering.NewRecovery(found.DAY, "A", "B. Leader"), who)
    seen = visit.as_seen_by(client_of(who))
    of_subject = ("subject", "custody", "hand-over", "photographs-add", "form", "labels", "claims", "items", "bury")
    paths = [reverse("web:remains:list"), reverse("web:remains:new"), reverse("web:remains:new-living")]
    paths += [reverse(f"web:remains:{name}", args=[subject.pk]) for name in of_subject]
    paths += [
        reverse("web:remains:block", args=[subject.pk, "belongings"]),
        reverse("web:remains:subject", args=[person.pk]),
        reverse("web:remains:speaks", args=[person.pk]),
        reverse("web:remains:item", args=[item.pk]),
        reverse("web:remains:sign", args=[release.pk]),
        reverse("web:remains:individual", args=[individual.pk]),
        reverse("web:sites:list"),
        reverse("web:sites:site", args=[site.pk]),
        reverse("web:sites:recovery", args=[event.pk]),
    ]
    for path in paths:
        browsing.hold(seen, path)


def test_a_veil_is_lifted_and_goes_back_when_one_leaves(
    visit: Visitor, agencies: Agencies, client_as: ClientAs
) -> None:
    subject = found.body(agencies.ours)
    found.photograph(subject)
    document = found.document(subject)
    page = visit.as_seen_by(client_as(Role.FIELD_RECORDER)).open(reverse("web:remains:subject", args=[subject.pk]))
    page.get_by_role("button", name="Show this photograph").click()
    page.wait_for_selector("#photographs img")
    page.evaluate("dispatchEvent(new Event('blur'))")
    page.wait_for_selector("#photographs img", state="detached")
    page.locator(f"#veil-{document.pk} button").click()
    page.wait_for_selector(f"#veil-{document.pk} img")
    page.context.close()
