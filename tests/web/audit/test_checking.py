"""Verifying the log from the pages: asked for once, answered in words; checkpoints given and signatures kept."""

from __future__ import annotations

import html
import time

from django.conf import settings
from django.test import Client
from django.urls import reverse

from antigone.access.rules import Role
from antigone.jobs import running
from antigone.jobs.models import Job
from antigone.ledger import rows
from antigone.ledger.models import Cosignature
from antigone.ledger.note import COSIGNATURE, SigningKey, VerifierKey
from antigone.ledger.proofs import countersign
from antigone.ledger.services import checkpoint_text, verifier_key
from antigone.upkeep import verifying
from tests.web.people import ClientAs

VERIFY = "web:audit:verify"


def said(answer: object) -> str:
    return html.unescape(answer.content.decode())  # type: ignore[attr-defined]


def test_a_verification_is_asked_for_once_and_answered_in_words(client_as: ClientAs) -> None:
    auditor = client_as(Role.AUDITOR)
    assert "Nobody has verified" in said(auditor.get(reverse(VERIFY)))
    assert "Verify the ledger" in said(auditor.get("/"))
    for once in ("a", "a", "b"):
        assert auditor.post(reverse(VERIFY), {"once": once}).status_code == 302
    (job,) = Job.objects.filter(kind=verifying.KIND)
    assert "progress" in said(auditor.get(reverse(VERIFY)))
    running.run(job.pk)
    page = said(auditor.get(reverse(VERIFY)))
    assert "The log is whole" in page
    assert "are as they were written" in page
    assert "Whether the ledger is whole" not in said(auditor.get("/"))


def test_a_log_that_was_altered_says_so_on_the_desk(client_as: ClientAs) -> None:
    auditor = client_as(Role.AUDITOR)
    auditor.post(reverse(VERIFY), {"once": "a"})
    rows.blank([1])
    running.run(Job.objects.get(kind=verifying.KIND).pk)
    assert "not as it was written" in said(auditor.get(reverse(VERIFY)))
    desk = said(auditor.get("/"))
    assert "The ledger did not verify" in desk
    assert "no entry says that it was erased" in desk


def test_a_checkpoint_that_somebody_kept_is_pasted_as_a_browser_sends_it(client_as: ClientAs) -> None:
    auditor = client_as(Role.AUDITOR)
    text = checkpoint_text().replace("\n", "\r\n").rstrip()
    auditor.post(reverse(VERIFY), {"checkpoint": text, "once": "a"})
    job = Job.objects.get(kind=verifying.KIND)
    running.run(job.pk)
    job.refresh_from_db()
    assert job.result is not None
    assert job.result["ok"] is True
    assert "agrees with the checkpoint" in said(auditor.get(reverse(VERIFY)))


def test_who_runs_the_machine_verifies_and_does_not_read(client_as: ClientAs) -> None:
    admin = client_as(Role.ADMINISTRATOR)
    page = said(admin.get(reverse(VERIFY)))
    assert reverse("web:audit:entries") not in page.replace(reverse(VERIFY), "").replace(
        reverse("web:audit:checkpoints"), ""
    ).replace(reverse("web:audit:countersign"), "")
    assert admin.get(reverse("web:audit:entries")).status_code == 403


def test_checkpoints_are_there_to_copy(client_as: ClientAs) -> None:
    auditor = client_as(Role.AUDITOR)
    page = said(auditor.get(reverse("web:audit:checkpoints")))
    assert checkpoint_text().splitlines()[0] in page
    assert verifier_key() in page


def test_a_signature_of_another_agency_is_checked_and_kept(client_as: ClientAs) -> None:
    auditor, address = client_as(Role.AUDITOR), reverse("web:audit:countersign")
    theirs = SigningKey.generate("agency.example/witness", COSIGNATURE)
    text, log = checkpoint_text(), VerifierKey.parse(verifier_key())
    signed = countersign(text, log, theirs, int(time.time()))
    answer = auditor.post(address, {"checkpoint": signed, "verifier": str(theirs.verifier), "once": "a"}, follow=True)
    assert "1 new signature is kept" in said(answer)
    assert Cosignature.objects.get().name == "agency.example/witness"
    assert "agency.example/witness" in said(answer)
    stranger = SigningKey.generate("stranger.example/witness", COSIGNATURE)
    for checkpoint, verifier in (
        ("nothing", str(theirs.verifier)),
        (signed, "no key"),
        (signed, str(stranger.verifier)),
        (text, str(log)),
        ("\x00" * 50, "\x00"),
    ):
        answer = auditor.post(
            address, {"checkpoint": checkpoint, "verifier": verifier, "once": checkpoint[:9] + verifier}
        )
        assert answer.status_code == 422, verifier
        assert str(settings.ANTIGONE.root) not in said(answer)
    assert Cosignature.objects.count() == 1


def test_nobody_else_checks(client_as: ClientAs, visitor: Client) -> None:
    assert client_as(Role.FIELD_RECORDER).get(reverse(VERIFY)).status_code == 403
    assert visitor.get(reverse(VERIFY)).status_code == 302
