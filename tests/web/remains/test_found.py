"""Claims that examiners never come upon, and public items that one person proposes and another decides about."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from antigone.access.rules import Role
from antigone.ledger.models import Entry
from antigone.remains.models import OpenSourceItem, RecognitionClaim
from antigone.vault import store
from antigone.vault.errors import KeyGone
from tests.web import found
from tests.web.people import Agencies, ClientAs, client_of, somebody

CLAIM = {"claimant": "a neighbour", "named": "Olena K.", "shown": "body", "said_on": "2026-01-05", "heard_by": "me"}


def main(answer: Any) -> str:
    return str(answer.content.decode()).partition("<main")[2]


def test_an_examiner_sees_the_same_page_whether_there_are_claims_or_not(
    agencies: Agencies, client_as: ClientAs
) -> None:
    subject, client = found.body(agencies.ours), client_as(Role.MORTUARY_EXAMINER)
    urls = [reverse(f"web:remains:{name}", args=[subject.pk]) for name in ("subject", "form", "custody")]
    urls += [reverse("web:remains:list") + "?q=olena", reverse("web:desk")]

    def seen() -> list[str]:
        # What is of one sending alone is no difference.
        return [re.sub(r'value="[\w-]{30,}"', "", main(client.get(url))) for url in urls]

    before = seen()
    found.claim(subject)
    assert seen() == before
    assert not any("claim" in each.lower() or "recogni" in each.lower() for each in before)
    assert client.get(reverse("web:remains:claims", args=[subject.pk])).status_code == 403


def test_claims_are_read_with_a_look_and_never_named_a_finding(agencies: Agencies, client_as: ClientAs) -> None:
    subject, client = found.body(agencies.ours), client_as(Role.LIAISON_OFFICER)
    url = reverse("web:remains:claims", args=[subject.pk])
    assert "Nobody claimed to recognise" in client.get(url).content.decode()
    sent = {**CLAIM, "light": "a telephone at night", "given_over": "on", "once": "a"}
    for _click in range(2):
        answer = client.post(reverse("web:remains:claim-new", args=[subject.pk]), sent)
        assert (answer.status_code, answer["Location"]) == (302, url)
    claim = RecognitionClaim.objects.get()
    shown = client.get(url).content.decode()
    assert "never a finding" in shown
    assert "a telephone at night" in shown
    assert "the body was handed over" in shown
    assert Entry.objects.filter(action="remains:claim:look").count() == 1
    back = client.post(reverse("web:remains:claim-withdraw", args=[claim.pk]), {"reason": "was drunk", "once": "b"})
    assert back.status_code == 302
    assert "Taken back: was drunk" in client.get(url).content.decode()


def test_who_records_a_claim_and_may_not_read_them_goes_back_to_the_record(
    agencies: Agencies, client_as: ClientAs
) -> None:
    subject, client = found.body(agencies.ours), client_as(Role.FIELD_RECORDER)
    answer = client.post(reverse("web:remains:claim-new", args=[subject.pk]), {**CLAIM, "once": "a"})
    assert answer["Location"] == reverse("web:remains:subject", args=[subject.pk])
    assert "Olena" not in client.get(answer["Location"]).content.decode()


def item(shade: int = 9, **more: Any) -> dict[str, Any]:
    return {
        "address": "https://example.org/a",
        "seen_at": f"{timezone.now():%Y-%m-%dT%H:%M}",
        "how_found": "a neighbour told of it",
        "necessity": "nothing else on record shows the tattoo",
        "copy": SimpleUploadedFile("a.png", found.picture(shade)),
        "bystanders_cropped": "on",
        **more,
    }


def test_an_item_is_proposed_with_its_necessity_and_decided_by_another(agencies: Agencies, client_as: ClientAs) -> None:
    subject = found.body(agencies.ours)
    examiner = client_as(Role.MORTUARY_EXAMINER)
    propose = reverse("web:remains:item-propose", args=[subject.pk])
    page = examiner.get(propose).content.decode()
    assert "Nothing is ever fetched" in page
    assert "It enters no gallery" in page
    uncropped = examiner.post(propose, {**item(), "bystanders_cropped": "", "once": "a"})
    assert uncropped.status_code == 422
    assert "Crop everybody else" in uncropped.content.decode()
    assert examiner.post(propose, item(copy=SimpleUploadedFile("a.html", b"<html>"), once="b")).status_code == 422
    assert examiner.post(propose, item(once="c")).status_code == 302
    found_item = OpenSourceItem.objects.get()
    url = reverse("web:remains:item", args=[found_item.pk])
    own = examiner.get(url).content.decode()
    assert "another person decides" in own
    assert 'href="https://example.org' not in own  # a text, which nothing opens
    liaison = client_as(Role.LIAISON_OFFICER)
    assert "A public item for" in liaison.get(reverse("web:desk")).content.decode()
    assert liaison.post(url, {"decision": "approve", "reason": "", "once": "d"}).status_code == 422
    assert liaison.post(url, {"decision": "approve", "reason": "it is needed", "once": "e"}).status_code == 302
    found_item.refresh_from_db()
    assert found_item.state == "approved"
    assert "30 days left" in examiner.get(reverse("web:remains:items", args=[subject.pk])).content.decode()
    offered = {"given_by": "a sister", "basis": "family-choice", "once": "f"}
    assert examiner.post(reverse("web:remains:item-offer", args=[found_item.pk]), offered).status_code == 302
    ended = examiner.post(reverse("web:remains:item-end", args=[found_item.pk]), {"reason": "over", "once": "g"})
    assert ended.status_code == 302
    with pytest.raises(KeyGone):
        store.open(str(found_item.pk))
    assert "example.org" not in examiner.get(url).content.decode()


def test_nobody_decides_about_their_own_item_whatever_they_may_do(agencies: Agencies) -> None:
    both = somebody(agencies.ours, Role.MORTUARY_EXAMINER, Role.BOARD_MEMBER, name="both at once")
    client, subject = client_of(both), found.body(agencies.ours)
    assert client.post(reverse("web:remains:item-propose", args=[subject.pk]), item(once="a")).status_code == 302
    mine = OpenSourceItem.objects.get()
    answer = client.post(
        reverse("web:remains:item", args=[mine.pk]), {"decision": "approve", "reason": "mine", "once": "b"}
    )
    assert answer.status_code == 403
    mine.refresh_from_db()
    assert mine.state == "proposed"


def test_a_refused_item_is_erased_at_once(agencies: Agencies, client_as: ClientAs) -> None:
    proposed, client = found.item(found.body(agencies.ours)), client_as(Role.BOARD_MEMBER)
    url = reverse("web:remains:item", args=[proposed.pk])
    answer = client.post(reverse("web:remains:item-lift", args=[proposed.pk]))
    assert "<img" in answer.content.decode()
    assert Entry.objects.filter(action="remains:open-source:look").count() == 1
    for _click in range(2):
        assert client.post(url, {"decision": "refuse", "reason": "not needed", "once": "a"}).status_code == 302
    with pytest.raises(KeyGone):
        store.open(str(proposed.pk))
    assert "not needed" in client.get(url).content.decode()


def test_who_neither_proposes_nor_approves_finds_no_items(agencies: Agencies, client_as: ClientAs) -> None:
    proposed = found.item(found.body(agencies.ours))
    client = client_as(Role.FIELD_RECORDER)
    assert client.get(reverse("web:remains:item", args=[proposed.pk])).status_code == 403
    assert "Public items" not in client.get(reverse("web:remains:subject", args=[proposed.subject_id])).content.decode()
