"""Invitations, sessions, second factors, tokens, agreements and agencies from the command line."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner, Result

from antigone.access import agreements, invitations, queries, services, sign_ins, tokens
from antigone.access.models import Agency, Agreement, Invitation, Operator, SignIn, Token
from antigone.access.permissions import Permission
from antigone.access.rules import Role
from antigone.access.scope import Scope, agencies_open_to
from antigone.cli.agreements import SCOPES
from antigone.cli.main import main
from antigone.instance import Instance
from antigone.ledger.models import Entry

LATER = (datetime.now(UTC) + timedelta(days=60)).date().isoformat()
CODE = re.compile(r"Code for (.+): ((?:[0-9A-Z]{4}-){4}[0-9A-Z]{4})")


def antigone(instance: Instance, *words: str) -> Result:
    return CliRunner().invoke(main, ["-i", str(instance.root), *words])


def done(instance: Instance, *words: str) -> str:
    result = antigone(instance, *words)
    assert result.exit_code == 0, result.output
    return result.stdout


def code_in(said: str) -> str:
    found = CODE.search(said)
    assert found, said
    return found.group(2)


def olena(*roles: Role) -> Operator:
    who = services.add_operator("Olena", Agency.objects.earliest("pk"), "operator:1")
    for role in roles:
        services.grant_role(who, role, "operator:1")
    return who


def test_an_invitation_is_given_and_opens(instance: Instance) -> None:
    who = olena()
    first = code_in(done(instance, "access", "invite", "Olena"))
    second = code_in(done(instance, "access", "invite", "Olena"))
    assert invitations.invited(second).pk == who.pk
    assert Invitation.objects.exclude(withdrawn_at=None).count() == 1
    assert first not in str(list(Invitation.objects.values()))


def test_sessions_are_listed_and_ended(instance: Instance) -> None:
    who = olena()
    assert done(instance, "access", "sessions", "Olena") == ""
    row = sign_ins.begin(who, address="192.0.2.7", browser="A browser\nof two lines")
    listed = done(instance, "access", "sessions", "Olena")
    assert f"{row.pk}  since" in listed
    assert "192.0.2.7  A browserof two lines" in listed
    assert "Ended 1 session of Olena." in done(instance, "access", "end-sessions", "Olena")
    assert SignIn.objects.get().end_reason == "by-hand"
    assert "Ended 0 sessions" in done(instance, "access", "end-sessions", "Olena")


def test_a_lost_second_factor_is_reset(instance: Instance) -> None:
    olena()
    assert code_in(done(instance, "access", "reset-second-factor", "Olena"))
    assert Entry.objects.filter(action="access:second-factor:reset").count() == 1
    services.grant_role(Operator.objects.get(name="Olena"), Role.ADMINISTRATOR, "operator:1")
    assert antigone(instance, "access", "reset-second-factor", "tester").exit_code == 5


def test_a_single_administrator_helps_themselves_at_the_terminal(instance: Instance) -> None:
    assert code_in(done(instance, "access", "reset-second-factor", "tester"))


def test_tokens_are_issued_listed_and_revoked(instance: Instance) -> None:
    said = done(instance, "access", "token", "new", "Laboratory", "--permission", "casework:case:read", "--days", "5")
    secret = re.search(r"Secret: (antigone_\S+)", said)
    assert secret
    token = tokens.bearer(secret.group(1))
    assert token is not None
    listed = done(instance, "access", "token", "list")
    assert f"{token.pk}  Laboratory" in listed
    assert "in force" in listed
    assert "casework:case:read" in listed
    done(instance, "access", "token", "revoke", str(token.pk), "--reason", "no more needed")
    assert tokens.bearer(secret.group(1)) is None
    assert "it was revoked" in done(instance, "access", "token", "list")


def test_a_token_of_a_colleague_waits_for_them(instance: Instance) -> None:
    who = olena(Role.BUREAU_CLERK)
    asked = ("token", "new", "Post", "--permission", "intake:enquiry:file", "--holder", "Olena")
    said = done(instance, "access", *asked)
    assert "Secret" not in said
    number = str(Token.objects.get().pk)
    assert antigone(instance, "access", "token", "collect", number).exit_code == 5
    collected = done(instance, "--as", "Olena", "access", "token", "collect", number)
    assert "Secret: antigone_" in collected
    assert queries.to_collect(who) == []


def test_two_agencies_agree(instance: Instance) -> None:
    code_in(done(instance, "access", "agency", "add", "Neighbours", "--administrator", "Iryna"))
    propose = ("access", "agreement", "propose", "Neighbours", "--scope", "persons", "--scope", "search")
    said = done(instance, *propose, "--citation", "Protocol of 3 May", "--until", LATER)
    made = Agreement.objects.get()
    assert f"Agreement {made.pk} is proposed" in said
    assert antigone(instance, "access", "agreement", "accept", str(made.pk)).exit_code == 5
    assert "has not accepted it" in done(instance, "access", "agreement", "list")
    done(instance, "--as", "Iryna", "access", "agreement", "accept", str(made.pk))
    assert "in force  Protocol of 3 May" in done(instance, "access", "agreement", "list")
    iryna = Operator.objects.get(name="Iryna")
    assert len(agencies_open_to(iryna, Scope.SEARCH)) == 2
    done(instance, "--as", "Iryna", "access", "agreement", "end", str(made.pk), "--reason", "it lapsed")
    assert len(agencies_open_to(iryna, Scope.SEARCH)) == 1
    made.refresh_from_db()
    assert agreements.fault_of(made) == "it was ended"


def test_the_command_names_every_scope() -> None:
    assert list(SCOPES.choices) == [scope.value for scope in Scope]


ADMINISTRATORS = [
    ("invite", "tester"),
    ("sessions", "tester"),
    ("end-sessions", "tester"),
    ("reset-second-factor", "tester"),
    ("token", "new", "Post", "--permission", "ledger:entry:read"),
    ("token", "list"),
    ("agency", "add", "Neighbours", "--administrator", "Iryna"),
    ("agreement", "propose", "Neighbours", "--scope", "persons", "--citation", "Protocol", "--until", "2099-01-01"),
    ("agreement", "accept", "1"),
    ("agreement", "end", "1", "--reason", "why"),
]


@pytest.mark.parametrize("words", ADMINISTRATORS, ids=" ".join)
def test_they_are_the_administrators_alone(instance: Instance, words: tuple[str, ...]) -> None:
    auditor = olena(Role.AUDITOR)
    before = Entry.objects.count()
    assert antigone(instance, "access", "--as", "Olena", *words).exit_code == 5
    (entry,) = Entry.objects.all()[before:]
    assert (entry.action, entry.actor) == ("access:permission:refuse", auditor.actor)
    assert Operator.objects.filter(name="Iryna").count() == 0


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("invite", "Nobody"), 2),
        (("sessions", "Nobody"), 2),
        (("token", "new", "Post", "--permission", "no:such:thing"), 5),
        (("token", "new", "Post", "--permission", str(Permission.RELEASE_SIGN)), 5),
        (("token", "new", "Post"), 2),
        (("token", "new", "Post", "--permission", "ledger:entry:read", "--days", "366"), 2),
        (("token", "new", " ", "--permission", "ledger:entry:read"), 5),
        (("token", "new", "Post", "--permission", "ledger:entry:read", "--holder", "Nobody"), 2),
        (("token", "collect", "7"), 2),
        (("token", "revoke", "7"), 2),
        (("agency", "add", "Agency of the tests", "--administrator", "Iryna"), 5),
        (("agency", "add", "Neighbours", "--administrator", "tester"), 5),
        (("agreement", "propose", "Nobody", "--scope", "persons", "--citation", "P", "--until", LATER), 2),
        (("agreement", "propose", "Nobody", "--scope", "all", "--citation", "P", "--until", LATER), 2),
        (("agreement", "accept", "7"), 2),
        (("agreement", "end", "7", "--reason", "why"), 2),
    ],
    ids=str,
)
def test_what_cannot_be_done_changes_nothing(instance: Instance, words: tuple[str, ...], status: int) -> None:
    before = Entry.objects.count()
    result = antigone(instance, "access", *words)
    assert result.exit_code == status, result.output
    assert "Traceback" not in result.output
    assert Entry.objects.count() == before
    assert Agency.objects.count() == 1
