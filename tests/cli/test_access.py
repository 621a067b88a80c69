"""People, roles and mandates from the command line: what it says, what it refuses, what the ledger keeps."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import CliRunner, Result

from antigone.access import services
from antigone.access.errors import Refused
from antigone.access.models import Agency, Mandate, Operator
from antigone.access.rules import Purpose, Role
from antigone.cli.main import main
from antigone.instance import Instance
from antigone.ledger.models import Entry


def antigone(instance: Instance, *words: str) -> Result:
    return CliRunner().invoke(main, ["-i", str(instance.root), *words])


def done(instance: Instance, *words: str) -> str:
    result = antigone(instance, *words)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_an_operator_comes_gets_roles_and_leaves(instance: Instance) -> None:
    done(instance, "access", "operator", "add", "Olena")
    assert "Olena  named with --as  no role" in done(instance, "access", "list")
    done(instance, "access", "role", "grant", "Olena", "auditor")
    done(instance, "access", "role", "grant", "Olena", "mortuary-examiner")
    assert "Olena  named with --as  auditor, mortuary-examiner" in done(instance, "access", "list")
    assert services.roles_of(Operator.objects.get(name="Olena")) == (Role.AUDITOR, Role.MORTUARY_EXAMINER)
    done(instance, "access", "role", "revoke", "Olena", "auditor")
    done(instance, "--as", "Olena", "case", "list")
    done(instance, "access", "operator", "close", "Olena")
    assert "Olena  closed  no role" in done(instance, "access", "list")
    assert antigone(instance, "--as", "Olena", "case", "list").exit_code == 5
    said = [entry.action for entry in Entry.objects.filter(object=Operator.objects.get(name="Olena").actor)]
    assert said == [
        "access:operator:add",
        "access:role:grant",
        "access:role:grant",
        "access:role:revoke",
        "access:role:revoke",
        "access:operator:close",
        "access:operator:refuse",
    ]


def test_an_operator_is_bound_to_an_account(instance: Instance) -> None:
    done(instance, "access", "operator", "add", "Olena", "--bind-uid", str(os.getuid() + 1))
    assert "Olena  bound to an account" in done(instance, "access", "list")
    assert "bound to another account" in antigone(instance, "--as", "Olena", "case", "list").output
    again = antigone(instance, "access", "operator", "add", "Iryna", "--bind-uid", str(os.getuid()))
    assert (again.exit_code, Operator.objects.filter(name="Iryna").exists()) == (5, False)


def test_a_mandate_that_ended_is_renewed(instance: Instance) -> None:
    agency, today = Agency.objects.get(), datetime.now(UTC).date()
    Mandate.objects.update(valid_from=date(2020, 1, 1), valid_until=date(2021, 1, 1))
    dead = ("case", "open", "B-1", "--subject", "deceased")
    refused = antigone(instance, *dead)
    assert refused.exit_code == 5
    assert "antigone access mandate issue" in refused.output
    until = today + timedelta(days=400)
    law = ("--basis", "Act 5 of 2026", "--until", until.isoformat())
    said = done(instance, "access", "mandate", "issue", "--purpose", "identify-the-dead", *law)
    assert f"until {until}" in said
    done(instance, *dead)
    new = services.mandate_in_force(agency, Purpose.IDENTIFY_THE_DEAD, actor="operator:1")
    assert (new.legal_basis, new.issued_by, new.valid_from) == ("Act 5 of 2026", "operator:1", today)
    listed = done(instance, "access", "mandate", "list")
    assert "it ended on 2021-01-01" in listed
    assert f"{new.pk}  identify-the-dead  {today} to {until}  in force\n   Act 5 of 2026" in listed
    done(instance, "access", "mandate", "revoke", str(new.pk), "--reason", "the law changed")
    with pytest.raises(Refused, match="revoked"):
        services.mandate_in_force(agency, Purpose.IDENTIFY_THE_DEAD, actor="operator:1")
    assert antigone(instance, "access", "mandate", "revoke", str(new.pk)).exit_code == 5


def test_a_mandate_can_begin_later(instance: Instance) -> None:
    words = ("--purpose", "identify-the-dead", "--basis", "Act 5", "--from", "2099-01-01", "--until", "2099-12-31")
    assert "from 2099-01-01" in done(instance, "access", "mandate", "issue", *words)
    assert "it begins on 2099-01-01" in done(instance, "access", "mandate", "list")


CHANGES = [
    ("list",),
    ("operator", "add", "Iryna"),
    ("operator", "close", "tester"),
    ("role", "grant", "Olena", "administrator"),
    ("role", "revoke", "tester", "tracing-officer"),
    ("mandate", "issue", "--purpose", "identify-the-dead", "--basis", "Act 5", "--until", "2099-01-01"),
    ("mandate", "revoke", "1"),
]


@pytest.mark.parametrize("words", CHANGES, ids=" ".join)
def test_changes_are_the_administrators_alone(instance: Instance, words: tuple[str, ...]) -> None:
    auditor = services.add_operator("Olena", Agency.objects.get(), "operator:1")
    services.grant_role(auditor, Role.AUDITOR, "operator:1")
    before = Entry.objects.count()
    assert antigone(instance, "access", "--as", "Olena", *words).exit_code == 5
    (entry,) = Entry.objects.all()[before:]
    assert (entry.action, entry.actor, entry.object) == ("access:permission:refuse", auditor.actor, "agency:1")


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("operator", "close", "Nobody"), 2),
        (("operator", "close", "tester"), 5),
        (("operator", "add", "tester"), 5),
        (("operator", "add", " "), 5),
        (("operator", "add", "two\nlines"), 5),
        (("operator", "add", "x" * 121), 5),
        (("operator", "add", "Iryna", "--bind-uid", "-1"), 2),
        (("role", "grant", "Nobody", "auditor"), 2),
        (("role", "grant", "tester", "emperor"), 2),
        (("role", "revoke", "tester", "auditor"), 5),
        (("role", "revoke", "tester", "administrator"), 5),
        (("mandate", "issue", "--purpose", "identify-the-dead", "--basis", " ", "--until", "2099-01-01"), 5),
        (("mandate", "issue", "--purpose", "identify-the-dead", "--basis", "Act 5", "--until", "2001-01-01"), 5),
        (("mandate", "issue", "--purpose", "find-deserters", "--basis", "Act 5", "--until", "2099-01-01"), 2),
        (("mandate", "issue", "--purpose", "identify-the-dead", "--until", "2099-01-01"), 2),
        (("mandate", "revoke", "99"), 2),
        (("mandate", "revoke", str(2**64)), 2),
    ],
    ids=str,
)
def test_what_cannot_be_done_changes_nothing(instance: Instance, words: tuple[str, ...], status: int) -> None:
    before = Entry.objects.count()
    result = antigone(instance, "access", *words)
    assert result.exit_code == status, result.output
    assert "Traceback" not in result.output
    assert Entry.objects.count() == before


def test_another_agencys_people_and_mandates_are_not_reached(instance: Instance) -> None:
    other = services.found_agency("Another agency", "operator:1")
    services.add_operator("Maria", other, "operator:1")
    law = services.issue_mandate(other, Purpose.IDENTIFY_THE_DEAD, "Act 9", date(2099, 1, 1), "operator:1")
    assert "Maria" not in done(instance, "access", "list")
    assert "Act 9" not in done(instance, "access", "mandate", "list")
    assert antigone(instance, "access", "operator", "close", "Maria").exit_code == 2
    assert antigone(instance, "access", "mandate", "revoke", str(law.pk)).exit_code == 2
