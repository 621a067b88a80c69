"""The record of a subject: opened with a look, shown veiled, described, handed over, laid to rest, released."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from antigone.access.rules import Role
from antigone.ledger.models import Entry
from antigone.remains import coach
from antigone.remains.models import (
    Burial,
    CustodyStep,
    IdentityDisc,
    KinChoice,
    Release,
    Sample,
    Statement,
    Storage,
    Subject,
)
from tests.web import found
from tests.web.people import Agencies, ClientAs, client_of, somebody


def page(client: Any, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(f"web:remains:{name}", args=args) + query)
    assert answer.status_code == 200, answer.content
    return str(answer.content.decode())


def sent(client: Any, name: str, *args: object, query: str = "", **data: Any) -> Any:
    return client.post(reverse(f"web:remains:{name}", args=args) + query, data)


def looks(action: str) -> int:
    return Entry.objects.filter(action=action).count()


def test_an_opened_record_is_a_look_and_shows_no_picture(agencies: Agencies, client_as: ClientAs) -> None:
    subject = found.body(agencies.ours)
    found.photograph(subject)
    found.document(subject)
    shown = page(client_as(Role.MORTUARY_EXAMINER), "subject", subject.pk)
    assert looks("remains:subject:look") == 1
    assert looks("remains:photograph:look") == looks("remains:document:look") == 0
    assert subject.code in shown
    assert "<img" not in shown
    assert "It shows a dead person" in shown


def test_the_queries_of_a_record_do_not_grow_with_what_hangs_on_it(agencies: Agencies, client_as: ClientAs) -> None:
    client = client_as(Role.MORTUARY_EXAMINER)

    def cost(number: int) -> int:
        subject = found.body(agencies.ours)
        for place in range(number):
            found.photograph(subject, f"D{place + 1}", place)
            found.statement(subject, "effect", {"item": "watch"})
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page(client, "subject", subject.pk)
        return len(asked)

    cost(1)
    assert cost(3) == cost(12)


def test_a_record_says_what_is_missing_and_the_coach_in_which_order(agencies: Agencies, client_as: ClientAs) -> None:
    subject = found.body(agencies.ours)
    Subject.objects.filter(pk=subject.pk).update(attested_by="")
    shown = page(client_as(Role.FIELD_RECORDER), "subject", subject.pk)
    assert "name of the attestor" in shown
    places = [shown.index(f">{code}</span>") for code in ("B1", "F1", "D")]
    assert places == sorted(places)
    assert all(str(coach.SHOTS[code].title) in shown for code in ("B1", "F1"))


def test_somebody_who_only_reads_is_offered_nothing_to_change(agencies: Agencies, client_as: ClientAs) -> None:
    subject = found.body(agencies.ours)
    shown = page(client_as(Role.TRACING_OFFICER), "subject", subject.pk)
    for words in ("Add or correct", "Hand over the body", "Record a burial", "Prepare the release", "Add a sample"):
        assert words not in shown


def test_what_is_sensitive_is_shown_on_no_page_to_who_does_not_work_with_it(
    agencies: Agencies, client_as: ClientAs
) -> None:
    subject = found.body(agencies.ours)
    found.statement(subject, "death.cause", "a wound of the chest")
    history = reverse("web:remains:history", args=[subject.pk, "death.cause"])
    examiner, tracing = client_as(Role.MORTUARY_EXAMINER), client_as(Role.TRACING_OFFICER)
    for name in ("subject", "form"):
        assert "a wound of the chest" in page(examiner, name, subject.pk)
        assert "a wound of the chest" not in page(tracing, name, subject.pk)
    assert "that your roles do not open" in page(tracing, "subject", subject.pk)
    assert "that your roles do not open" not in page(examiner, "subject", subject.pk)
    assert examiner.get(history).status_code == 200
    assert tracing.get(history).status_code == 404


def test_a_block_is_stated_as_observed_and_stands_with_its_history(agencies: Agencies, client_as: ClientAs) -> None:
    subject, client = found.body(agencies.ours), client_as(Role.FIELD_RECORDER)
    form = page(client, "block", subject.pk, "condition")
    assert "Condition of the body</h1>" in form
    answer = sent(
        client,
        "block",
        subject.pk,
        "condition",
        **{
            "condition.stage//value": "early",
            "condition.stage//expects": "0",
            "said/how": "observed",
            "said/basis": "convention-duty",
            "said/source": "seen by me",
            "once": "o1",
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    statement = Statement.objects.get(subject=subject)
    assert (statement.key, statement.value, statement.how) == ("condition.stage", "early", "observed")
    assert "Stage of decay" in page(client, "subject", subject.pk)
    assert "early" in page(client, "history", subject.pk, "condition.stage")
    back = sent(client, "take-back", statement.pk, reason="the wrong body", once="o2")
    assert back.status_code == 302
    statement.refresh_from_db()
    assert statement.ended_at is not None


def test_two_who_state_the_same_at_once_are_shown_both_answers(agencies: Agencies, client_as: ClientAs) -> None:
    subject, client = found.body(agencies.ours), client_as(Role.FIELD_RECORDER)
    found.statement(subject)
    answer = sent(
        client,
        "block",
        subject.pk,
        "condition",
        **{
            "condition.stage//value": "advanced",
            "condition.stage//expects": "0",
            "said/how": "observed",
            "said/basis": "convention-duty",
            "once": "o1",
        },
    )
    assert answer.status_code == 409, answer.content.decode()
    assert Statement.objects.get(subject=subject).value == "early"


def hand_over(**more: str) -> dict[str, str]:
    now = timezone.now() - timedelta(hours=1)
    return {
        "from_holder": "mortuary",
        "to_holder": "laboratory",
        "at": f"{now:%Y-%m-%dT%H:%M}",
        "place": "gate",
        "reason": "DNA",
        "handed_by": "A",
        "received_by": "B",
        **more,
    }


def test_a_hand_over_is_done_once_and_a_gap_is_shown(agencies: Agencies, client_as: ClientAs) -> None:
    subject, client = found.body(agencies.ours), client_as(Role.FIELD_RECORDER)
    found.step(subject, seal="seal 4711")
    form = page(client, "hand-over", subject.pk)
    assert "Held now by mortuary" in form
    assert "seal 4711" not in form  # whoever reads a seal does not copy it from here
    for _click in range(2):
        assert sent(client, "hand-over", subject.pk, **hand_over(seal_found="seal 4711"), once="h").status_code == 302
    assert CustodyStep.objects.filter(subject=subject).count() == 2
    refused = sent(client, "hand-over", subject.pk, **hand_over(from_holder="somebody"), once="h2")
    assert refused.status_code == 422
    assert "record that as a gap" in refused.content.decode()
    told = hand_over(from_holder="somebody", to_holder="ward", gap="nobody signed at night")
    assert sent(client, "hand-over", subject.pk, **told, once="h3").status_code == 302
    assert "nobody signed at night" in page(client, "custody", subject.pk)
    assert "nobody signed at night" in page(client, "subject", subject.pk)


def test_each_thing_and_each_sample_has_a_chain_of_its_own(agencies: Agencies, client_as: ClientAs) -> None:
    subject, client = found.body(agencies.ours), client_as(Role.FIELD_RECORDER)
    thing, sample, other = found.effect(subject), found.sample(subject), found.sample(found.body(agencies.ours))
    shown = page(client, "custody", subject.pk)
    assert "Watch" in shown
    assert "Sample S-1" in shown
    given = hand_over()
    assert sent(client, "hand-over", subject.pk, query=f"?item={thing.item}", **given, once="a").status_code == 302
    assert sent(client, "hand-over", subject.pk, query=f"?sample={sample.pk}", **given, once="b").status_code == 302
    assert {each.chain.partition(":")[0] for each in CustodyStep.objects.all()} == {"effect", "sample"}
    for wrong in (
        "?item=nonsense",
        "?sample=x",
        f"?sample={other.pk}",
        "?item=" + "0" * 8 + "-0000-0000-0000-" + "0" * 12,
    ):
        assert client.get(reverse("web:remains:hand-over", args=[subject.pk]) + wrong).status_code == 404


def test_where_it_lies_is_told_in_order(agencies: Agencies, client_as: ClientAs) -> None:
    subject, client = found.body(agencies.ours), client_as(Role.FIELD_RECORDER)
    laid = {"place": "Cold room", "position": "3", "since": "2026-01-06T10:00", "once": "a"}
    assert sent(client, "store", subject.pk, **laid).status_code == 302
    assert "Cold room, 3" in page(client, "subject", subject.pk)
    buried = {
        "kind": "individual",
        "place": "Cemetery",
        "grave": "row 4",
        "on": "2026-01-08",
        "by": "parish",
        "once": "b",
    }
    assert sent(client, "bury", subject.pk, **buried).status_code == 302
    assert Storage.objects.get().until is not None
    assert sent(client, "bury", subject.pk, **{**buried, "once": "c"}).status_code == 422
    dug = {"on": "2026-02-01", "by": "team", "authority": "court order 7", "reason": "DNA", "once": "d"}
    assert sent(client, "exhume", Burial.objects.get().pk, **dug).status_code == 302
    shown = page(client, "subject", subject.pk)
    assert shown.index("Cold room") < shown.index("Buried: ") < shown.index("The grave was opened")
    cremated = {**buried, "kind": "cremation", "on": "2026-02-02", "once": "e"}
    answer = sent(client, "bury", subject.pk, **cremated)
    assert answer.status_code == 422
    assert "only for hygiene" in answer.content.decode()


def test_disc_kin_and_samples_are_recorded_and_what_was_said_before_stays(
    agencies: Agencies, client_as: ClientAs
) -> None:
    subject, client = found.body(agencies.ours), client_as(Role.FIELD_RECORDER)
    assert sent(client, "disc", subject.pk, state="half-left", once="a").status_code == 422
    assert sent(client, "disc", subject.pk, state="half-left", half_sent_to="bureau", once="b").status_code == 302
    assert sent(client, "disc", subject.pk, state="whole", inscription="K. 1200", once="c").status_code == 302
    assert IdentityDisc.objects.filter(ended_at=None).count() == 1
    assert "K. 1200" in page(client, "subject", subject.pk)
    chosen = {"choice": "each-time", "chosen_by": "a sister", "chosen_on": "2026-03-01", "once": "d"}
    assert sent(client, "kin", subject.pk, **chosen).status_code == 302
    assert sent(client, "kin", subject.pk, choice="each-time", once="e").status_code == 422
    assert KinChoice.objects.get().chosen_by == "a sister"
    taken = {"reference": "T1", "kind": "bone", "identifier": "dna", "taken_by": "A", "kept_at": "freezer", "once": "f"}
    assert sent(client, "sample-new", subject.pk, **taken).status_code == 302
    sample = Sample.objects.get()
    assert sent(client, "sample-answer", sample.pk, result="a profile was found", once="g").status_code == 302
    again = sent(client, "sample-answer", sample.pk, result="another", once="h")
    assert again.status_code == 422
    assert "on record already" in again.content.decode()


def released(subject: Subject, **more: str) -> dict[str, str]:
    return {
        "identification": "B-1",
        "to_whom": "a sister",
        "capacity": "next of kin",
        "place": "gate",
        "code_on_body": subject.code,
        "code_on_bag": subject.code,
        **more,
    }


def test_a_release_takes_two_people_and_two_right_codes(agencies: Agencies, client_as: ClientAs) -> None:
    subject = found.body(agencies.ours)
    first = client_as(Role.MORTUARY_EXAMINER)
    assert "Nobody recorded whether there was an identity disc" in page(first, "release", subject.pk)
    wrong = sent(first, "release", subject.pk, **released(subject, code_on_bag="OTHER-A-001"), once="a")
    assert wrong.status_code == 422
    assert looks("remains:release:refuse") == 1
    assert not Release.objects.exists()
    assert sent(first, "release", subject.pk, **released(subject), once="b").status_code == 302
    release = Release.objects.get()
    codes = {"code_on_body": subject.code, "code_on_bag": subject.code}
    assert "another person" in page(first, "sign", release.pk)
    assert sent(first, "sign", release.pk, **codes, once="c").status_code == 422
    second = client_of(somebody(agencies.ours, Role.MORTUARY_EXAMINER, name="a second examiner"))
    desk = second.get(reverse("web:desk")).content.decode()
    assert subject.code in desk
    assert sent(second, "sign", release.pk, **codes, once="d").status_code == 302
    release.refresh_from_db()
    assert release.state == "signed"
    shown = page(second, "subject", subject.pk)
    assert "Released to a sister, next of kin" in shown
    assert "Record a burial" not in shown


@pytest.mark.parametrize("name", ["form", "labels"])
def test_papers_bear_the_code_and_no_photograph(agencies: Agencies, client_as: ClientAs, name: str) -> None:
    subject = found.body(agencies.ours)
    found.photograph(subject)
    found.document(subject)
    shown = page(client_as(Role.MORTUARY_EXAMINER), name, subject.pk)
    assert subject.code in shown
    assert "<img" not in shown
    assert "veil" not in shown.partition("<main")[2].partition("</main")[0]
    assert "Olena" not in shown


def test_hostile_text_is_shown_as_text(agencies: Agencies, client_as: ClientAs) -> None:
    subject, client = found.body(agencies.ours), client_as(Role.FIELD_RECORDER)
    hostile = "<script>alert(1)</script>"
    given = {"agency_name": hostile, "code": "ICRC-1", "once": "a"}
    assert sent(client, "alias-new", subject.pk, **given).status_code == 302
    assert sent(client, "store", subject.pk, place=hostile, since="2026-01-06T10:00", once="b").status_code == 302
    shown = page(client, "subject", subject.pk)
    assert hostile not in shown
    assert "&lt;script&gt;" in shown
    assert sent(client, "alias-new", subject.pk, agency_name="x" * 500, code="a b", once="c").status_code == 422
    assert sent(client, "store", subject.pk, place="a\x00b", since="tomorrow", once="d").status_code == 422


def test_what_was_typed_is_there_when_one_comes_back_and_codes_that_were_read_are_not(
    agencies: Agencies, client_as: ClientAs
) -> None:
    subject, client = found.body(agencies.ours), client_as(Role.MORTUARY_EXAMINER)
    thing = found.effect(subject)
    url = f"{reverse('web:remains:hand-over', args=[subject.pk])}?item={thing.item}"
    shown = client.get(url).content.decode()
    keep = shown.partition('hx-post="/drafts/')[2].partition('"')[0]
    assert client.post(f"/drafts/{keep}", {"to_holder": "the laboratory of the city"}).status_code == 200
    offered = client.get(url).content.decode()
    assert "You began this before" in offered
    assert f"?item={thing.item}&amp;draft=open" in offered
    filled = client.get(f"{url}&draft=open").content.decode()
    assert "the laboratory of the city" in filled
    assert "This was not saved yet" not in filled
    # The body's own chain has a form of its own.
    assert "You began this before" not in page(client, "hand-over", subject.pk)
    assert client.post(url, {**hand_over(), "once": "a"}).status_code == 302
    assert "You began this before" not in client.get(url).content.decode()
    assert "/drafts/" not in page(client, "release", subject.pk)
