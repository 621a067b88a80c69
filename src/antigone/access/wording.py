"""What each permission lets somebody do, and what each role is for, in words for people."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from antigone.access.permissions import Permission
from antigone.access.rules import Role

_P = Permission

PERMISSIONS: dict[Permission, Promise] = {
    _P.AGREEMENT_MANAGE: _("propose, accept and end agreements with other agencies"),
    _P.AGREEMENT_READ: _("read agreements with other agencies"),
    _P.MANDATE_MANAGE: _("issue and revoke mandates"),
    _P.OPERATOR_MANAGE: _("look after the people of the agency"),
    _P.TOKEN_MANAGE: _("issue and revoke tokens for programs"),
    _P.CALIBRATION_MANAGE: _("put calibrations in force"),
    _P.CASE_OPEN: _("open cases"),
    _P.CASE_READ: _("read cases"),
    _P.DECISION_VOTE: _("put a question before the board, and vote on it"),
    _P.EVIDENCE_RECORD: _("record evidence for the board, each on its own line"),
    _P.EXAMINATION_DO: _("examine a face beside a portrait, blind"),
    _P.EXHIBIT_MAKE: _("give pictures of the dead to a named professional, as a sealed exhibit"),
    _P.INCIDENT_DECLARE: _("declare that an incident is under way, and that it is over"),
    _P.POSTERIOR_READ: _("read what the evidence comes to for a case"),
    _P.PRACTICE_DO: _("practise examining, on people who never lived"),
    _P.PRACTICE_REPORT: _("read how long candidates take in practice, without names"),
    _P.QUORUM_SET: _("say how many votes make a board"),
    _P.SAMPLING_ORDER: _("order samples for prints, teeth or DNA"),
    _P.SEARCH_RUN: _("search under a mandate"),
    _P.TRIAGE_DO: _("sort candidates for examination, blind"),
    _P.GALLERY_REBUILD: _("rebuild galleries"),
    _P.BACKUP_MAKE: _("make backups"),
    _P.BACKUP_RESTORE: _("restore backups"),
    _P.SCHEMA_UPGRADE: _("upgrade the instance, and run its work"),
    _P.ENQUIRY_FILE: _("file enquiries for families"),
    _P.ENQUIRY_READ: _("read enquiries"),
    _P.LEDGER_READ: _("read the ledger"),
    _P.LEDGER_VERIFY: _("verify the ledger"),
    _P.HOLDING_OPEN: _("open and approve holdings"),
    _P.HOLDING_READ: _("see which holdings there are"),
    _P.PERSON_ERASE: _("erase the records of missing persons"),
    _P.PERSON_MERGE: _("merge the records of missing persons"),
    _P.PERSON_READ: _("read the records of missing persons"),
    _P.PERSON_RECORD: _("record missing persons"),
    _P.PORTRAIT_ADD: _("add portraits"),
    _P.PORTRAIT_ERASE: _("erase portraits"),
    _P.PORTRAIT_LOOK: _("look at portraits"),
    _P.REPORT_CLOSE: _("close the reports of missing persons, and open them again"),
    _P.RETENTION_REVIEW: _("review whether records are still needed"),
    _P.ASSOCIATION_DECIDE: _("decide which remains are of one body"),
    _P.ATTESTATION_RECORD: _("record attestations"),
    _P.CLAIM_READ: _("read who is said to have recognised whom"),
    _P.CLAIM_RECORD: _("record who is said to have recognised whom"),
    _P.CUSTODY_RECORD: _("record who has custody of remains"),
    _P.INSCRIPTION_READ: _("read names and numbers on papers and discs that the dead carried"),
    _P.OPEN_SOURCE_APPROVE: _("approve public items for a case"),
    _P.OPEN_SOURCE_PROPOSE: _("propose public items for a case"),
    _P.PHOTOGRAPH_ADD: _("add photographs of the dead"),
    _P.PHOTOGRAPH_ERASE: _("erase photographs of the dead"),
    _P.PHOTOGRAPH_LOOK: _("look at photographs of the dead"),
    _P.RELEASE_SIGN: _("sign the release of remains"),
    _P.SAMPLE_REVIEW: _("review a random sample of photographs"),
    _P.SITE_RECORD: _("record sites and recoveries"),
    _P.SUBJECT_READ: _("read the records of remains"),
    _P.SUBJECT_RECORD: _("record remains"),
    _P.KEYS_MANAGE: _("lock and escrow the instance key"),
}

ROLES: dict[Role, Promise] = {
    Role.ADMINISTRATOR: _("Looks after people, mandates, agreements and the machine. Opens no record and no face."),
    Role.AUDITOR: _("Reads the ledger and every refusal, and verifies it. Opens no record and no face."),
    Role.BOARD_MEMBER: _("Decides who somebody is, on all the evidence, and which calibrations are in force."),
    Role.BUREAU_CLERK: _("Records the missing at the counter, takes portraits in, opens holdings."),
    Role.DATA_PROTECTION_REVIEWER: _("Reviews what is kept, erases, and looks at a random sample of photographs."),
    Role.FIELD_RECORDER: _("Records recoveries, remains and photographs where they are found."),
    Role.LIAISON_OFFICER: _("Speaks with families and other agencies; reads records, and sees no face."),
    Role.MORTUARY_EXAMINER: _("Examines and photographs remains, searches, and signs releases. Sees no name."),
    Role.TRACING_OFFICER: _("Traces the missing: their records, portraits and relatives, and searches."),
}
