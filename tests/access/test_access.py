"""Who acts, whether they may, and under which mandate; and that every refusal is entered."""

from __future__ import annotations

import os
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from antigone.access import rules, services
from antigone.access.errors import AccessError, Refused
from antigone.access.models import Agency, Mandate, Operator
from antigone.access.permissions import Permission
from antigone.access.rules import Purpose, Role
from antigone.instance import Instance
from antigone.ledger.models import Entry

# Every permission and the roles that bring it: a permission without a row here fails the test below.
MATRIX: dict[Permission, set[Role]] = {
    Permission.AGREEMENT_MANAGE: {Role.ADMINISTRATOR},
    Permission.AGREEMENT_READ: {
        Role.ADMINISTRATOR, Role.AUDITOR, Role.DATA_PROTECTION_REVIEWER, Role.LIAISON_OFFICER,
    },
    Permission.MANDATE_MANAGE: {Role.ADMINISTRATOR},
    Permission.OPERATOR_MANAGE: {Role.ADMINISTRATOR},
    Permission.TOKEN_MANAGE: {Role.ADMINISTRATOR},
    Permission.CALIBRATION_MANAGE: {Role.BOARD_MEMBER},
    Permission.CASE_OPEN: {Role.FIELD_RECORDER, Role.MORTUARY_EXAMINER},
    Permission.CASE_READ: {
        Role.BOARD_MEMBER, Role.DATA_PROTECTION_REVIEWER, Role.FIELD_RECORDER, Role.LIAISON_OFFICER,
        Role.MORTUARY_EXAMINER, Role.TRACING_OFFICER,
    },
    Permission.DECISION_VOTE: {Role.BOARD_MEMBER},
    Permission.EVIDENCE_RECORD: {Role.BOARD_MEMBER, Role.TRACING_OFFICER},
    Permission.EXAMINATION_DO: {Role.MORTUARY_EXAMINER},
    Permission.EXHIBIT_MAKE: {Role.BOARD_MEMBER},
    Permission.INCIDENT_DECLARE: {Role.BOARD_MEMBER},
    Permission.POSTERIOR_READ: {Role.BOARD_MEMBER},
    Permission.PRACTICE_DO: {Role.MORTUARY_EXAMINER},
    Permission.PRACTICE_REPORT: {Role.BOARD_MEMBER},
    Permission.QUORUM_SET: {Role.ADMINISTRATOR},
    Permission.SAMPLING_ORDER: {Role.BOARD_MEMBER, Role.FIELD_RECORDER, Role.MORTUARY_EXAMINER},
    Permission.SEARCH_RUN: {Role.MORTUARY_EXAMINER, Role.TRACING_OFFICER},
    Permission.TRIAGE_DO: {Role.MORTUARY_EXAMINER},
    Permission.GALLERY_REBUILD: {Role.ADMINISTRATOR},
    Permission.BACKUP_MAKE: {Role.ADMINISTRATOR},
    Permission.BACKUP_RESTORE: {Role.ADMINISTRATOR},
    Permission.SCHEMA_UPGRADE: {Role.ADMINISTRATOR},
    Permission.ENQUIRY_FILE: {Role.BUREAU_CLERK, Role.TRACING_OFFICER},
    Permission.ENQUIRY_READ: {Role.BUREAU_CLERK, Role.LIAISON_OFFICER, Role.TRACING_OFFICER},
    Permission.LEDGER_READ: {Role.AUDITOR, Role.DATA_PROTECTION_REVIEWER},
    Permission.LEDGER_VERIFY: {Role.ADMINISTRATOR, Role.AUDITOR, Role.BOARD_MEMBER, Role.DATA_PROTECTION_REVIEWER},
    Permission.HOLDING_OPEN: {Role.BUREAU_CLERK, Role.TRACING_OFFICER},
    Permission.HOLDING_READ: {
        Role.ADMINISTRATOR, Role.BOARD_MEMBER, Role.BUREAU_CLERK, Role.DATA_PROTECTION_REVIEWER,
        Role.LIAISON_OFFICER, Role.TRACING_OFFICER,
    },
    Permission.PERSON_ERASE: {Role.DATA_PROTECTION_REVIEWER},
    Permission.PERSON_MERGE: {Role.TRACING_OFFICER},
    Permission.PERSON_READ: {
        Role.BOARD_MEMBER, Role.BUREAU_CLERK, Role.DATA_PROTECTION_REVIEWER, Role.LIAISON_OFFICER,
        Role.TRACING_OFFICER,
    },
    Permission.PERSON_RECORD: {Role.BUREAU_CLERK, Role.TRACING_OFFICER},
    Permission.PORTRAIT_ADD: {Role.BUREAU_CLERK, Role.TRACING_OFFICER},
    Permission.PORTRAIT_ERASE: {Role.DATA_PROTECTION_REVIEWER},
    Permission.PORTRAIT_LOOK: {Role.BOARD_MEMBER, Role.BUREAU_CLERK, Role.TRACING_OFFICER},
    Permission.REPORT_CLOSE: {Role.BUREAU_CLERK, Role.DATA_PROTECTION_REVIEWER, Role.TRACING_OFFICER},
    Permission.RETENTION_REVIEW: {Role.DATA_PROTECTION_REVIEWER},
    Permission.ASSOCIATION_DECIDE: {Role.BOARD_MEMBER},
    Permission.ATTESTATION_RECORD: {Role.FIELD_RECORDER, Role.MORTUARY_EXAMINER},
    Permission.CLAIM_READ: {Role.BOARD_MEMBER, Role.LIAISON_OFFICER, Role.TRACING_OFFICER},
    Permission.CLAIM_RECORD: {Role.FIELD_RECORDER, Role.LIAISON_OFFICER, Role.TRACING_OFFICER},
    Permission.CUSTODY_RECORD: {Role.FIELD_RECORDER, Role.MORTUARY_EXAMINER},
    Permission.INSCRIPTION_READ: {
        Role.BOARD_MEMBER, Role.FIELD_RECORDER, Role.LIAISON_OFFICER, Role.TRACING_OFFICER,
    },
    Permission.OPEN_SOURCE_APPROVE: {Role.BOARD_MEMBER, Role.LIAISON_OFFICER},
    Permission.OPEN_SOURCE_PROPOSE: {Role.MORTUARY_EXAMINER, Role.TRACING_OFFICER},
    Permission.PHOTOGRAPH_ADD: {Role.FIELD_RECORDER, Role.MORTUARY_EXAMINER},
    Permission.PHOTOGRAPH_ERASE: {Role.DATA_PROTECTION_REVIEWER},
    Permission.PHOTOGRAPH_LOOK: {Role.BOARD_MEMBER, Role.FIELD_RECORDER, Role.MORTUARY_EXAMINER},
    Permission.RELEASE_SIGN: {Role.MORTUARY_EXAMINER},
    Permission.SAMPLE_REVIEW: {Role.DATA_PROTECTION_REVIEWER},
    Permission.SITE_RECORD: {Role.FIELD_RECORDER, Role.MORTUARY_EXAMINER},
    Permission.SUBJECT_READ: {
        Role.BOARD_MEMBER, Role.FIELD_RECORDER, Role.LIAISON_OFFICER, Role.MORTUARY_EXAMINER,
        Role.TRACING_OFFICER,
    },
    Permission.SUBJECT_RECORD: {Role.FIELD_RECORDER, Role.MORTUARY_EXAMINER},
    Permission.KEYS_MANAGE: {Role.ADMINISTRATOR},
}  # fmt: skip


