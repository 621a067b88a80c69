"""An agency's list of closed cases: which subject proved to be which person, by which primary identifier."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from antigone.access.models import Agency
from antigone.casework.errors import ClosedCasesFault
from antigone.casework.models import Case
from antigone.missing import queries
from antigone.missing.errors import NoSuchRecord
from antigone.missing.models import Person, ReportState
from antigone.missing.records import text_fault
from antigone.remains.models import SubjectKind

COLUMNS = ("case", "person_ref", "identified_by", "report")
PRIMARY = ("dna", "prints", "dental")
MOST_ROWS = 100_000


@dataclass(frozen=True)
class Row:
    """A line of the list; `holding` is empty where the reference suffices."""

    line: int
    case: str
    person_ref: str
    identified_by: str
    report: str
    holding: str = ""


@dataclass(frozen=True)
class ClosedCase:
    """A case whose subject proved to be this person."""

    case: Case
    person: Person
    identified_by: str


def read_list(text: str) -> list[Row]:
    """The lines of a list (CSV with a header); raises ClosedCasesFault, which names the line."""
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        # The line is where a row ends in the file: blank lines count, and so do those within quotes.
        given = [(reader.line_num, fields) for fields in reader if fields]
    except csv.Error:
        raise ClosedCasesFault("The list of closed cases is not CSV. Nothing was compared.") from None
    header = [name.strip().lower() for name in given[0][1]] if given else []
    lacking = [name for name in COLUMNS if name not in header]
    if lacking:
        raise ClosedCasesFault(
            f"The list of closed cases has no column {', '.join(lacking)}; its header is {','.join(COLUMNS)} "
            "(and holding, where several have a person of one reference). Nothing was compared."
        )
    twice = [name for name in (*COLUMNS, "holding") if header.count(name) > 1]
    if twice:
        raise ClosedCasesFault(f"The list of closed cases has two columns {twice[0]}. Nothing was compared.")
    if len(given) - 1 > MOST_ROWS:
        raise ClosedCasesFault(f"The list has more than {MOST_ROWS:,} lines. Nothing was compared.")
    rows = [_row(dict(zip(header, fields, strict=False)), line) for line, fields in given[1:]]
    seen: dict[str, int] = {}
    for row in rows:
        first = seen.setdefault(row.case.casefold(), row.line)
        if first != row.line:
            raise fault(row.line, f"names the case of line {first} again")
    return rows


def _row(fields: dict[str, str], line: int) -> Row:
    cells = {name: fields.get(name, "").strip() for name in (*COLUMNS, "holding")}
    for name, cell in cells.items():
        if not cell and name != "holding":
            raise fault(line, f"has no {name}")
        wrong = text_fault(cell, 400)
        if wrong:
            raise fault(line, f"has a {name} that {wrong}")
    method = cells["identified_by"].lower()
    if method not in PRIMARY:
        raise fault(
            line,
            f"says “{cells['identified_by']}”, which is no primary identifier: a case counts when it was closed by "
            f"{', '.join(PRIMARY)}",
        )
    return Row(line, **{**cells, "identified_by": method})


def found_in(rows: Sequence[Row], agency: Agency) -> list[ClosedCase]:
    """The cases and persons that the list names; raises ClosedCasesFault for the first line that cannot be used."""
    cases = {case.code.casefold(): case for case in Case.objects.filter(agency=agency).select_related("subject")}
    return [_found(row, cases.get(row.case.casefold()), agency) for row in rows]


def _found(row: Row, case: Case | None, agency: Agency) -> ClosedCase:
    if case is None:
        raise fault(row.line, f"names a case “{row.case}” that is not here")
    if case.subject.kind == SubjectKind.UNABLE:
        raise fault(row.line, "names a case about a living person, which says nothing about the dead")
    if case.closed_at is None:
        raise fault(row.line, f"names a case “{row.case}” that is still open: close it first, with its reason")
    if not case.subject.photographs.exists():
        raise fault(row.line, "names a case without a photograph")
    try:
        person = queries.person_named(agency, row.person_ref, row.holding or None)
    except NoSuchRecord as none:
        raise fault(row.line, f"cannot be used: {str(none).removesuffix(' Nothing was changed.')}", "") from None
    if not person.portraits.exists():
        raise fault(row.line, f"names a person “{row.person_ref}” without a portrait")
    if person.report.state == ReportState.WITHDRAWN:
        raise fault(row.line, f"names a person “{row.person_ref}” whose portraits were withdrawn")
    return ClosedCase(case, person, row.identified_by)


def fault(line: int, what: str, end: str = ".") -> ClosedCasesFault:
    """A line of the list that cannot be used, as a sentence."""
    return ClosedCasesFault(
        f"Line {line} of the list of closed cases {what}{end} Nothing was compared. Mend the line and run it again."
    )
