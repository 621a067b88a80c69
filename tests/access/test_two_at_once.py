"""Two at the same moment, on a PostgreSQL server of the test's own: posts, codes, attempts, tokens, the last role."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from antigone.access import attempts, invitations, services, tokens
from antigone.access.errors import AccessError
from antigone.access.forms import spend
from antigone.access.models import Agency, Invitation, Operator, RoleGrant, SignIn, SpentCode
from antigone.access.once import Done, once
from antigone.access.permissions import Permission
from antigone.access.rules import Role
from antigone.instance import Instance
from antigone.ledger.models import Entry
from tests.access.signing import PASSPHRASE, code_now, is_in, second_factor, settled, sign_in
from tests.upkeep.test_postgresql import at_once, on_server, server

__all__ = ["on_server", "server"]  # fixtures

pytestmark = pytest.mark.slow


def person(name: str = "Olena") -> Operator:
    return services.add_operator(name, Agency.objects.get(), "operator:1")


def test_a_doubled_post_is_done_once(on_server: Instance) -> None:
    who = Operator.objects.get()

    def post() -> Done:
        return once(who, "k", "agency", lambda: services.found_agency("Second", who.actor).pk, given={"a": 1})

    said = at_once(*[post] * 4)
    assert all(isinstance(each, Done) for each in said), said
    assert len({each.outcome for each in said if isinstance(each, Done)}) == 1
    assert sum(each.first for each in said if isinstance(each, Done)) == 1
    assert Agency.objects.filter(name="Second").count() == 1
    assert Entry.objects.filter(action="access:agency:found").count() == 2


def test_a_code_is_redeemed_once(on_server: Instance) -> None:
    who = person()
    code = invitations.issue(who, "operator:1")
    said = at_once(*[lambda: invitations.redeem(code, PASSPHRASE)] * 3)
    assert len([each for each in said if isinstance(each, Operator)]) == 1, said
    assert {type(each) for each in said if not isinstance(each, Operator)} <= {invitations.CodeRefused}


def test_of_two_codes_given_at_once_one_opens(on_server: Instance) -> None:
    who = person()
    said = at_once(*[lambda: invitations.issue(who, "operator:1")] * 3)
    assert all(isinstance(each, str) for each in said), said
    assert Invitation.objects.filter(redeemed_at=None, withdrawn_at=None).count() == 1


def test_attempts_are_counted_together(on_server: Instance) -> None:
    subject = attempts.passphrase_of("Olena")
    said = at_once(*[lambda: attempts.begin(subject)] * 12)
    assert sorted(map(str, said)) == ["False"] * 7 + ["True"] * 5
    said = at_once(*[lambda: attempts.failed(subject)] * 5)
    assert said.count(True) == 1


def test_a_code_of_an_app_is_spent_once(on_server: Instance) -> None:
    who = person()
    invitations.redeem(invitations.issue(who, "operator:1"), PASSPHRASE)
    who.refresh_from_db()
    account = who.account_id
    assert account is not None
    said = at_once(*[lambda: spend(account, "123456")] * 5)
    assert said.count(True) == 1
    assert SpentCode.objects.count() == 1


def test_a_secret_is_collected_once(on_server: Instance) -> None:
    founder, holder = Operator.objects.get(), person()
    services.grant_role(holder, Role.BUREAU_CLERK, "operator:1")
    until = timezone.now() + timedelta(days=1)
    token, _ = tokens.issue(founder, "Post", [Permission.ENQUIRY_FILE], until, holder=holder)
    said = at_once(*[lambda: tokens.collect(holder, token)] * 4)
    secrets = [each for each in said if isinstance(each, str)]
    assert len(secrets) == 1, said
    assert tokens.bearer(secrets[0]) is not None


def test_a_role_given_twice_at_once_is_held_once(on_server: Instance) -> None:
    who = person()
    said = at_once(*[lambda: services.grant_role(who, Role.AUDITOR, "operator:1")] * 4)
    assert len({each.pk for each in said if isinstance(each, RoleGrant)}) == 1, said
    assert not [each for each in said if isinstance(each, Exception)]


def test_two_administrators_who_take_each_other_leave_one(on_server: Instance) -> None:
    founder, other = Operator.objects.get(), person()
    services.grant_role(other, Role.ADMINISTRATOR, "operator:1")
    said = at_once(
        lambda: services.revoke_role(other, Role.ADMINISTRATOR, founder.actor),
        lambda: services.revoke_role(founder, Role.ADMINISTRATOR, other.actor),
    )
    left = [who for who in (founder, other) if Role.ADMINISTRATOR in services.roles_of(who)]
    assert len(left) == 1, said
    assert any(isinstance(each, AccessError) for each in said)


def test_the_entrance_works_on_a_server_as_it_does_on_a_file(on_server: Instance) -> None:
    who = person()
    client, secret = settled(who)
    assert is_in(client)
    again = Client()
    sign_in(again, "Olena")
    assert second_factor(again, code_now(secret, 1)).status_code == 302
    assert is_in(again)
    assert SignIn.objects.filter(ended_at=None).count() == 2
    services.close_operator(who, "operator:1")
    assert not is_in(again)
