"""Opening, ending, searching, and ranked output behind its question."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from antigone.access.models import Mandate
from antigone.access.rules import Role
from antigone.casework import knowing
from antigone.casework.models import Case, RankedView
from antigone.casework.tasks import SEARCH
from antigone.jobs.models import Job, State
from antigone.ledger.models import Entry
from antigone.remains.models import Subject, SubjectKind
from tests.web import casefile, prepared
from tests.web.cases.test_cases import page, words
from tests.web.people import Agencies, ClientAs, somebody

NEW = "/cases/new/"


def test_a_case_is_opened_under_a_chosen_mandate_once(agencies: Agencies, client_as: ClientAs) -> None:
    recorder, mandate = client_as(Role.FIELD_RECORDER), casefile.mandate(agencies.ours)
    assert mandate.legal_basis[:40] in words(recorder, NEW)
    given = {
        "code": "VELDRA-B-007", "kind": "deceased", "place": "the quay", "recovered_on": "2026-03-01",
        "attested_by": "A. R.", "mandate": str(mandate.pk), "once": str(uuid.uuid4()),
    }  # fmt: skip
    answers = [recorder.post(NEW, given) for _time in range(2)]
    case = Case.objects.get()
    assert [answer["Location"] for answer in answers] == [page(case)] * 2
    assert (case.code, case.mandate, case.subject.place) == ("VELDRA-B-007", mandate, "the quay")
    assert "The case VELDRA-B-007 is open." in words(recorder, page(case))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"code": "x y"}, "A case code has letters"),
        ({"code": "<script>alert(1)</script>"}, "A case code has letters"),
        ({"code": "VELDRA-A-001"}, "There is a case “VELDRA-A-001” already"),
        ({"kind": "the living"}, "Select a valid choice"),
        ({"mandate": "4711"}, "Select a valid choice"),
        ({"recovered_on": "yesterday"}, "Enter a valid date"),
        ({"kind": "unable-to-state-identity"}, "No case was opened"),
    ],
)
def test_what_cannot_be_opened_says_why_and_keeps_what_was_typed(
    agencies: Agencies, client_as: ClientAs, changed: dict[str, str], sentence: str
) -> None:
    casefile.case(agencies.ours)
    living = changed.get("kind") == SubjectKind.UNABLE
    purpose = casefile.Purpose.IDENTIFY_UNABLE if living else casefile.Purpose.IDENTIFY_THE_DEAD
    mandate = str(casefile.mandate(agencies.ours, purpose).pk)
    given = {"code": "VELDRA-B-007", "kind": "deceased", "place": "a place typed", "mandate": mandate, **changed}
    answer = client_as(Role.FIELD_RECORDER).post(NEW, given)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in html
    assert "a place typed" in html
    assert "<script>alert" not in html
    assert Case.objects.count() == 1
    assert Subject.objects.count() == 1


def test_a_mandate_for_others_opens_nothing(agencies: Agencies, client_as: ClientAs) -> None:
    living = casefile.mandate(agencies.ours, casefile.Purpose.IDENTIFY_UNABLE)
    answer = client_as(Role.FIELD_RECORDER).post(
        NEW, {"code": "VELDRA-B-007", "kind": "deceased", "mandate": str(living.pk)}
    )
    assert answer.status_code == 403
    assert "the one that was chosen is for something else" in answer.content.decode()
    assert not Case.objects.exists()


def test_without_a_mandate_there_is_a_sentence_and_no_form(agencies: Agencies, client_as: ClientAs) -> None:
    Mandate.objects.all().delete()
    recorder = client_as(Role.FIELD_RECORDER)
    assert "No mandate is in force" in words(recorder, NEW)
    about = reverse("web:cases:about", args=[casefile.subject(agencies.ours).pk])
    assert "No mandate is in force" in words(recorder, about)


def test_a_case_is_opened_about_a_subject_on_record(agencies: Agencies, client_as: ClientAs) -> None:
    subject = casefile.subject(agencies.ours)
    url, recorder = reverse("web:cases:about", args=[subject.pk]), client_as(Role.FIELD_RECORDER)
    read = words(recorder, url)
    assert f"Open a case about {subject.code}" in read
    assert "To identify the dead" in read
    given = {"mandate": str(casefile.mandate(agencies.ours).pk), "once": str(uuid.uuid4())}
    answer = recorder.post(url, given)
    case = Case.objects.get()
    assert answer["Location"] == recorder.post(url, given)["Location"] == page(case)
    answer = recorder.get(url, follow=True)
    assert answer.redirect_chain == [(page(case), 302)]
    assert "There is a case about this subject already" in answer.content.decode()
    again = recorder.post(url, {**given, "once": str(uuid.uuid4())})
    assert again.status_code == 422
    assert "There is a case" in again.content.decode()


def test_a_case_is_closed_and_opened_again_with_reasons(agencies: Agencies, client_as: ClientAs) -> None:
    case, recorder = casefile.case(agencies.ours, photographs=1), client_as(Role.FIELD_RECORDER)
    url = reverse("web:cases:close", args=[case.pk])
    assert recorder.post(url, {"reason": ""}).status_code == 422
    given = {"reason": "buried under a name", "once": str(uuid.uuid4())}
    assert [recorder.post(url, given)["Location"] for _time in range(2)] == [page(case)] * 2
    read = words(recorder, page(case))
    assert "This case is closed" in read
    assert "buried under a name" in read
    assert "already" in recorder.get(url, follow=True).content.decode()
    assert Entry.objects.filter(action="casework:case:close").count() == 1
    url = reverse("web:cases:reopen", args=[case.pk])
    assert recorder.post(url, {"reason": "it was another"})["Location"] == page(case)
    assert "The case is open again." in words(recorder, page(case))
    assert "nothing was changed" in recorder.get(url, follow=True).content.decode()


def test_a_case_of_somebody_who_speaks_stays_closed(agencies: Agencies, client_as: ClientAs) -> None:
    case = casefile.case(agencies.ours, kind=SubjectKind.UNABLE, closed=True)
    Subject.objects.update(spoke_at=case.opened_at)
    recorder = client_as(Role.FIELD_RECORDER)
    assert "This person can state their identity" in words(recorder, page(case))
    answer = recorder.post(reverse("web:cases:reopen", args=[case.pk]), {"reason": "why not"})
    assert answer.status_code == 422
    assert "what they say decides" in answer.content.decode()
    assert Case.objects.get().closed_at is not None


def test_a_search_is_asked_for_once_and_shown_till_it_ends(agencies: Agencies, client_as: ClientAs) -> None:
    case, tracer = casefile.case(agencies.ours, photographs=1), client_as(Role.TRACING_OFFICER)
    url = reverse("web:cases:search", args=[case.pk])
    assert "cannot examine this case" in words(tracer, url)
    given = {"once": str(uuid.uuid4()), "takes": prepared.takes(case.subject.photographs.get().pk)}
    assert [tracer.post(url, given)["Location"] for _time in range(2)] == [page(case)] * 2
    job = Job.objects.get(kind=SEARCH)
    assert job.args["case"] == case.pk
    assert f'id="job-{job.pk}"' in tracer.get(page(case)).content.decode()
    other = casefile.case(agencies.ours, photographs=1)
    assert f'id="job-{job.pk}"' not in tracer.get(page(other)).content.decode()
    Job.objects.update(state=State.FAILED, sentence="The picture is too dark.")
    assert "The picture is too dark." in words(tracer, page(case))
    Job.objects.update(state=State.DONE)
    assert f'id="job-{job.pk}"' not in tracer.get(page(case)).content.decode()


def test_a_search_that_is_not_allowed_says_why(agencies: Agencies, client_as: ClientAs) -> None:
    tracer = client_as(Role.TRACING_OFFICER)
    bare, closed = casefile.case(agencies.ours), casefile.case(agencies.ours, photographs=1, closed=True)
    for case, sentence in ((bare, "no photographs yet"), (closed, "The case is closed.")):
        answer = tracer.post(reverse("web:cases:search", args=[case.pk]))
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert not Job.objects.exists()


def test_ranked_output_is_asked_for_before_anything_is_shown(agencies: Agencies, client_as: ClientAs) -> None:
    search = casefile.search(casefile.case(agencies.ours, photographs=1))
    ask, shown = (reverse(f"web:cases:{name}", args=[search.pk]) for name in ("ranked-ask", "ranked"))
    examiner = client_as(Role.MORTUARY_EXAMINER)
    who = somebody(agencies.ours, Role.MORTUARY_EXAMINER)
    ref = search.answer["candidates"][0]["person_ref"]
    question = words(examiner, ask)
    assert "cannot examine it" in question
    assert ref not in question
    assert examiner.get(shown)["Location"] == ask
    assert not RankedView.objects.exists(), "the question alone shows nothing"
    assert examiner.post(ask)["Location"] == shown
    assert knowing.has_seen(who, search.case_id), "before anything is shown"
    assert Entry.objects.filter(action="casework:examination:forgo", actor=who.actor).count() == 1
    read = words(examiner, shown)
    assert ref in read
    assert f"/missing/{search.named.get().person}/" not in examiner.get(shown).content.decode(), "no way to the record"
    assert Entry.objects.filter(action="casework:answer:look", actor=who.actor).count() == 2
    assert examiner.get(ask)["Location"] == shown, "asked once"
    assert "leads to examine" in words(examiner, page(search.case)), "who has seen it may know"


def test_ranked_output_says_what_it_is_worth(agencies: Agencies, client_as: ClientAs) -> None:
    search = casefile.search(casefile.case(agencies.ours, photographs=1), leads=3)
    listed = search.answer["candidates"]
    listed[1]["evidence"].update(
        log10_lr=None, withheld=[{"reason": "counts", "sentence": "Too many photographs."}], child_protection=True
    )
    listed[2].update(person_ref="[erased]", evidence=None, secondary=[], score=0.1)
    search.save(update_fields=["answer"])
    tracer = client_as(Role.TRACING_OFFICER)
    shown = reverse("web:cases:ranked", args=[search.pk])
    tracer.post(reverse("web:cases:ranked-ask", args=[search.pk]))
    read = words(tracer, shown)
    for said in (
        "1 lead reaches the operating point", "4711 portraits of 1234 persons", "7 missing persons without a portrait",
        "0.701", "FPIR 1 %.", "+2.3", "bounds -1.5 to +3.0", "A caution.", "Too many photographs.", "may be a child",
        "Tell the child-protection lead", "against sex", "found: male; told: female", "erased", "A note.",
        "Words are locked.", "Prior and posterior are not here", "Gallery generation 23",
    ):  # fmt: skip
        assert said in read, said
    html = tracer.get(shown).content.decode()
    assert f"/missing/{search.named.get(rank=1).person}/" in html
    assert f"/missing/{search.named.get(rank=3).person}/" not in html, "who was erased has no record"


def test_ranked_output_says_what_it_rests_on(agencies: Agencies, client_as: ClientAs) -> None:
    search = casefile.search(casefile.case(agencies.ours, photographs=2))
    one, two = search.photographs.order_by("pk")
    seen = {"box": [0, 0, 9, 9], "landmarks": [], "quality": {"TemplateStrength": 61}}
    search.answer.update(
        proven_exact=False,
        photos=[
            {"file": "x", "sha256": one.sha256, "faces": [seen, seen], "chosen": 1, "weight": 3.0},
            {"file": "[erased]", "sha256": "[erased]", "faces": [], "chosen": 0, "weight": 1.0},
        ],
    )
    search.save(update_fields=["answer"])
    tracer = client_as(Role.TRACING_OFFICER)
    tracer.post(reverse("web:cases:ranked-ask", args=[search.pk]))
    read = words(tracer, reverse("web:cases:ranked", args=[search.pk]))
    for said in (
        "NOT proven", "Searched with 2 photographs", "1. F1", "face 2 of 2", "61 of 100", "75 %", "25 %", "erased",
        "a calibration (ffffffffffff)", "embedding contract cccccccccccc",
    ):  # fmt: skip
        assert said in read, said
    assert two.sha256[:12] not in read


def test_none_of_these_is_said_in_words(agencies: Agencies, client_as: ClientAs) -> None:
    search = casefile.search(casefile.case(agencies.ours, photographs=1), none_of_these=True, passes=False)
    board = client_as(Role.BOARD_MEMBER)
    board.post(reverse("web:cases:ranked-ask", args=[search.pk]))
    read = words(board, reverse("web:cases:ranked", args=[search.pk]))
    assert "None of these" in read
    assert "That is a normal answer" in read


def test_an_answer_that_was_emptied_says_so(agencies: Agencies, client_as: ClientAs) -> None:
    search = casefile.search(casefile.case(agencies.ours, photographs=1), leads=0)
    search.answer = {"candidates": [], "photos": []}
    search.save(update_fields=["answer"])
    tracer = client_as(Role.TRACING_OFFICER)
    tracer.post(reverse("web:cases:ranked-ask", args=[search.pk]))
    assert "No lead is kept" in words(tracer, reverse("web:cases:ranked", args=[search.pk]))
    assert "not kept" in words(tracer, page(search.case))