def entries(action: str) -> list[Entry]:
    return list(Entry.objects.filter(action=action))


def colleague(name: str, *roles: Role) -> Operator:
    who = services.add_operator(name, Agency.objects.get(), "operator:1")
    for role in roles:
        services.grant_role(who, role, "operator:1")
    return who


def test_every_permission_has_its_row_and_its_place_in_the_alphabet() -> None:
    assert set(MATRIX) == set(Permission)
    assert [str(permission) for permission in Permission] == sorted(Permission)
    assert all(str(permission).count(":") == 2 for permission in Permission)


def test_every_role_is_in_the_table_of_grants() -> None:
    assert set(rules.GRANTS) == set(Role)


@pytest.mark.parametrize("permission", list(Permission))
def test_a_permission_comes_with_its_roles_and_no_other(permission: Permission) -> None:
    for role in Role:
        assert (permission in rules.permissions_of([role])) == (role in MATRIX[permission]), role
    assert set(rules.roles_allowing(permission)) == MATRIX[permission]


def test_a_role_of_another_version_allows_nothing() -> None:
    assert rules.permissions_of(["emperor"]) == frozenset()


def test_the_founder_alone_can_do_all_there_is(instance: Instance) -> None:
    founder = services.operator()
    assert founder.actor == "operator:1"
    assert {permission for permission in Permission if services.allows(founder, permission)} == set(Permission)


def test_what_no_role_allows_is_refused_and_entered(instance: Instance) -> None:
    auditor = colleague("Iryna", Role.AUDITOR)
    services.require(auditor, Permission.LEDGER_VERIFY)
    with pytest.raises(Refused, match="may not search under a mandate") as refused:
        services.require(auditor, Permission.SEARCH_RUN, object="case:7", purpose="identify-the-dead")
    assert "with the role mortuary examiner or tracing officer. " in refused.value.sentence
    assert "in the ledger" in refused.value.sentence
    (entry,) = entries("access:permission:refuse")
    assert (entry.actor, entry.object) == (auditor.actor, "case:7")
    assert entry.details == {"permission": "casework:search:run", "purpose": "identify-the-dead"}
    assert entry.index is not None


