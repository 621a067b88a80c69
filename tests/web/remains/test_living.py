"""The living: hours that are left, a word renewed, and the end of it all when they speak."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from antigone.access.rules import Role
from antigone.remains.models import Attestation, Photograph, SubjectKind
from antigone.vault import store
from antigone.vault.errors import KeyGone
from antigone.web.desk import sections
from antigone.web.remains.living import standing
from tests.web import casefile, found
from tests.web.people import Agencies, ClientAs, somebody

SECTION = "Attestations that have run out, or soon will"


@pytest.mark.parametrize(
    ("hours", "kind", "words"),
    [
        (1, "done", "70 hours left"),
        (63, "warning", "8 hours left"),
        (71.5, "warning", "less than an hour left"),
        (73, "refusal", "the attestation has run out; the search stands still"),
    ],
)
def test_how_long_a_word_holds(hours: float, kind: str, words: str) -> None:
    given = Attestation(attested_at=timezone.now() - timedelta(hours=hours, seconds=5))
    assert (standing(given).kind, standing(given).words) == (kind, words)


@pytest.mark.parametrize(
    ("hours", "words"), [(63, "8 hours left"), (80, "the attestation has run out; the search stands still")]
)
def test_the_desk_tells_an_attestation_once_before_and_after_it_ends(
    hours: int, words: str, agencies: Agencies
) -> None:
    case = casefile.case(agencies.ours, kind=SubjectKind.UNABLE)
    Attestation.objects.update(attested_at=timezone.now() - timedelta(hours=hours, seconds=5))
    recorder = somebody(agencies.ours, Role.FIELD_RECORDER)
    (told,) = [each for each in sections.shown_to(recorder) if "attestation" in each.key]
    (line,) = told.items
    assert (line.title, line.badge) == (case.code, words)
    assert line.url == reverse("web:remains:attest", args=[case.subject_id])


def test_a_word_is_renewed_and_the_desk_says_no_more(agencies: Agencies, client_as: ClientAs) -> None:
    person, client = found.living(agencies.ours, 63), client_as(Role.FIELD_RECORDER)
    assert SECTION in client.get(reverse("web:desk")).content.decode()
    url = reverse("web:remains:attest", args=[person.pk])
    assert "refusing to speak never qualifies" in client.get(url).content.decode()
    old = timezone.now() - timedelta(hours=80)
    refused = client.post(url, {"clinician": "Dr B", "attested_at": f"{old:%Y-%m-%dT%H:%M}", "once": "a"})
    assert refused.status_code == 422
    now = timezone.now() - timedelta(minutes=5)
    given = {"clinician": "Dr B", "attested_at": f"{now:%Y-%m-%dT%H:%M}", "once": "b"}
    assert client.post(url, given).status_code == 302
    assert "Dr B attested" in client.get(reverse("web:remains:subject", args=[person.pk])).content.decode()
    assert SECTION not in client.get(reverse("web:desk")).content.decode()
    body = found.body(agencies.ours)
    assert client.post(reverse("web:remains:attest", args=[body.pk]), {**given, "once": "c"}).status_code == 422


def test_when_they_speak_the_search_ends_and_what_was_taken_goes(agencies: Agencies, client_as: ClientAs) -> None:
    person, client = found.living(agencies.ours), client_as(Role.FIELD_RECORDER)
    photograph = found.photograph(person)
    url = reverse("web:remains:speaks", args=[person.pk])
    asked = client.get(url).content.decode()
    assert "1 photograph is destroyed" in asked
    assert "their wishes decide" in asked
    assert Photograph.objects.exists()
    for _click in range(2):
        assert client.post(url, {"once": "a"}).status_code == 302
    assert not Photograph.objects.exists()
    with pytest.raises(KeyGone):
        store.open(str(photograph.pk))
    shown = client.get(reverse("web:remains:subject", args=[person.pk])).content.decode()
    assert "They speak for themselves" in shown
    for words in ("Add photographs", "Add or correct", "Renew it", "The person can speak now"):
        assert words not in shown
    said = {"condition.words//value": "x", "condition.words//expects": "0", "said/how": "observed", "once": "b"}
    refused = client.post(reverse("web:remains:block", args=[person.pk, "condition"]), said)
    assert refused.status_code == 422


def test_no_state_of_a_body_is_asked_of_the_living(agencies: Agencies, client_as: ClientAs) -> None:
    person, client = found.living(agencies.ours), client_as(Role.FIELD_RECORDER)
    form = client.get(reverse("web:remains:block", args=[person.pk, "condition"])).content.decode()
    assert "Stage of decay" not in form
    assert "Wound" in form
    assert client.get(reverse("web:remains:block", args=[person.pk, "death"])).status_code == 404
    shown = client.get(reverse("web:remains:subject", args=[person.pk])).content.decode()
    for words in ("dead person", "Custody</h2>", "Release</h2>", "Record a burial"):
        assert words not in shown
    photograph = found.photograph(person)
    assert "cannot agree to it" in client.get(reverse("web:remains:photograph", args=[photograph.pk])).content.decode()
    claim = client.get(reverse("web:remains:claim-new", args=[person.pk])).content.decode()
    assert "the person themselves" in claim
    assert "buried" not in claim
    assert client.post(reverse("web:remains:store", args=[person.pk]), {"place": "x"}).status_code == 422


def test_a_clerk_of_care_finds_them_and_a_board_member_does_not(agencies: Agencies, client_as: ClientAs) -> None:
    url = reverse("web:remains:subject", args=[found.living(agencies.ours).pk])
    assert client_as(Role.TRACING_OFFICER).get(url).status_code == 200
    assert client_as(Role.BOARD_MEMBER).get(url).status_code == 404
