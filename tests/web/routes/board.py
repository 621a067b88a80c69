"""Rows of the board and of the overview."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from antigone.access.models import Agency
from antigone.access.permissions import Permission
from antigone.casework.deciding import evidence
from tests.web import boardfile as board
from tests.web import casefile
from tests.web.table import Route


def _searched(agency: Agency) -> Mapping[str, Any]:
    return {"pk": board.searched(agency).case_id}


def _unseen(agency: Agency) -> Mapping[str, Any]:
    return {"pk": casefile.search(casefile.case(agency, photographs=1)).case_id}


def _case(agency: Agency) -> Mapping[str, Any]:
    return {"pk": board.case(agency).pk}


def _file(agency: Agency) -> Mapping[str, Any]:
    of, about = board.case(agency), board.person(agency)
    board.line(of, about)
    return board.numbers(of, about)


def _line(agency: Agency) -> Mapping[str, Any]:
    return {"pk": board.line(board.case(agency), board.person(agency)).pk}


def _proposal(agency: Agency) -> Mapping[str, Any]:
    return {"pk": board.proposal(agency).pk}


def _decision(agency: Agency) -> Mapping[str, Any]:
    return {"serial": board.decision(agency).serial}


def _marked(agency: Agency) -> Mapping[str, Any]:
    made = board.decision(agency)
    assert made.person is not None
    evidence.record_line(made.case_id, made.person, board.AGAINST, board.recorder(agency))
    return {"serial": made.serial}


def _ref(_agency: Agency, _made: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"ref": "nobody"}


NEW_LINE = {"kind": "effects", "finding": "supports", "words": "A ring.", "origin": "the wife"}
QUESTION = {"kind": "identify", "reasons": "All that is in the file."}
READ, VOTE, RECORD = Permission.POSTERIOR_READ, Permission.DECISION_VOTE, Permission.EVIDENCE_RECORD

ROUTES = [
    Route(name="web:board:docket", needs=VOTE),
    Route(name="web:board:quorum", needs=Permission.QUORUM_SET),
    Route(
        name="web:board:quorum", needs=Permission.QUORUM_SET, method="post", right=302,
        data={"number": "4", "reason": "more eyes"},
    ),
    Route(name="web:board:overview", needs=Permission.CASE_READ),
    Route(name="web:board:waiting", needs=Permission.CASE_READ, kwargs=lambda _agency: {"stage": "search"}, other=None),
    Route(name="web:board:case", needs=READ, kwargs=_searched),
    Route(name="web:board:case", needs=READ, kwargs=_searched, query="?missing=9&without=20&unreported=x"),
    # Whoever has not said that they forgo examining goes back to the question.
    Route(name="web:board:case", needs=READ, kwargs=_unseen, right=302),
    Route(name="web:board:ask", needs=READ, kwargs=_unseen),
    Route(name="web:board:ask", needs=READ, method="post", kwargs=_unseen, right=302),
    Route(name="web:board:keep", needs=READ, kwargs=_searched),
    Route(name="web:board:keep", needs=READ, method="post", kwargs=_searched, right=422),
    Route(name="web:board:aside", needs=VOTE, kwargs=_case),
    Route(name="web:board:aside", needs=VOTE, method="post", kwargs=_case, data={"reasons": "nothing left"}, right=302),
    Route(name="web:board:named", needs=RECORD, kwargs=_case),
    Route(name="web:board:named", needs=RECORD, method="post", kwargs=_case, data=_ref, right=422),
    Route(name="web:board:file", needs=READ, kwargs=_file),
    Route(name="web:board:line", needs=RECORD, kwargs=_file),
    Route(name="web:board:line", needs=RECORD, method="post", kwargs=_file, data=NEW_LINE, right=302),
    Route(name="web:board:line-withdraw", needs=RECORD, kwargs=_line),
    Route(
        name="web:board:line-withdraw", needs=RECORD, method="post", kwargs=_line, data={"reason": "a slip"}, right=302
    ),
    Route(name="web:board:propose", needs=VOTE, kwargs=_file, query="?kind=exclude"),
    Route(name="web:board:propose", needs=VOTE, method="post", kwargs=_file, data=QUESTION, right=302),
    Route(name="web:board:proposal", needs=VOTE, kwargs=_proposal),
    Route(name="web:board:proposal", needs=VOTE, method="post", kwargs=_proposal, right=422),
    Route(name="web:board:read", needs=VOTE, method="post", kwargs=_proposal, data={"read": "nothing:1"}, right=302),
    Route(name="web:board:proposal-withdraw", needs=VOTE, kwargs=_proposal),
    Route(
        name="web:board:proposal-withdraw", needs=VOTE, method="post", kwargs=_proposal, data={"reason": "too early"},
        right=302,
    ),
    Route(name="web:board:register", needs=READ, query="?q=ID&kind=identify&state=standing&from=2026-01-01&to=x"),
    Route(name="web:board:decision", needs=READ, kwargs=_decision),
    Route(name="web:board:uphold", needs=VOTE, kwargs=_marked),
    Route(
        name="web:board:uphold", needs=VOTE, method="post", kwargs=_marked, data={"reason": "a slip"}, right=302
    ),
    Route(name="web:board:revoke", needs=VOTE, kwargs=_decision),
    Route(
        name="web:board:revoke", needs=VOTE, method="post", kwargs=_decision, data={"reasons": "a profile"}, right=302
    ),
]  # fmt: skip