def test_a_refusal_stays_when_its_transaction_is_rolled_back(instance: Instance) -> None:
    auditor = colleague("Iryna", Role.AUDITOR)
    with pytest.raises(Refused), transaction.atomic():
        services.require(auditor, Permission.SEARCH_RUN)
    services.grant_role(auditor, Role.BOARD_MEMBER, "operator:1")
    assert len(entries("access:permission:refuse")) == 1


def test_roles_hold_inside_their_agency_alone(instance: Instance) -> None:
    who = colleague("Olena", Role.MORTUARY_EXAMINER)
    other = services.found_agency("Another agency", "operator:1")
    assert services.allows(who, Permission.SEARCH_RUN)
    assert not services.allows(who, Permission.SEARCH_RUN, agency=other)
    services.grant_role(who, Role.TRACING_OFFICER, "operator:1", agency=other)
    assert services.allows(who, Permission.SEARCH_RUN, agency=other)


def test_a_revoked_role_is_gone_at_once_and_can_be_given_again(instance: Instance) -> None:
    who = colleague("Olena", Role.MORTUARY_EXAMINER)
    services.grant_role(who, Role.MORTUARY_EXAMINER, "operator:1")
    services.revoke_role(who, Role.MORTUARY_EXAMINER, "operator:1")
    assert not services.allows(who, Permission.SEARCH_RUN)
    with pytest.raises(AccessError, match="does not hold"):
        services.revoke_role(who, Role.MORTUARY_EXAMINER, "operator:1")
    services.grant_role(who, Role.MORTUARY_EXAMINER, "operator:1")
    assert services.allows(who, Permission.SEARCH_RUN)
    assert len([entry for entry in entries("access:role:grant") if entry.object == who.actor]) == 2
    assert len(entries("access:role:revoke")) == 1


def test_the_last_administrator_stays_until_there_is_another(instance: Instance) -> None:
    founder = services.operator()
    with pytest.raises(AccessError, match="last administrator"):
        services.revoke_role(founder, Role.ADMINISTRATOR, founder.actor)
    with pytest.raises(AccessError, match="last administrator"):
        services.close_operator(founder, founder.actor)
    assert services.operator() == founder
    colleague("Olena", Role.ADMINISTRATOR)
    services.revoke_role(founder, Role.ADMINISTRATOR, founder.actor)


def test_a_closed_account_does_nothing(instance: Instance) -> None:
    who = colleague("Olena", Role.MORTUARY_EXAMINER)
    services.close_operator(who, "operator:1")
    assert not services.allows(who, Permission.SEARCH_RUN)
    with pytest.raises(AccessError, match="closed"):
        services.operator("Olena")


