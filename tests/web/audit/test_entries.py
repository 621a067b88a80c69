"""The ledger as sentences: who, what and when, and never a face, a name of a missing person, or what is personal."""

from __future__ import annotations

import html
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from antigone.access import services
from antigone.access.rules import Role
from antigone.ledger import actions
from antigone.ledger.models import Entry
from antigone.ledger.note import VerifierKey
from antigone.ledger.proofs import check_inclusion
from antigone.ledger.services import record, recorded, redact_payloads, refuse, verifier_key
from antigone.missing import looking
from antigone.missing.models import PersonName
from tests.web import records
from tests.web.people import Agencies, ClientAs, somebody

SECRET = "Oksana Hrytsenko"


@pytest.fixture
def auditor(client_as: ClientAs) -> Client:
    return client_as(Role.AUDITOR)


def read(client: Client, name: str, *args: object, **query: object) -> str:
    answer = client.get(reverse(f"web:audit:{name}", args=args), query)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def newest(**where: object) -> Entry:
    found = Entry.objects.filter(**where).order_by("-pk").first()
    assert found is not None
    return found


def test_the_ledger_reads_as_sentences_with_colleagues_by_name(auditor: Client, agencies: Agencies) -> None:
    who = somebody(agencies.ours, Role.TRACING_OFFICER, name="Mirel Aslan")
    refuse("access:permission:refuse", actor=who.actor, object="person:4", permission="missing:person:erase")
    page = read(auditor, "entries")
    assert "Mirel Aslan" in page
    assert "missing person 4" in page
    assert "missing:person:erase" in page
    assert "refused" in page


def test_filters_narrow_and_bad_days_are_said(auditor: Client, agencies: Agencies) -> None:
    who = somebody(agencies.ours, Role.TRACING_OFFICER, name="Mirel Aslan")
    refuse("access:permission:refuse", actor=who.actor, object="person:4", permission="missing:person:erase")
    page = read(auditor, "entries", only="refuse", who=who.actor, q="person:4", room="access")
    assert "missing person 4" in page
    assert "No entry agrees" in read(auditor, "entries", q="person:999")
    assert "No entry agrees" in read(auditor, "entries", until="2001-01-01")
    assert "is no day" in read(auditor, "entries", since="yesterday")


def test_what_is_personal_is_kept_and_not_shown_anywhere(auditor: Client, agencies: Agencies) -> None:
    """Every action with personal keys, written with a name in each of them, and read on every page there is."""
    personal = [each for each in actions.every() if each.redact]
    assert len(personal) > 20
    with recorded():
        for each in personal:
            assert each.redact
            record(each.name, actor="operator:1", object="person:77", **dict.fromkeys(each.redact, SECRET))
    for page in _everything(auditor, "person:77"):
        assert SECRET not in page
        assert "<img" not in page
        assert "/pictures/" not in page
    assert "kept, not shown" in read(auditor, "entry", newest(action="access:operator:add", object="person:77").index)
    proof = read(auditor, "proof", newest(action="access:operator:add", object="person:77").index)
    given = json.loads(proof.partition('spellcheck="false">')[2].partition("</textarea>")[0])
    assert check_inclusion(given, VerifierKey.parse(verifier_key()))
    assert not {"payload", "salt"} & set(given["entry"])


def _everything(client: Client, about: str) -> list[str]:
    found = list(Entry.objects.filter(object=about))
    pages = [read(client, "entries", q=about), read(client, "about", object=about), read(client, "refusals")]
    pages += [read(client, "entry", each.index) for each in found]
    pages += [read(client, "proof", found[0].index), read(client, "verify"), read(client, "checkpoints")]
    pages.append(client.get("/").content.decode())
    return pages


def test_no_name_of_a_missing_person_and_no_face_is_on_any_page(auditor: Client, agencies: Agencies) -> None:
    portrait = records.portrait(agencies.ours)
    person = portrait.person
    PersonName.objects.create(person=person, text=SECRET, script="Latn")
    who = somebody(agencies.ours, Role.TRACING_OFFICER)
    looking.looked(person, who)
    looking.opened(portrait, who)
    for about in (f"person:{person.pk}", f"portrait:{portrait.pk}"):
        for page in _everything(auditor, about):
            assert SECRET not in page
            assert person.ref not in page
            assert "<img" not in page
            assert "/pictures/" not in page


def test_what_was_erased_says_so(auditor: Client) -> None:
    with recorded():
        record("access:sign-in:refuse", actor="operator:1", object="operator:55", address="192.0.2.7", step="code")
    redact_payloads("operator:55")
    page = read(auditor, "entry", newest(object="operator:55", action="access:sign-in:refuse").index)
    assert "Erased, as another entry says" in page
    assert "[erased]" in page
    assert "192.0.2.7" not in page


def test_who_looked_at_it_is_one_page(auditor: Client, agencies: Agencies) -> None:
    portrait = records.portrait(agencies.ours)
    who = somebody(agencies.ours, Role.TRACING_OFFICER, name="Mirel Aslan")
    for _time in range(3):
        looking.opened(portrait, who)
    page = read(auditor, "about", object=f"portrait:{portrait.pk}")
    assert "Mirel Aslan" in page
    assert ">3</td>" in page
    assert "Nothing is entered" in read(auditor, "about", object="portrait:none")


def test_people_of_another_agency_have_no_name_here(auditor: Client, agencies: Agencies) -> None:
    theirs = somebody(agencies.theirs, Role.ADMINISTRATOR, name="Their Person")
    with recorded():
        record("access:mandate:revoke", actor=theirs.actor, object="mandate:9", reason="a reason of theirs")
    page = read(auditor, "entries")
    assert "somebody of another agency" in page
    assert "Their Person" not in page
    page = read(auditor, "entry", newest(object="mandate:9").index)
    assert "a reason of theirs" not in page
    assert "for their auditor" in page


def test_a_proof_is_checked_and_given_as_text(auditor: Client) -> None:
    first = Entry.objects.filter(index__isnull=False).earliest("pk")
    page = read(auditor, "proof", first.index)
    assert "It is in the log" in page
    assert auditor.get(reverse("web:audit:entry", args=[10**9])).status_code == 404


def test_refusals_are_counted_by_kind(auditor: Client, agencies: Agencies, client_as: ClientAs) -> None:
    client_as(Role.LIAISON_OFFICER).get(reverse("web:audit:entries"))
    page = read(auditor, "refusals")
    assert "access:permission:refuse" in page
    assert "1 refusal" in auditor.get("/").content.decode()


def test_a_page_costs_the_same_however_long_the_log(auditor: Client, agencies: Agencies) -> None:
    def queries(name: str, **query: object) -> int:
        with CaptureQueriesContext(connection) as asked:
            read(auditor, name, **query)
        return len(asked)

    asked: list[tuple[str, dict[str, object]]] = [
        ("entries", {}), ("entries", {"only": "refuse"}), ("about", {"object": "person:3"}), ("refusals", {}),
    ]  # fmt: skip

    def enter(number: int) -> None:
        for place in range(number):
            who = services.add_operator(f"somebody {number} {place}", agencies.ours, "system:tests")
            refuse("access:permission:refuse", actor=who.actor, object="person:3", permission="x")
            with recorded():
                record("missing:person:look", actor=who.actor, object="person:3", agency=1)

    enter(3)
    for name, query in asked:
        read(auditor, name, **query)
    few = [queries(name, **query) for name, query in asked]
    enter(30)
    assert [queries(name, **query) for name, query in asked] == few
