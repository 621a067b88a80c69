"""Ways in that are none: half a sign-in, borrowed addresses, forged posts, hosts and numbers."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from antigone.access import services as access
from antigone.access import tokens
from antigone.access.rules import Role
from antigone.instance import Instance
from tests.access.signing import PASSPHRASE, code_now, is_in, second_factor, set_up_app, sign_in, welcome
from tests.factories import operator
from tests.web import missed
from tests.web.people import Agencies, ClientAs, somebody


def newcomer(name: str = "newcomer") -> str:
    from antigone.access import invitations

    who = access.add_operator(name, operator().agency, "system:tests")
    access.grant_role(who, Role.BUREAU_CLERK, "system:tests")
    return invitations.issue(who, "system:tests")


def test_a_passphrase_alone_opens_nothing_once_there_is_a_second_factor(instance: Instance) -> None:
    """A session that was begun before the second factor is not let in by one that somebody else set up."""
    mine, eavesdropper = Client(), Client()
    assert welcome(mine, newcomer()).status_code == 302
    sign_in(eavesdropper, "newcomer")
    assert not is_in(eavesdropper)
    set_up_app(mine)
    assert is_in(mine)
    assert not is_in(eavesdropper)
    assert eavesdropper.get("/sign-in/second-factor/app/add/").status_code in (302, 403)


def test_recovery_codes_are_no_way_to_skip_the_first_step(instance: Instance) -> None:
    stranger = Client()
    assert second_factor(stranger, "123456").status_code in (302, 404)
    assert not is_in(stranger)


@pytest.mark.parametrize(
    "address", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_nobody_is_sent_elsewhere(agencies: Agencies, client_as: ClientAs, address: str) -> None:
    client = client_as(Role.BUREAU_CLERK)
    for answer in (
        client.post("/language/", {"language": "en", "next": address}),
        client.post("/drafts/missing:person:1:identity/drop/", {"next": address}),
        client.post("/appearance/", {"theme": "dark", "next": address}),
        client.get("/sign-in/", {"next": address}),
    ):
        assert "evil" not in answer.get("Location", ""), answer
        assert "javascript" not in answer.get("Location", ""), answer


def test_a_forged_post_changes_nothing(agencies: Agencies) -> None:
    person = missed.person(agencies.ours)
    who = somebody(agencies.ours, Role.TRACING_OFFICER)
    client = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
    assert who.account is not None
    client.force_login(who.account, backend="allauth.account.auth_backends.AuthenticationBackend")
    for path in (f"/missing/{person.pk}/close/", "/holdings/new/", "/language/", "/sign-in/out/"):
        assert client.post(path, {"state": "withdrawn", "name": "x"}).status_code == 403, path
    person.report.refresh_from_db()
    assert person.report.state == "open"


def test_another_host_is_not_answered(agencies: Agencies, client_as: ClientAs) -> None:
    client = client_as(Role.BUREAU_CLERK)
    answer = client.get("/missing/", HTTP_HOST="evil.example")
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()


def test_numbers_and_letters_that_no_database_keeps(agencies: Agencies, client_as: ClientAs) -> None:
    client = client_as(Role.TRACING_OFFICER, Role.DATA_PROTECTION_REVIEWER, Role.LIAISON_OFFICER)
    far = "9" * 40
    for path in (
        f"/missing/{far}/", f"/enquiries/{far}/", reverse("web:job", args=[far]), f"/holdings/{far}/approve/",
        f"/missing/relatives/{far}/", f"/missing/statements/{far}/take-back/", f"/missing/1/merge/{far}/",
    ):  # fmt: skip
        assert client.get(path).status_code == 404, path
    for path in (
        "/missing/?q=%00", "/missing/?q=%ED%A0%80", "/missing/?after=%00", f"/missing/?after={far}&q=x",
        f"/missing/?holding={far}", "/missing/?age_from=-1", "/enquiries/?after=x", "/missing/?after=x&q=x",
        "/missing/?q=" + "%F0%9F%98%80" * 300, "/missing/?q=" + "%CC%81" * 900, "/missing/reviews/?after=%00.x",
    ):  # fmt: skip
        assert client.get(path).status_code in (200, 404, 422), path


def test_a_token_opens_no_page_and_a_session_no_program(agencies: Agencies, client_as: ClientAs) -> None:
    client = client_as(Role.TRACING_OFFICER)
    assert client.get("/api/v1/agency").status_code == 401
    clerk = somebody(agencies.ours, Role.BUREAU_CLERK, Role.ADMINISTRATOR)
    from tests.api.calling import issue

    _token, secret = issue(clerk)
    assert tokens.bearer(secret) is not None
    answer = Client(HTTP_HOST="localhost").get("/missing/", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 302


def test_six_wrong_codes_and_the_right_one_is_late(instance: Instance) -> None:
    mine, other = Client(), Client()
    assert welcome(mine, newcomer()).status_code == 302
    secret = set_up_app(mine)
    assert sign_in(other, "newcomer", PASSPHRASE).status_code == 302
    for _turn in range(5):
        second_factor(other, "000000")
    second_factor(other, code_now(secret, 1))
    assert not is_in(other)