def test_operators_are_found_by_account_or_by_name(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    assert services.operator("tester") == services.operator()
    olena = colleague("Olena")
    assert services.operator("Olena") == olena
    with pytest.raises(AccessError, match="knows no operator"):
        services.operator("Nobody")
    Operator.objects.filter(pk=olena.pk).update(os_uid=os.getuid() + 1)
    with pytest.raises(AccessError, match="another account"):
        services.operator("Olena")
    monkeypatch.setattr(os, "getuid", lambda: -5)
    with pytest.raises(AccessError, match="--as NAME"):
        services.operator()


def test_whoever_is_not_let_act_is_entered_with_their_account(instance: Instance) -> None:
    uid = os.getuid()
    closed, foreign = colleague("Olena"), colleague("Iryna")
    services.close_operator(closed, "operator:1")
    Operator.objects.filter(pk=foreign.pk).update(os_uid=uid + 1)
    for name in ("Nobody", "Olena", "Iryna"):
        with pytest.raises(AccessError, match="in the ledger"):
            services.operator(name)
    said = [(entry.actor, entry.object) for entry in entries("access:operator:refuse")]
    assert said == [(f"account:{uid}", thing) for thing in ("instance:self", closed.actor, foreign.actor)]
    assert "Nobody" not in "".join(entry.payload or "" for entry in entries("access:operator:refuse"))
    Operator.objects.update(os_uid=None)
    with pytest.raises(AccessError, match="in the ledger"):
        services.operator()
    assert len(entries("access:operator:refuse")) == 4


def test_an_agency_keeps_an_administrator_of_its_own(instance: Instance) -> None:
    founder, olena, iryna = services.operator(), colleague("Olena"), colleague("Iryna")
    other = services.found_agency("Another agency", "operator:1")
    services.grant_role(olena, Role.ADMINISTRATOR, "operator:1", agency=other)
    with pytest.raises(AccessError, match="last administrator"):
        services.revoke_role(founder, Role.ADMINISTRATOR, founder.actor)
    services.grant_role(iryna, Role.ADMINISTRATOR, "operator:1")
    services.revoke_role(founder, Role.ADMINISTRATOR, founder.actor)


def test_a_closed_account_is_given_no_role(instance: Instance) -> None:
    who = colleague("Olena")
    services.close_operator(who, "operator:1")
    with pytest.raises(AccessError, match="closed before"):
        services.close_operator(who, "operator:1")
    with pytest.raises(AccessError, match="closed"):
        services.grant_role(who, Role.AUDITOR, "operator:1")


def test_names_and_accounts_are_taken_once(instance: Instance) -> None:
    agency = Agency.objects.get()
    with pytest.raises(AccessError):
        services.add_operator("tester", agency, "operator:1")
    with pytest.raises(AccessError):
        services.add_operator("second", agency, "operator:1", os_uid=os.getuid())
    with pytest.raises(AccessError):
        services.found_agency(agency.name, "operator:1")


def test_a_new_instance_has_a_mandate_for_each_purpose_for_a_year(instance: Instance) -> None:
    agency = Agency.objects.get()
    for purpose in Purpose:
        mandate = services.mandate_in_force(agency, purpose, actor="operator:1")
        assert mandate.valid_until == services.year_after(mandate.valid_from)
        assert mandate.legal_basis


@pytest.mark.parametrize(
    ("days", "kind", "why"),
    [
        (-1, "deceased", "begins on"),
        (0, "deceased", None),
        (365, "body-part", None),
        (366, "deceased", "ended on"),
        (1, "unable-to-state-identity", "does not cover"),
        (1, "suspect", "does not cover"),
    ],
)
def test_a_mandate_holds_within_its_dates_and_kinds(instance: Instance, days: int, kind: str, why: str | None) -> None:
    agency = Agency.objects.get()
    Mandate.objects.update(valid_from=date(2026, 3, 1), valid_until=date(2027, 3, 1))
    today = date(2026, 3, 1) + timedelta(days=days)
    if why is None:
        services.mandate_in_force(agency, Purpose.IDENTIFY_THE_DEAD, today, actor="operator:1", subject_kind=kind)
        assert entries("access:mandate:refuse") == []
        return
    with pytest.raises(Refused, match=why):
        services.mandate_in_force(
            agency, Purpose.IDENTIFY_THE_DEAD, today, actor="operator:1", subject_kind=kind, object="case:7"
        )
    (entry,) = entries("access:mandate:refuse")
    assert entry.object == "case:7"


def test_a_revoked_mandate_is_none_and_another_may_serve(instance: Instance) -> None:
    agency = Agency.objects.get()
    first = services.mandate_in_force(agency, Purpose.IDENTIFY_THE_DEAD, actor="operator:1")
    services.revoke_mandate(first, "operator:1", "the law changed")
    with pytest.raises(Refused, match="revoked"):
        services.mandate_in_force(agency, Purpose.IDENTIFY_THE_DEAD, actor="operator:1")
    with pytest.raises(AccessError):
        services.revoke_mandate(first, "operator:1", "again")
    last_day = first.valid_from + timedelta(days=10)
    second = services.issue_mandate(agency, Purpose.IDENTIFY_THE_DEAD, "Act 5", last_day, "operator:1")
    assert services.mandate_in_force(agency, Purpose.IDENTIFY_THE_DEAD, actor="operator:1") == second


@pytest.mark.parametrize(
    "fault",
    [
        {"legal_basis": "  "},
        {"subject_kinds": ["suspect"]},
        {"subject_kinds": []},
        {"valid_until": date(2000, 1, 1)},
    ],
)
def test_a_mandate_needs_a_basis_an_end_and_kinds_of_its_purpose(instance: Instance, fault: dict[str, object]) -> None:
    asked: dict[str, object] = {"legal_basis": "Act 5", "valid_until": date(2099, 1, 1), **fault}
    before = Mandate.objects.count()
    with pytest.raises(AccessError):
        services.issue_mandate(
            Agency.objects.get(),
            Purpose.IDENTIFY_THE_DEAD,
            actor="operator:1",
            **asked,  # type: ignore[arg-type]
        )
    assert Mandate.objects.count() == before


def test_there_is_no_purpose_besides_the_two() -> None:
    assert [purpose.value for purpose in Purpose] == [
        "identify-the-dead",
        "identify-person-unable-to-state-identity",
    ]
    assert set(rules.SUBJECT_KINDS) == set(Purpose)


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2090, 1, 1)))
def test_a_year_after_is_the_same_day_or_the_last_of_february(day: date) -> None:
    after = services.year_after(day)
    assert after.year == day.year + 1
    assert (after.month, after.day) == (day.month, min(day.day, 28) if day.month == 2 else day.day)
