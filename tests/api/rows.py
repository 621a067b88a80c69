"""The table: every operation, what it needs, how it is asked, what the right token is answered.

A path names records of `World.ids`; with another agency's token the same address is answered 404, or, for lists and
what makes something new, as `foreign` says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from antigone.access.permissions import Permission as P  # noqa: N817 (a table is read better with one letter)
from tests.api.calling import picture
from tests.api.pictures import jpeg

PORTRAIT = jpeg(21)
STATEMENT = {"value": "female", "basis": "statute", "how": "estimated"}


@dataclass(frozen=True)
class Row:
    operation: str
    path: str
    needs: P | None = None
    body: Any = None
    form: Callable[[], dict[str, Any]] | None = None
    status: int = 200
    foreign: int = 404
    headers: tuple[tuple[str, str], ...] = ()


def _photograph() -> dict[str, Any]:
    return {"shot": "F1", "picture": picture(jpeg(11))}


def _portrait() -> dict[str, Any]:
    # The picture that is there already: it is found again without reading a face.
    return {"basis": "family-consent", "given_by": "the mother", "picture": picture(PORTRAIT)}


def _item() -> dict[str, Any]:
    return {
        "address": "page.example/1",
        "seen_at": "2026-05-03T10:00:00Z",
        "how_found": "a colleague saw it",
        "necessity": "nothing else is known of them",
        "bystanders_cropped": "yes",
        "picture": picture(jpeg(12)),
    }


ANY = (("If-Match", "*"),)

ROWS = (
    Row("agency", "agency", foreign=200),
    Row("list_agreements", "agreements", P.AGREEMENT_READ, foreign=200),
    Row("fields", "fields?side=ante-mortem", foreign=200),
    Row("job", "jobs/{job}"),
    Row("ledger_checkpoint", "ledger/checkpoint", P.LEDGER_VERIFY, foreign=200),
    Row("ledger_verify", "ledger/verify", P.LEDGER_VERIFY, {}, foreign=200),
    Row("list_enquiries", "enquiries", P.ENQUIRY_READ, foreign=200),
    Row("enquiry", "enquiries/{enquiry}", P.ENQUIRY_READ),
    Row("set_enquiry_stage", "enquiries/{enquiry}/stage", P.ENQUIRY_FILE, {"stage": "looked-at"}, status=204),
    Row("list_holdings", "holdings", P.HOLDING_READ, foreign=200),
    Row("open_holding", "holdings", P.HOLDING_OPEN, {"name": "Of the table"}, status=201, foreign=201),
    Row("list_persons", "persons", P.PERSON_READ, foreign=200),
    Row(
        "record_person",
        "holdings/{holding}/persons",
        P.PERSON_RECORD,
        {"ref": "{fresh}", "statements": [{"key": "sex", "value": "male", "basis": "family-choice"}]},
        status=201,
    ),
    Row("person", "persons/{person}", P.PERSON_READ),
    Row("person_duplicates", "persons/{person}/duplicates", P.PERSON_READ),
    Row("close_report", "persons/{other_person}/report/close", P.REPORT_CLOSE, {"state": "found"}),
    Row("reopen_report", "persons/{other_person}/report/reopen", P.REPORT_CLOSE, status=204),
    Row("person_statements", "persons/{person}/statements", P.PERSON_READ),
    Row("person_history", "persons/{person}/statements/sex", P.PERSON_READ),
    Row("state_of_person", "persons/{person}/statements/sex", P.PERSON_RECORD, STATEMENT, headers=ANY),
    Row(
        "withdraw_of_person",
        "persons/{person}/statements/birth.words/withdraw",
        P.PERSON_RECORD,
        {"statement": "{person_statement}", "reason": "misheard"},
        status=204,
    ),
    Row("list_relatives", "persons/{person}/relatives", P.PERSON_RECORD),
    Row(
        "record_relative",
        "persons/{person}/relatives",
        P.PERSON_RECORD,
        {"names": ["Olha"], "relation": "mother", "contacts": [{"channel": "phone", "value": "1"}]},
        status=201,
    ),
    Row(
        "record_consent",
        "relatives/{relative}/consents",
        P.PERSON_RECORD,
        {"wording": "consent-2", "given_on": "2026-05-03", "given_how": "signed"},
        status=201,
    ),
    Row("withdraw_consent", "relatives/{relative}/consents/withdraw", P.PERSON_RECORD, {"reason": "by telephone"}),
    Row("register_facts", "persons/{person}/register-facts", P.PERSON_READ),
    Row(
        "record_register_fact",
        "persons/{person}/register-facts",
        P.PERSON_RECORD,
        {"kind": "register-entry", "authority": "the ministry", "number": "12-A", "dated": "2026-05"},
        status=201,
    ),
    Row("end_register_fact", "register-facts/{fact}/end", P.PERSON_RECORD, {"reason": "misread"}, status=204),
    Row("add_portrait", "persons/{person}/portraits", P.PORTRAIT_ADD, form=_portrait, status=201),
    Row("portrait", "portraits/{portrait}", P.PERSON_READ),
    Row("describe_portrait", "portraits/{portrait}", P.PERSON_RECORD, {"shows": "a wedding"}),
    Row("look_at_portrait", "portraits/{portrait}/look", P.PORTRAIT_LOOK),
    Row("take_up_enquiry", "enquiries/{enquiry}/take-up", P.PERSON_RECORD, {"holding": "{holding}"}, status=201),
    Row("find_persons", "persons/find?text=kovalenko", P.PERSON_READ, foreign=200),
    Row("find_subjects", "subjects/find?text=nothing", P.SUBJECT_READ, foreign=200),
    Row("subject_duplicates", "subjects/{subject}/duplicates", P.SUBJECT_READ),
    Row("list_cases", "cases", P.CASE_READ, foreign=200),
    Row("case", "cases/{case}", P.CASE_READ),
    Row("case_story", "cases/{case}/story", P.CASE_READ),
    Row(
        "record_subject",
        "subjects",
        P.SUBJECT_RECORD,
        {"code": "{fresh}", "kind": "deceased", "place": "a field"},
        status=201,
        foreign=201,
    ),
    Row("open_case", "cases", P.CASE_OPEN, {"code": "{fresh}", "kind": "body-part"}, status=201, foreign=201),
    Row("open_case_about", "subjects/{caseless}/cases", P.CASE_OPEN, status=201),
    Row("list_searches", "cases/{case}/searches", P.CASE_READ),
    Row("run_search", "cases/{case}/searches", P.SEARCH_RUN, {}, status=202),
    Row("look_at_search", "searches/{search}/look", P.SEARCH_RUN),
    Row("prepared_photographs", "cases/{case}/photographs", P.SEARCH_RUN),
    Row("find_faces", "cases/{case}/faces", P.SEARCH_RUN, status=202),
    Row("choose_face", "cases/{case}/photographs/{photograph}/face", P.SEARCH_RUN, {"number": 1}, headers=ANY),
    Row(
        "judge_suitability",
        "cases/{case}/photographs/{photograph}/suitability",
        P.SEARCH_RUN,
        {"hindrance": "light"},
        headers=ANY,
    ),
    Row("standing_searches", "cases/{case}/standing", P.SEARCH_RUN),
    Row("look_at_standing_run", "standing-runs/{run}/look", P.SEARCH_RUN),
    Row("list_bulk_searches", "sites/{incident_site}/bulk-searches", P.SEARCH_RUN),
    Row("run_bulk_search", "sites/{incident_site}/bulk-searches", P.SEARCH_RUN, {}, status=202),
    Row("bulk_search", "bulk-searches/{bulk}", P.SEARCH_RUN),
    Row("bulk_search_cases", "bulk-searches/{bulk}/cases", P.SEARCH_RUN),
    Row("overview", "overview", P.CASE_READ, foreign=200),
    Row("waiting_cases", "overview/cases?stage=search", P.CASE_READ, foreign=200),
    Row("look_at_evidence", "cases/{decided}/evidence/look", P.POSTERIOR_READ),
    Row("list_decisions", "decisions", P.POSTERIOR_READ, foreign=200),
    Row("look_at_decision", "decisions/{serial}/look", P.POSTERIOR_READ),
    Row("list_reports", "reports", foreign=200),
    Row("look_at_report", "reports/{report}/look"),
    Row("samples_to_take", "sampling-orders", P.SUBJECT_RECORD, foreign=200),
    Row("sampling_orders", "subjects/{subject}/sampling-orders", P.SUBJECT_READ),
    Row("close_case", "cases/{closing}/close", P.CASE_OPEN, {"reason": "done"}, status=204),
    Row("list_subjects", "subjects", P.SUBJECT_READ, foreign=200),
    Row("subject", "subjects/{subject}", P.SUBJECT_READ),
    Row("next_code", "codes", P.SUBJECT_RECORD, {"place": "TABLE", "team": "B"}, status=201, foreign=201),
    Row("add_alias", "subjects/{subject}/aliases", P.SUBJECT_RECORD, {"agency": "Other", "code": "X-1"}, status=201),
    Row("place_subject", "subjects/{subject}/place", P.SUBJECT_RECORD, {"site": "{site}"}, status=204),
    Row("subject_statements", "subjects/{subject}/statements", P.SUBJECT_READ),
    Row("subject_history", "subjects/{subject}/statements/sex", P.SUBJECT_READ),
    Row("state_of_subject", "subjects/{subject}/statements/sex", P.SUBJECT_RECORD, STATEMENT, headers=ANY),
    Row(
        "withdraw_of_subject",
        "subjects/{subject}/statements/condition.words/withdraw",
        P.SUBJECT_RECORD,
        {"statement": "{subject_statement}", "reason": "measured wrongly"},
        status=204,
    ),
    Row("add_photograph", "subjects/{subject}/photographs", P.PHOTOGRAPH_ADD, form=_photograph, status=201),
    Row("photograph", "photographs/{photograph}", P.SUBJECT_READ),
    Row("describe_photograph", "photographs/{photograph}", P.PHOTOGRAPH_ADD, {"shot": "F1", "note": "in shade"}),
    Row("look_at_photograph", "photographs/{photograph}/look", P.PHOTOGRAPH_LOOK),
    Row("photograph_coach", "subjects/{subject}/photographs/wanted", P.SUBJECT_READ),
    Row("chains_of_custody", "subjects/{subject}/custody", P.SUBJECT_READ),
    Row(
        "hand_over",
        "subjects/{subject}/custody",
        P.CUSTODY_RECORD,
        {
            "from_holder": "team A",
            "to_holder": "mortuary",
            "place": "the mortuary",
            "reason": "examination",
            "at": "2026-05-02T10:00:00Z",
            "handed_by": "a driver",
            "received_by": "a keeper",
        },
        status=201,
    ),
    Row("list_samples", "subjects/{subject}/samples", P.SUBJECT_READ),
    Row(
        "add_sample",
        "subjects/{subject}/samples",
        P.SUBJECT_RECORD,
        {"reference": "{fresh}", "kind": "bone", "identifier": "dna", "taken_by": "F", "kept_at": "a freezer"},
        status=201,
    ),
    Row("answer_sample", "samples/{sample}/answer", P.SUBJECT_RECORD, {"result": "a profile was made"}, status=201),
    Row("associations", "subjects/{subject}/associations", P.SUBJECT_READ),
    Row("recognition_claims", "subjects/{subject}/claims", P.CLAIM_READ),
    Row(
        "add_recognition_claim",
        "subjects/{subject}/claims",
        P.CLAIM_RECORD,
        {"claimant": "A", "named": "B", "shown": "effects", "said_on": "2026-05-03", "heard_by": "C"},
        status=201,
    ),
    Row("found_documents", "subjects/{subject}/documents", P.SUBJECT_READ),
    Row(
        "add_found_document",
        "subjects/{subject}/documents",
        P.SUBJECT_RECORD,
        {"kind": "letter", "where_on_body": "breast pocket", "found_by": "D"},
        status=201,
    ),
    Row("look_at_found_document", "documents/{document}/look", P.PHOTOGRAPH_LOOK),
    Row("open_source_items", "subjects/{subject}/open-source", P.OPEN_SOURCE_PROPOSE),
    Row("propose_open_source_item", "subjects/{subject}/open-source", P.OPEN_SOURCE_PROPOSE, form=_item, status=201),
    Row("list_sites", "sites", P.SUBJECT_READ, foreign=200),
    Row("add_site", "sites", P.SITE_RECORD, {"name": "Of the table", "kind": "ruin"}, status=201, foreign=201),
    Row("site", "sites/{site}", P.SUBJECT_READ),
    Row("recoveries", "sites/{site}/recoveries", P.SUBJECT_READ),
    Row(
        "add_recovery",
        "sites/{site}/recoveries",
        P.SITE_RECORD,
        {"began_on": "2026-05-04", "team": "B", "leader": "E"},
        status=201,
    ),
)
