"""What an administrator does for their own people, and nobody for those of another agency."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from antigone.access import administer, agreements, attempts, queries, services, sign_ins, tokens
from antigone.access.errors import AccessError, NoSuchRecord, Refused
from antigone.access.models import Agency, Agreement, Attempts, Invitation, Mandate, Once, Operator, RoleGrant, SignIn
from antigone.access.permissions import Permission
from antigone.access.rules import Purpose, Role
from antigone.access.scope import Scope, agencies_open_to
from antigone.instance import Instance
from antigone.jobs import registry, running
from antigone.jobs import services as jobs
from antigone.ledger.models import Entry

TODAY = timezone.now().date()
LATER = TODAY + timedelta(days=90)


def founder() -> Operator:
    return Operator.objects.select_related("agency").get(name="tester")


def colleague(name: str, *roles: Role) -> Operator:
    who = services.add_operator(name, founder().agency, "operator:1")
    for role in roles:
        services.grant_role(who, role, "operator:1")
    return who


def neighbour() -> Operator:
    """The administrator of another agency in the same instance."""
    return administer.found_agency(founder(), "Neighbours", "Iryna")[0]


def deeds(who: Operator, target: Operator) -> dict[str, Callable[[], object]]:
    return {
        "invite": lambda: administer.invite(who, target),
        "close": lambda: administer.close_operator(who, target),
        "grant": lambda: administer.grant_role(who, target, Role.AUDITOR),
        "revoke": lambda: administer.revoke_role(who, target, Role.AUDITOR),
        "reset": lambda: administer.reset_second_factor(who, target),
        "end": lambda: administer.end_sessions(who, target),
    }


DEEDS = ["invite", "close", "grant", "revoke", "reset", "end"]


@pytest.mark.parametrize("deed", DEEDS)
def test_each_deed_needs_its_permission(instance: Instance, deed: str) -> None:
    who, target = colleague("Olena", Role.AUDITOR), colleague("Petro", Role.AUDITOR)
    with pytest.raises(Refused, match="may not look after the people"):
        deeds(who, target)[deed]()
    entry = Entry.objects.latest("id")
    assert (entry.action, entry.actor, entry.object) == ("access:permission:refuse", who.actor, target.actor)


@pytest.mark.parametrize("deed", DEEDS)
def test_people_of_another_agency_are_nobody(instance: Instance, deed: str) -> None:
    stranger = neighbour()
    before = Entry.objects.count()
    with pytest.raises(NoSuchRecord, match="no such operator"):
        deeds(founder(), stranger)[deed]()
    assert Entry.objects.count() == before


@pytest.mark.parametrize("deed", DEEDS)
def test_a_program_is_no_colleague(instance: Instance, deed: str) -> None:
    token, _ = tokens.issue(founder(), "Post", [Permission.ENQUIRY_FILE], timezone.now() + timedelta(days=1))
    with pytest.raises(NoSuchRecord):
        deeds(founder(), token.operator)[deed]()


def test_a_single_administrator_gives_themselves_roles(instance: Instance) -> None:
    administer.grant_role(founder(), founder(), Role.AUDITOR)
    assert Role.AUDITOR in services.roles_of(founder())


def test_nobody_raises_their_own_roles_beside_another_administrator(instance: Instance) -> None:
    other = colleague("Olena", Role.ADMINISTRATOR)
    for who in (founder(), other):
        with pytest.raises(Refused, match="ask them"):
            administer.grant_role(who, who, Role.AUDITOR)
    assert [entry.actor for entry in Entry.objects.filter(action="access:permission:refuse")] == [
        founder().actor,
        other.actor,
    ]
    administer.grant_role(other, founder(), Role.AUDITOR)
    administer.grant_role(founder(), other, Role.AUDITOR)
    administer.revoke_role(other, other, Role.AUDITOR)
    services.close_operator(other, "operator:1")
    administer.grant_role(founder(), founder(), Role.LIAISON_OFFICER)


def test_nobody_resets_their_own_second_factor_beside_another_administrator(instance: Instance) -> None:
    colleague("Olena", Role.ADMINISTRATOR)
    with pytest.raises(AccessError, match="ask them"):
        administer.reset_second_factor(founder(), founder())


def test_a_closed_account_takes_all_with_it(instance: Instance) -> None:
    who = colleague("Olena", Role.ADMINISTRATOR, Role.BUREAU_CLERK)
    token, secret = tokens.issue(who, "Post", [Permission.ENQUIRY_FILE], timezone.now() + timedelta(days=1))
    assert secret is not None
    administer.invite(founder(), who)
    administer.close_operator(founder(), who)
    assert tokens.bearer(secret) is None
    assert Invitation.objects.get().withdrawn_at is not None
    token.refresh_from_db()
    assert token.revoked_by == founder().actor
    with pytest.raises(AccessError, match="is closed"):
        administer.invite(founder(), who)


def test_another_agency_is_opened_by_the_founding_one_alone(instance: Instance) -> None:
    stranger = neighbour()
    assert services.roles_of(stranger) == (Role.ADMINISTRATOR,)
    with pytest.raises(Refused, match="founded this instance"):
        administer.found_agency(stranger, "Third", "Marta")
    refused = Entry.objects.latest("id")
    assert (refused.action, refused.actor) == ("access:permission:refuse", stranger.actor)
    with pytest.raises(AccessError, match="There is an agency"):
        administer.found_agency(founder(), "Neighbours", "Marta")
    assert Agency.objects.count() == 2
    assert not Operator.objects.filter(name="Marta").exists()


def test_mandates_are_those_of_ones_own_agency(instance: Instance) -> None:
    stranger = neighbour()
    mandate = administer.issue_mandate(stranger, Purpose.IDENTIFY_THE_DEAD, "Act 5", LATER)
    assert mandate.agency_id == stranger.agency_id
    with pytest.raises(NoSuchRecord):
        administer.revoke_mandate(founder(), mandate, "no")
    administer.revoke_mandate(stranger, mandate, "the law changed")
    assert Mandate.objects.get(pk=mandate.pk).revoked_by == stranger.actor
    with pytest.raises(Refused):
        administer.issue_mandate(colleague("Olena", Role.AUDITOR), Purpose.IDENTIFY_THE_DEAD, "Act 5", LATER)


def proposed(stranger: Operator, **more: object) -> Agreement:
    return agreements.propose(founder(), stranger.agency, [Scope.PERSONS, "search"], "Protocol of 3 May", LATER, **more)  # type: ignore[arg-type]


def test_nothing_is_disclosed_before_both_sides_signed(instance: Instance) -> None:
    stranger = neighbour()
    ours, theirs = founder().agency_id, stranger.agency_id
    made = proposed(stranger)
    assert agreements.fault_of(made) == "the other agency has not accepted it"
    assert agencies_open_to(stranger, Scope.PERSONS) == {theirs}
    with pytest.raises(AccessError, match="the other side accepts"):
        agreements.accept(founder(), made)
    agreements.accept(stranger, made)
    assert agencies_open_to(stranger, Scope.PERSONS) == {ours, theirs}
    assert agencies_open_to(stranger, Scope.SEARCH) == {ours, theirs}
    assert agencies_open_to(stranger, Scope.RELATIVES) == {theirs}
    assert agencies_open_to(founder(), Scope.PERSONS) == {ours}
    with pytest.raises(AccessError, match="before"):
        agreements.accept(stranger, made)
    agreements.end(founder(), made, "the protocol lapsed")
    assert agencies_open_to(stranger, Scope.PERSONS) == {theirs}
    with pytest.raises(AccessError, match="ended before"):
        agreements.end(stranger, made, "again")
    said = Entry.objects.filter(object=f"agreement:{made.pk}").values_list("action", flat=True)
    assert list(said) == ["access:agreement:propose", "access:agreement:accept", "access:agreement:end"]


def test_an_agreement_holds_within_its_dates(instance: Instance) -> None:
    stranger = neighbour()
    made = proposed(stranger, valid_from=TODAY + timedelta(days=2))
    agreements.accept(stranger, made)
    for days, held in ((1, False), (2, True), (90, True), (91, False)):
        seen = agencies_open_to(stranger, Scope.PERSONS, TODAY + timedelta(days=days))
        assert (founder().agency_id in seen) is held
        assert (agreements.fault_of(made, TODAY + timedelta(days=days)) is None) is held


def test_who_asks_to_receive_is_given_nothing_unasked(instance: Instance) -> None:
    stranger = neighbour()
    made = proposed(stranger, receiving=True)
    assert (made.discloses, made.receives) == (stranger.agency, founder().agency)
    agreements.accept(stranger, made)
    assert agencies_open_to(founder(), Scope.SEARCH) == {founder().agency_id, stranger.agency_id}
    program = tokens.issue(founder(), "Post", [Permission.ENQUIRY_FILE], timezone.now() + timedelta(days=1))[0]
    assert agencies_open_to(program.operator, Scope.SEARCH) == {founder().agency_id}


@pytest.mark.parametrize(
    "fault",
    [
        {"scopes": []},
        {"scopes": ["everything"]},
        {"citation": " "},
        {"valid_until": TODAY - timedelta(days=1)},
        {"valid_from": LATER + timedelta(days=1)},
    ],
    ids=str,
)
def test_an_agreement_says_what_on_which_ground_and_until_when(instance: Instance, fault: dict[str, object]) -> None:
    said: dict[str, object] = {
        "other": neighbour().agency,
        "scopes": [Scope.PERSONS],
        "citation": "Protocol",
        "valid_until": LATER,
    }
    with pytest.raises(AccessError):
        agreements.propose(founder(), **{**said, **fault})  # type: ignore[arg-type]
    with pytest.raises(AccessError, match="two sides"):
        agreements.propose(founder(), founder().agency, [Scope.PERSONS], "Protocol", LATER)
    assert not Agreement.objects.exists()


def test_a_third_agency_knows_nothing_of_an_agreement(instance: Instance) -> None:
    made = proposed(neighbour())
    third = administer.found_agency(founder(), "Third", "Marta")[0]
    for deed in (agreements.accept, lambda who, what: agreements.end(who, what, "why")):
        with pytest.raises(NoSuchRecord):
            deed(third, made)
    assert queries.agreement(third, made.pk) is None
    assert queries.agreements_of(third).rows == []
    assert queries.agreement(founder(), made.pk) == made


def test_lists_page_with_a_fixed_number_of_queries(instance: Instance) -> None:
    who = founder()
    for number in range(7):
        colleague(f"Person {number}", Role.AUDITOR)
        tokens.issue(who, f"Program {number}", [Permission.ENQUIRY_FILE], timezone.now() + timedelta(days=1))
        administer.issue_mandate(who, Purpose.IDENTIFY_THE_DEAD, f"Act {number}", LATER)
    neighbour()
    names, after, asked = [], 0, set()
    while after is not None:
        with CaptureQueriesContext(connection) as caught:
            page = queries.colleagues(who, after=after, size=3)
        asked.add(len(caught))
        names += [each.operator.name for each in page.rows]
        after = page.after  # type: ignore[assignment]
    assert names == ["tester", *(f"Person {number}" for number in range(7))]
    assert asked == {4}, "and one more where somebody has an account"
    first = queries.tokens_of(who, size=4)
    second = queries.tokens_of(who, size=4, after=first.after or 0)
    assert [each.name for each in (*first.rows, *second.rows)] == [f"Program {number}" for number in range(6, -1, -1)]
    assert second.after is None
    assert len(queries.mandates_of(who, size=5).rows) == 5
    assert queries.mandates_of(who, size=9).after is None


def test_a_colleague_is_described_and_a_stranger_is_none(instance: Instance) -> None:
    who = colleague("Olena", Role.AUDITOR)
    administer.invite(founder(), who)
    line = queries.colleague(founder(), who.pk)
    assert line is not None
    assert (line.roles, line.has_account, line.has_second_factor, line.sessions) == ((Role.AUDITOR,), False, False, 0)
    assert line.invited_until is not None
    assert queries.colleague(founder(), neighbour().pk) is None
    services.revoke_role(who, Role.AUDITOR, "operator:1")
    assert [each.revoked_by for each in queries.grants_of(founder(), who).rows] == ["operator:1"]
    assert RoleGrant.objects.filter(operator=who).count() == 1


def test_what_is_old_is_swept_once_a_day(instance: Instance) -> None:
    long_ago = timezone.now() - timedelta(days=100)
    sign_ins.begin(founder())
    SignIn.objects.update(began_at=long_ago, seen_at=long_ago)
    attempts.begin(attempts.passphrase_of("Olena"))
    Attempts.objects.update(since=long_ago)
    Once.objects.create(actor=founder().actor, key="k", what="agency", at=long_ago)
    assert "access:sweep" in registry.daily_kinds()
    job = jobs.ask("access:sweep", "system:daily")
    assert running.run(job.pk) == "done"
    job.refresh_from_db()
    assert job.result == {"sessions": 1, "attempts": 1, "posts": 1}
    assert SignIn.objects.get().end_reason == "time"
    assert not Attempts.objects.exists()
    assert not Once.objects.exists()
