"""The random sample: drawn, looked at one by one behind the veil, each look in the ledger, each marked."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from antigone.access.rules import Role
from antigone.ledger.models import Entry
from antigone.remains import review
from antigone.remains.models import SampleDraw, SampleItem
from tests.web import records
from tests.web.people import Agencies, ClientAs, somebody

TODAY = timezone.now().date()


@pytest.fixture
def reviewer(client_as: ClientAs) -> Client:
    return client_as(Role.DATA_PROTECTION_REVIEWER)


def said(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def draw(client: Client, number: int, once: str = "a") -> SampleDraw:
    period = {"since": TODAY - timedelta(days=1), "until": TODAY + timedelta(days=1)}
    answer = client.post(reverse("web:review:draw"), {**period, "number": number, "once": once})
    assert answer.status_code == 302
    return SampleDraw.objects.latest("pk")


def test_a_sample_is_drawn_looked_at_and_marked(reviewer: Client, agencies: Agencies) -> None:
    for _place in range(3):
        records.photograph(agencies.ours)
    assert "Draw a sample" in said(reviewer.get("/"))
    drawn = draw(reviewer, 2)
    draw(reviewer, 2)  # the same form again
    assert SampleDraw.objects.count() == 1
    page = said(reviewer.get(reverse("web:review:sample", args=[drawn.pk])))
    assert "<img" not in page
    assert drawn.seed in page
    assert "Mandate" in page
    assert "2 photographs are not marked yet" in said(reviewer.get("/"))
    one, two = drawn.items.all()
    address = reverse("web:review:item", args=[one.pk])
    answer = reviewer.post(address, {"verdict": "in-order", "once": "b"})
    assert answer["Location"] == reverse("web:review:item", args=[two.pk])
    address = reverse("web:review:item", args=[two.pk])
    answer = reviewer.post(address, {"verdict": "questioned", "words": " ", "once": "c"})
    assert answer.status_code == 422
    assert "Say what is questioned" in said(answer)
    answer = reviewer.post(address, {"verdict": "questioned", "words": "nobody attests it", "once": "d"}, follow=True)
    assert "Every photograph of this sample is marked" in said(answer)
    assert "nobody attests it" in said(answer)
    assert "The random sample" not in said(reviewer.get("/"))


def test_the_picture_comes_only_after_the_veil_is_lifted_and_the_look_is_in_the_ledger(
    reviewer: Client, agencies: Agencies, client_as: ClientAs
) -> None:
    records.photograph(agencies.ours)
    item = draw(reviewer, 1).items.get()
    page = said(reviewer.get(reverse("web:review:item", args=[item.pk])))
    assert "<img" not in page
    assert "Show this picture" in page
    looks = Entry.objects.filter(action="remains:photograph:look")
    assert not looks.exists()
    lifted = said(reviewer.post(reverse("web:review:lift", args=[item.pk])))
    assert looks.count() == 1
    found = re.search(r'src="(/review/[^"]+)"', lifted)
    assert found is not None
    picture = reviewer.get(found[1])
    assert picture.status_code == 200
    assert picture["Content-Type"] == "image/jpeg"
    assert picture["Cache-Control"] == "no-store"
    # The address is good for this reviewer alone, and of no use without its token.
    other = client_as(Role.DATA_PROTECTION_REVIEWER, Role.AUDITOR)
    assert other.get(found[1]).status_code == 404
    assert reviewer.get(reverse("web:review:picture", args=[item.pk])).status_code == 404
    # What was not drawn is not the reviewer's to see.
    another = records.photograph(agencies.ours)
    assert reviewer.post(reverse("web:photograph-lift", args=[another.pk])).status_code == 403


def test_what_cannot_be_drawn_comes_back_with_a_sentence(reviewer: Client, agencies: Agencies) -> None:
    address = reverse("web:review:draw")
    for given, words in (
        ({"since": TODAY, "until": TODAY, "number": 5}, "No photograph was taken in"),
        ({"since": TODAY, "until": TODAY - timedelta(days=2), "number": 5}, "ends before it begins"),
        ({"since": TODAY, "until": TODAY, "number": 100000}, "200"),
        ({"since": "x", "until": "", "number": "-1"}, "valid date"),
    ):
        answer = reviewer.post(address, {key: str(value) for key, value in given.items()})
        assert answer.status_code == 422
        assert words in said(answer)
    assert not SampleDraw.objects.exists()


def test_an_erased_photograph_leaves_its_place(reviewer: Client, agencies: Agencies) -> None:
    photograph = records.photograph(agencies.ours)
    drawn = draw(reviewer, 1)
    photograph.delete()
    item = drawn.items.get()
    assert "erased since it was drawn" in said(reviewer.get(reverse("web:review:sample", args=[drawn.pk])))
    assert "erased since it was drawn" in said(reviewer.get(reverse("web:review:item", args=[item.pk])))
    assert reviewer.post(reverse("web:review:lift", args=[item.pk])).status_code == 404


def test_a_sample_of_another_agency_is_not_there(reviewer: Client, agencies: Agencies, client_as: ClientAs) -> None:
    records.photograph(agencies.ours)
    drawn = draw(reviewer, 1)
    theirs = client_as(Role.DATA_PROTECTION_REVIEWER, agency=agencies.theirs)
    assert f"Sample {drawn.pk}" not in said(theirs.get(reverse("web:review:samples")))
    for name, pk in (("sample", drawn.pk), ("item", drawn.items.get().pk)):
        assert theirs.get(reverse(f"web:review:{name}", args=[pk])).status_code == 404


def test_three_photographs_cost_what_thirty_do(reviewer: Client, agencies: Agencies) -> None:
    who = somebody(agencies.ours, Role.DATA_PROTECTION_REVIEWER)
    for _place in range(30):
        records.photograph(agencies.ours)
    small, large = review.draw(TODAY, TODAY, 3, who), review.draw(TODAY, TODAY, 30, who)

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert reviewer.get(address).status_code == 200
        return len(asked)

    def of(each: SampleDraw) -> tuple[int, int]:
        item = SampleItem.objects.filter(draw=each).earliest("pk")
        return (
            queries(reverse("web:review:sample", args=[each.pk])),
            queries(reverse("web:review:item", args=[item.pk])),
        )

    reviewer.get("/")
    assert of(small) == of(large)
