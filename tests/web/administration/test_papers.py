"""Mandates, agreements and tokens: issued, accepted by the other side, ended with a reason, and shown once."""

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

from antigone.access import agreements, services, tokens
from antigone.access.models import Agreement, Mandate, Operator, Token
from antigone.access.permissions import Permission
from antigone.access.rules import Purpose, Role
from antigone.access.scope import Scope, agencies_open_to
from tests.web.people import Agencies, ClientAs, client_of, somebody

TODAY = timezone.now().date()
LATER = TODAY + timedelta(days=90)
SECRET = re.compile(r"antigone_[A-Za-z0-9_-]{43}")


def said(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def at(name: str, *args: object) -> str:
    return reverse(f"web:administration:{name}", args=args)


def test_a_mandate_is_issued_and_revoked_with_a_reason(admin: Client, agencies: Agencies) -> None:
    given = {
        "purpose": Purpose.IDENTIFY_THE_DEAD.value,
        "subject_kinds": ["body-part"],
        "legal_basis": "Law 2505, article 12",
        "valid_from": TODAY,
        "valid_until": TODAY + timedelta(days=20),
    }
    assert "issued" in said(admin.post(at("mandate-new"), {**given, "once": "a"}, follow=True))
    mandate = Mandate.objects.get(agency=agencies.ours, legal_basis="Law 2505, article 12")
    assert mandate.subject_kinds == ["body-part"]
    page = said(admin.get(at("mandates")))
    assert "only: a body part" in page
    assert "20 days left" in page
    assert admin.post(at("mandate-revoke", mandate.pk), {"reason": " ", "once": "b"}).status_code == 422
    page = said(admin.post(at("mandate-revoke", mandate.pk), {"reason": "another law", "once": "c"}, follow=True))
    assert "it was revoked" in page
    answer = admin.post(at("mandate-revoke", mandate.pk), {"reason": "again", "once": "d"})
    assert answer.status_code == 422
    assert "revoked before" in said(answer)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"purpose": "find-suspects"}, "find-suspects"),
        ({"subject_kinds": ["unable-to-state-identity"]}, "covers these kinds"),
        ({"legal_basis": "   "}, "required"),
        ({"valid_until": str(TODAY - timedelta(days=5))}, "cannot end before"),
        ({"valid_until": "never"}, "valid date"),
    ],
)
def test_a_mandate_that_cannot_be_comes_back(admin: Client, changes: dict[str, Any], words: str) -> None:
    given = {"purpose": "identify-the-dead", "legal_basis": "A law", "valid_from": TODAY, "valid_until": LATER}
    before = Mandate.objects.count()
    answer = admin.post(at("mandate-new"), {**given, **changes})
    assert answer.status_code == 422
    assert words in said(answer)
    assert Mandate.objects.count() == before


def test_a_mandate_that_ends_stands_on_the_desk_unless_another_goes_on(admin: Client, agencies: Agencies) -> None:
    assert "Mandates that end soon" not in said(admin.get("/"))
    soon = TODAY + timedelta(days=10)
    Mandate.objects.filter(agency=agencies.ours, purpose=Purpose.IDENTIFY_THE_DEAD).update(valid_until=soon)
    assert "Mandates that end soon" in said(admin.get("/"))
    services.issue_mandate(agencies.ours, Purpose.IDENTIFY_THE_DEAD, "A law", LATER, "system:tests")
    assert "Mandates that end soon" not in said(admin.get("/"))


def test_an_agreement_is_proposed_accepted_and_ended(admin: Client, client_as: ClientAs, agencies: Agencies) -> None:
    theirs = client_as(Role.ADMINISTRATOR, agency=agencies.theirs)
    given = {
        "other": agencies.theirs.pk, "direction": "give", "scopes": ["remains", "cases"],
        "citation": "Memorandum, article 4", "valid_from": TODAY, "valid_until": LATER, "once": "a",
    }  # fmt: skip
    page = said(admin.post(at("agreement-new"), given, follow=True))
    assert "discloses nothing until" in page
    agreement = Agreement.objects.get()
    reader = somebody(agencies.theirs, Role.LIAISON_OFFICER)
    assert agencies.ours.pk not in agencies_open_to(reader, Scope.REMAINS)
    assert admin.post(at("agreement-accept", agreement.pk), {"once": "b"}).status_code == 422
    assert "wait for your agency" in said(theirs.get("/"))
    assert "Your people see what is named above" in said(theirs.get(at("agreement-accept", agreement.pk)))
    assert "in force" in said(theirs.post(at("agreement-accept", agreement.pk), {"once": "c"}, follow=True))
    assert agencies.ours.pk in agencies_open_to(reader, Scope.REMAINS)
    page = said(client_of(reader).get(at("agreement", agreement.pk)))
    assert "Memorandum, article 4" in page
    assert "End the agreement" not in page
    answer = theirs.post(at("agreement-end", agreement.pk), {"reason": "it was superseded", "once": "d"}, follow=True)
    assert "it was superseded" in said(answer)
    assert agencies.ours.pk not in agencies_open_to(reader, Scope.REMAINS)
    answer = admin.post(at("agreement-end", agreement.pk), {"reason": "too", "once": "e"})
    assert answer.status_code == 422
    assert "ended before" in said(answer)


