"""Tokens: what a program may do, for how long, and in whose responsibility."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from antigone.access import rules, services, tokens
from antigone.access.errors import AccessError, NoSuchRecord, Refused
from antigone.access.models import Operator, Token
from antigone.access.permissions import Permission
from antigone.access.rules import Role
from antigone.access.scope import Scope, agencies_open_to
from antigone.instance import Instance
from antigone.ledger.models import Entry

READ = [Permission.CASE_READ, Permission.PERSON_READ]
MONTH = timedelta(days=30)


def issued(who: Operator) -> tuple[Token, str]:
    token, secret = tokens.issue(who, "Laboratory", READ, timezone.now() + MONTH)
    assert secret is not None
    return token, secret


def test_a_token_acts_with_its_permissions_alone(instance: Instance) -> None:
    who = Operator.objects.get()
    _, secret = issued(who)
    token = tokens.bearer(secret)
    assert token is not None
    program = token.operator
    assert program.actor == f"token:{token.pk}"
    assert program.agency_id == who.agency_id
    assert services.permissions_held(program) == frozenset(READ)
    services.require(program, Permission.CASE_READ)
    with pytest.raises(Refused, match="may not record missing persons"):
        services.require(program, Permission.PERSON_RECORD, object="person:1")
    assert Entry.objects.get(action="access:permission:refuse").actor == program.actor
    assert agencies_open_to(program, Scope.PERSONS) == {who.agency_id}


def test_the_secret_is_not_kept(instance: Instance) -> None:
    token, secret = issued(Operator.objects.get())
    token.refresh_from_db()
    assert secret.startswith("antigone_")
    assert secret not in {str(value) for value in vars(token).values()}
    assert secret not in "".join(entry.payload or "" for entry in Entry.objects.all())


def test_a_program_does_no_more_than_the_one_who_answers_for_it(instance: Instance) -> None:
    who = Operator.objects.get()
    token, secret = issued(who)
    program = token.operator
    for role in (Role.BOARD_MEMBER, Role.TRACING_OFFICER, Role.DATA_PROTECTION_REVIEWER):
        services.revoke_role(who, role, who.actor)
    assert services.permissions_held(program) == {Permission.CASE_READ}
    other = services.add_operator("Olena", who.agency, who.actor)
    services.grant_role(other, Role.ADMINISTRATOR, who.actor)
    services.close_operator(who, other.actor)
    assert services.permissions_held(program) == frozenset()
    assert tokens.bearer(secret) is None


@pytest.mark.parametrize("permission", sorted(rules.FOR_PEOPLE_ALONE))
def test_what_people_decide_is_given_to_no_program(instance: Instance, permission: Permission) -> None:
    with pytest.raises(AccessError, match="people decide"):
        tokens.issue(Operator.objects.get(), "Laboratory", [permission], timezone.now() + MONTH)


def test_a_token_ends(instance: Instance) -> None:
    who = Operator.objects.get()
    token, secret = issued(who)
    Token.objects.filter(pk=token.pk).update(valid_until=timezone.now())
    assert tokens.bearer(secret) is None
    assert services.permissions_held(token.operator) == frozenset()
    second, other_secret = issued(who)
    tokens.revoke(who, second, "no more needed")
    assert tokens.bearer(other_secret) is None
    with pytest.raises(AccessError, match="revoked before"):
        tokens.revoke(who, second)


@pytest.mark.parametrize("days", [-1, 367])
def test_a_token_ends_within_a_year(instance: Instance, days: int) -> None:
    with pytest.raises(AccessError, match="within a year"):
        tokens.issue(Operator.objects.get(), "Laboratory", READ, timezone.now() + timedelta(days=days))


@pytest.mark.parametrize("permissions", [[], ["no:such:thing"], [Permission.CASE_READ]])
def test_a_token_carries_what_its_holder_has(instance: Instance, permissions: list[str]) -> None:
    who = Operator.objects.get()
    administrator = services.add_operator("Olena", who.agency, who.actor)
    services.grant_role(administrator, Role.ADMINISTRATOR, who.actor)
    with pytest.raises(AccessError):
        tokens.issue(administrator, "Laboratory", permissions, timezone.now() + MONTH)
    assert not Token.objects.exists()


def test_whoever_answers_for_a_token_collects_its_secret(instance: Instance) -> None:
    who = Operator.objects.get()
    holder = services.add_operator("Olena", who.agency, who.actor)
    services.grant_role(holder, Role.BUREAU_CLERK, who.actor)
    token, secret = tokens.issue(who, "Post", [Permission.ENQUIRY_FILE], timezone.now() + MONTH, holder=holder)
    assert secret is None
    with pytest.raises(NoSuchRecord):
        tokens.collect(who, token)
    collected = tokens.collect(holder, token)
    found = tokens.bearer(collected)
    assert found is not None
    assert found.pk == token.pk
    with pytest.raises(AccessError, match="collected before"):
        tokens.collect(holder, token)


def test_tokens_are_issued_by_who_may(instance: Instance) -> None:
    who = Operator.objects.get()
    clerk = services.add_operator("Olena", who.agency, who.actor)
    services.grant_role(clerk, Role.BUREAU_CLERK, who.actor)
    with pytest.raises(Refused):
        tokens.issue(clerk, "Post", [Permission.ENQUIRY_FILE], timezone.now() + MONTH)


def test_another_agency_has_no_say(instance: Instance) -> None:
    who = Operator.objects.get()
    stranger = services.add_operator("Iryna", services.found_agency("Other", "system:init"), "system:init")
    services.grant_role(stranger, Role.ADMINISTRATOR, "system:init")
    token, _ = issued(who)
    with pytest.raises(NoSuchRecord):
        tokens.revoke(stranger, token)
    with pytest.raises(NoSuchRecord):
        tokens.issue(who, "Post", READ, timezone.now() + MONTH, holder=stranger)


@pytest.mark.parametrize(
    "secret", ["", "antigone_", "antigone_" + "a" * 43, "x" * 52, "antigone_" + "a" * 44, "ґ" * 52]
)
def test_what_is_no_secret_opens_nothing(instance: Instance, secret: str) -> None:
    assert tokens.bearer(secret) is None


def test_a_program_is_no_operator_of_the_terminal(instance: Instance) -> None:
    token, _ = issued(Operator.objects.get(machine=False))
    with pytest.raises(AccessError, match="knows no operator"):
        services.operator(token.operator.name)
