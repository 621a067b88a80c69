"""People: added with a code that is shown once, given roles by somebody else, signed out, and let go."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from antigone.access import administer, invitations, services, sign_ins
from antigone.access.models import Invitation, Operator, SignIn
from antigone.access.rules import Role
from antigone.ledger.models import Entry
from tests.web.people import Agencies, ClientAs, client_of, somebody

CODE = re.compile(r"(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}")


def at(name: str, who: Operator) -> str:
    return reverse(f"web:administration:{name}", args=[who.pk])


def said(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_somebody_is_added_with_roles_and_a_code_that_works(admin: Client, agencies: Agencies) -> None:
    answer = admin.post(
        reverse("web:administration:person-new"),
        {"name": "Ada Lind", "roles": [Role.AUDITOR, Role.LIAISON_OFFICER], "once": "a"},
    )
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    new = Operator.objects.get(name="Ada Lind")
    assert set(services.roles_of(new)) == {Role.AUDITOR, Role.LIAISON_OFFICER}
    code = CODE.search(said(answer))
    assert code is not None
    assert invitations.invited(code[0]) == new


def test_the_quorum_is_reached_from_the_administration(admin: Client) -> None:
    assert f'<a href="{reverse("web:board:quorum")}">Quorum</a>' in said(
        admin.get(reverse("web:administration:people"))
    )
    assert admin.get(reverse("web:board:quorum")).status_code == 200


def test_a_code_is_shown_once_and_kept_nowhere(admin: Client, colleague: Operator) -> None:
    first = admin.post(at("invite", colleague), {"once": "a"})
    again = admin.post(at("invite", colleague), {"once": "a"}, follow=True)
    code = CODE.search(said(first))
    assert code is not None
    assert not CODE.search(said(again))
    assert "shown then" in said(again)
    assert Invitation.objects.filter(operator=colleague).count() == 1
    assert not Entry.objects.filter(payload__contains=code[0]).exists()


def test_roles_are_given_and_taken_and_what_another_changed_stays(admin: Client, colleague: Operator) -> None:
    services.grant_role(colleague, Role.AUDITOR, "system:tests")  # meanwhile, by somebody else
    answer = admin.post(
        at("roles", colleague), {"roles": [Role.LIAISON_OFFICER], "shown": Role.TRACING_OFFICER, "once": "a"}
    )
    assert answer.status_code == 302
    assert set(services.roles_of(colleague)) == {Role.LIAISON_OFFICER, Role.AUDITOR}


def test_nobody_gives_a_role_to_themselves_while_somebody_else_can(admin: Client, agencies: Agencies) -> None:
    me = Operator.objects.get(name__startswith="administrator of", agency=agencies.ours)
    page = said(admin.get(at("roles", me)))
    assert "ask another administrator" in page
    answer = admin.post(
        at("roles", me), {"roles": [Role.ADMINISTRATOR, Role.AUDITOR], "shown": Role.ADMINISTRATOR, "once": "a"}
    )
    assert answer.status_code == 403
    assert "Nobody gives a role to themselves" in said(answer)
    assert services.roles_of(me) == (Role.ADMINISTRATOR,)
    assert Entry.objects.filter(action="access:permission:refuse", actor=me.actor).exists()


def test_the_last_administrator_stays(agencies: Agencies) -> None:
    only = somebody(agencies.theirs, Role.ADMINISTRATOR)
    client = client_of(only)
    assert "only administrator" in said(client.get(at("roles", only)))
    answer = client.post(at("roles", only), {"roles": [], "shown": Role.ADMINISTRATOR, "once": "a"})
    assert answer.status_code == 422
    assert "last administrator" in said(answer)
    assert administer.last_administrator(only)


def test_sessions_are_ended_and_the_account_is_closed(admin: Client, colleague: Operator) -> None:
    sign_ins.begin(colleague, browser="a browser")
    page = said(admin.get(at("person", colleague)))
    assert "End all that are open" in page
    answer = admin.post(at("end-sessions", colleague), {"once": "a"}, follow=True)
    assert "1 session was ended" in said(answer)
    assert not SignIn.objects.filter(operator=colleague, ended_at=None).exists()
    answer = admin.post(at("close", colleague), {"once": "b"}, follow=True)
    assert "This account is closed" in said(answer)
    colleague.refresh_from_db()
    assert not colleague.active
    assert services.roles_of(colleague) == ()
    assert admin.get(at("roles", colleague)).status_code == 404
    assert admin.post(at("close", colleague), {"once": "c"}).status_code == 422


def test_a_second_factor_is_reset_with_a_new_code(admin: Client, colleague: Operator) -> None:
    assert "face to face" in said(admin.get(at("reset", colleague)))
    answer = admin.post(at("reset", colleague), {"once": "a"})
    assert CODE.search(said(answer))
    page = said(admin.get(at("person", colleague)))
    assert "No second factor yet" in page


def test_a_name_that_cannot_be_comes_back_with_a_sentence(admin: Client, colleague: Operator) -> None:
    address = reverse("web:administration:person-new")
    for name, words in ((colleague.name, "already"), ("\x1b[2J", "read"), ("  ", "required"), ("x" * 121, "120")):
        answer = admin.post(address, {"name": name, "once": name})
        assert answer.status_code == 422
        assert words in said(answer)
    answer = admin.post(address, {"name": "Ada", "roles": ["emperor"], "once": "e"})
    assert answer.status_code == 422
    assert not Operator.objects.filter(name="Ada").exists()


def test_an_account_without_a_passphrase_is_led_to_a_code_and_not_into_a_crash(colleague: Operator) -> None:
    client = client_of(colleague)
    assert colleague.account is not None
    colleague.account.set_unusable_password()
    colleague.account.save()
    client = client_of(Operator.objects.get(pk=colleague.pk))
    answer = client.get(reverse("account_change_password"), follow=True)
    assert answer.status_code == 200
    assert "code" in said(answer).lower()


def test_people_of_another_agency_are_nobody(client_as: ClientAs, agencies: Agencies, colleague: Operator) -> None:
    theirs = client_as(Role.ADMINISTRATOR, agency=agencies.theirs)
    assert colleague.name not in said(theirs.get(reverse("web:administration:people")))
    for name in ("person", "roles", "invite", "reset", "end-sessions", "close"):
        assert theirs.get(at(name, colleague)).status_code == 404


def test_three_people_cost_what_thirty_do(admin: Client, agencies: Agencies) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            admin.get(reverse("web:administration:people"))
        return len(asked)

    admin.get(reverse("web:administration:people"))
    few = queries()
    for place in range(30):
        services.add_operator(f"somebody {place}", agencies.ours, "system:tests")
    assert queries() == few


def test_codes_and_unprotected_accounts_stand_on_the_desk(
    admin: Client, agencies: Agencies, colleague: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Codes that nobody has used yet" not in said(admin.get("/"))
    new = services.add_operator("Tamas Rell", agencies.ours, "system:tests")
    admin.post(at("invite", new), {"once": "a"})
    page = said(admin.get("/"))
    assert "Codes that nobody has used yet" in page
    assert "Tamas Rell" in page
    assert "Accounts without a second factor" not in page
    assert colleague.account is not None
    Authenticator.objects.filter(user=colleague.account).delete()
    page = said(admin.get("/"))
    assert "Accounts without a second factor" in page
    assert colleague.name in page
    assert "No second factor yet" in said(admin.get(at("person", colleague)))
    monkeypatch.setitem(settings.ANTIGONE_SETTINGS, "instance", {"practice": True})
    assert "Accounts without a second factor" not in said(admin.get("/"))
    assert "No second factor yet" not in said(admin.get(at("person", colleague)))