def test_an_agreement_of_two_others_is_not_there(admin: Client, agencies: Agencies, client_as: ClientAs) -> None:
    third = services.found_agency("A third agency", "system:tests")
    between = agreements.propose(somebody(third, Role.ADMINISTRATOR), agencies.theirs, ["cases"], "A text", LATER)
    assert "A third agency" not in said(admin.get(at("agreements")))
    for name in ("agreement", "agreement-accept", "agreement-end"):
        assert admin.get(at(name, between.pk)).status_code == 404
    assert client_as(Role.AUDITOR).get(at("agreement", between.pk)).status_code == 404


def test_the_secret_of_a_token_is_shown_once_to_who_answers_for_it(admin: Client, agencies: Agencies) -> None:
    clerk = somebody(agencies.ours, Role.BUREAU_CLERK)
    page = said(admin.get(at("token-new"), {"holder": clerk.pk}))
    assert "file enquiries for families" in page
    assert "read the ledger" not in page
    given = {"name": "Counter", "permissions": [Permission.ENQUIRY_FILE], "until": LATER, "once": "a"}
    page = said(admin.post(f"{at('token-new')}?holder={clerk.pk}", given))
    assert not SECRET.search(page)
    token = Token.objects.get()
    assert admin.get(at("token-collect", token.pk)).status_code == 404
    hers = client_of(clerk)
    assert "Secrets of tokens" in said(hers.get("/"))
    assert "file enquiries" in said(hers.get(at("token-collect", token.pk)))
    secret = SECRET.search(said(hers.post(at("token-collect", token.pk), {"once": "b"})))
    assert secret is not None
    bearer = tokens.bearer(secret[0])
    assert bearer is not None
    assert bearer.pk == token.pk
    assert not SECRET.search(said(hers.post(at("token-collect", token.pk), {"once": "b"}, follow=True)))
    assert hers.post(at("token-collect", token.pk), {"once": "c"}).status_code == 422
    assert "is revoked" in said(admin.post(at("token-revoke", token.pk), {"reason": "moved", "once": "d"}, follow=True))
    assert tokens.bearer(secret[0]) is None


def test_a_token_carries_nothing_that_its_holder_may_not_or_that_people_decide(admin: Client) -> None:
    for permission in (Permission.PERSON_READ, Permission.OPERATOR_MANAGE, "everything"):
        answer = admin.post(at("token-new"), {"name": "x", "permissions": [permission], "until": LATER})
        assert answer.status_code == 422
    answer = admin.post(
        at("token-new"),
        {"name": "x", "permissions": [Permission.BACKUP_MAKE], "until": TODAY + timedelta(days=900)},
    )
    assert answer.status_code == 422
    assert "within a year" in said(answer)
    assert not Token.objects.exists()


def test_an_agency_is_opened_by_the_founding_one_alone(admin: Client, client_as: ClientAs, agencies: Agencies) -> None:
    page = said(admin.post(at("agency-new"), {"name": "Bureau", "administrator": "Ruvim Adler", "once": "a"}))
    assert "A code for Ruvim Adler" in page
    first = Operator.objects.get(name="Ruvim Adler")
    assert services.roles_of(first) == (Role.ADMINISTRATOR,)
    assert admin.get(at("person", first.pk)).status_code == 404
    assert client_as(Role.ADMINISTRATOR, agency=agencies.theirs).get(at("agency-new")).status_code == 404


def test_a_list_costs_the_same_however_long(admin: Client, agencies: Agencies) -> None:
    def queries() -> list[int]:
        counted = []
        for name in ("mandates", "agreements", "tokens"):
            with CaptureQueriesContext(connection) as asked:
                assert admin.get(at(name)).status_code == 200
            counted.append(len(asked))
        return counted

    me = Operator.objects.get(name__startswith="administrator of", agency=agencies.ours)

    def fill(number: int) -> None:
        for _place in range(number):
            services.issue_mandate(agencies.ours, Purpose.IDENTIFY_THE_DEAD, "A law", LATER, me.actor)
            agreements.propose(me, agencies.theirs, ["cases"], "A text", LATER)
            tokens.issue(me, "x", [Permission.BACKUP_MAKE], timezone.now() + timedelta(days=9))

    fill(3)
    queries()
    few = queries()
    fill(30)
    assert queries() == few
