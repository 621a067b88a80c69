"""Every permission there is, in one closed list."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """What an operator can be allowed to do.

    Values read `scope:resource:action`: the room that acts, the thing acted upon, the deed. They stand in
    alphabetical order, and no other place writes them out. A new one is granted to a role in `rules.GRANTS`.
    """

    AGREEMENT_MANAGE = "access:agreement:manage"
    AGREEMENT_READ = "access:agreement:read"
    MANDATE_MANAGE = "access:mandate:manage"
    OPERATOR_MANAGE = "access:operator:manage"
    TOKEN_MANAGE = "access:token:manage"  # noqa: S105 (a permission, no secret)
    CALIBRATION_MANAGE = "casework:calibration:manage"
    CASE_OPEN = "casework:case:open"
    CASE_READ = "casework:case:read"
    DECISION_VOTE = "casework:decision:vote"
    EVIDENCE_RECORD = "casework:evidence:record"
    EXAMINATION_DO = "casework:examination:do"
    INCIDENT_DECLARE = "casework:incident:declare"
    POSTERIOR_READ = "casework:posterior:read"
    PRACTICE_DO = "casework:practice:do"
    PRACTICE_REPORT = "casework:practice:report"
    QUORUM_SET = "casework:quorum:set"
    SAMPLING_ORDER = "casework:sampling:order"
    SEARCH_RUN = "casework:search:run"
    TRIAGE_DO = "casework:triage:do"
    GALLERY_REBUILD = "enrolment:gallery:rebuild"
    BACKUP_MAKE = "instance:backup:make"
    BACKUP_RESTORE = "instance:backup:restore"
    SCHEMA_UPGRADE = "instance:schema:upgrade"
    ENQUIRY_FILE = "intake:enquiry:file"
    ENQUIRY_READ = "intake:enquiry:read"
    LEDGER_READ = "ledger:entry:read"
    LEDGER_VERIFY = "ledger:tree:verify"
    HOLDING_OPEN = "missing:holding:open"
    HOLDING_READ = "missing:holding:read"
    PERSON_ERASE = "missing:person:erase"
    PERSON_MERGE = "missing:person:merge"
    PERSON_READ = "missing:person:read"
    PERSON_RECORD = "missing:person:record"
    PORTRAIT_ADD = "missing:portrait:add"
    PORTRAIT_ERASE = "missing:portrait:erase"
    PORTRAIT_LOOK = "missing:portrait:look"
    REPORT_CLOSE = "missing:report:close"
    RETENTION_REVIEW = "missing:retention:review"
    ASSOCIATION_DECIDE = "remains:association:decide"
    ATTESTATION_RECORD = "remains:attestation:record"
    CLAIM_READ = "remains:claim:read"
    CLAIM_RECORD = "remains:claim:record"
    CUSTODY_RECORD = "remains:custody:record"
    INSCRIPTION_READ = "remains:inscription:read"
    OPEN_SOURCE_APPROVE = "remains:open-source:approve"
    OPEN_SOURCE_PROPOSE = "remains:open-source:propose"
    PHOTOGRAPH_ADD = "remains:photograph:add"
    PHOTOGRAPH_ERASE = "remains:photograph:erase"
    PHOTOGRAPH_LOOK = "remains:photograph:look"
    RELEASE_SIGN = "remains:release:sign"
    SAMPLE_REVIEW = "remains:sample:review"
    SITE_RECORD = "remains:site:record"
    SUBJECT_READ = "remains:subject:read"
    SUBJECT_RECORD = "remains:subject:record"
    KEYS_MANAGE = "vault:keys:manage"
