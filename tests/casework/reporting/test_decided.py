"""Reports of decisions about faces that were examined: an identification, and a person set aside on the face alone."""

from __future__ import annotations

from typing import Any

import pytest

from antigone.instance import Instance


def blocks(report: Any, title: str) -> list[dict[str, Any]]:
    (found,) = [each["blocks"] for each in report.content["sections"] if each["title"] == title]
    return list(found)


def facts(report: Any, title: str) -> list[list[str]]:
    return [pair for each in blocks(report, title) if each["block"] == "facts" for pair in each["pairs"]]


def as_file(report: Any, who: Any) -> bytes:
    from antigone.casework.reporting import pdf, reading
    from antigone.web.reports.report import _stamp

    pytest.importorskip("typst")
    read = reading.read(report.pk, who, as_file=True)
    assert read.whole
    return pdf.render(read.content, _stamp(read))


def test_an_identification_says_what_each_examiner_sealed_and_on_which_level_they_agree(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.utils import timezone

    from antigone.casework.reporting import forgetting, making
    from antigone.missing.events import PersonErased
    from antigone.missing.models import Kinship
    from tests.casework.deciding import board_world

    here = board_world.examined(monkeypatch)
    for new in (board_world.DNA, board_world.RING, board_world.TATTOO):
        here.line(new)
    Kinship.objects.create(
        person=here.person, other=here.other, kind="parent", recorded_by="system:tests", recorded_at=timezone.now()
    )
    report = making.of_decision(here.decided(here.propose()).serial, here.board[0])
    face = facts(report, "Findings: the face")
    assert [said.partition(":")[0] for label, said in face if label == "Conclusion"] == ["+1a", "+1a", "+1a"]
    assert [said for label, said in face if label == "Held against the ledger"] == ["unaltered", "unaltered"]
    headings = [each["words"] for each in blocks(report, "Findings: the face") if each["block"] == "heading"]
    assert [each.partition(",")[0] for each in headings] == ["Examiner 1: Ada", "Examiner 2: Bohdan"]
    # Which of the two is the parent is signed.
    (kin,) = [each for each in blocks(report, "Kin among the missing") if each["block"] == "items"]
    assert kin["items"] == ["ref-000: parent of ref-001. (missing too)"]
    assert as_file(report, here.board[0]).startswith(b"%PDF")

    # Who is named in it as kin leaves it when they are erased; the report is made anew without them.
    assert "ref-001" in str(report.content)
    forgetting.follow_erasure(PersonErased(here.other.pk, here.other.ref, "system:tests"))
    report.refresh_from_db()
    assert report.content is None


def test_whom_a_face_alone_set_aside_was_not_decided_to_be_another(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    from antigone.casework.deciding import rivals
    from antigone.casework.reporting import making
    from tests.casework.deciding import board_world

    here = board_world.examined(monkeypatch, ("exclusion", "exclusion"))
    report = making.of_decision(here.decided(here.propose("exclude")).serial, here.board[0])
    assert report.content["title"] == "Exclusion report: set aside on the face alone"
    decided = dict(facts(report, "Decision, votes and dissent"))
    assert "Decided" not in decided
    assert decided["Ground"] == "the face alone: set aside, reversibly"
    table = next(each for each in blocks(report, "Findings: the face") if each["block"] == "table")
    assert [each["tone"] for each in table["rows"]] == ["against"]
    assert as_file(report, here.board[0]).startswith(b"%PDF")

    # What else supports them is to be read before anybody else is identified.
    here.line(board_world.RING)
    assert [each.number for each in rivals.rivals_of(here.case, here.other.pk)] == [here.person.pk]


def test_an_exclusion_by_a_laboratory_says_that_examiners_found_otherwise(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    from antigone.casework.models import Comparison
    from antigone.casework.reporting import making
    from tests.casework.deciding import board_world

    here = board_world.examined(monkeypatch)
    here.line(board_world.AGAINST)
    key = Comparison.objects.get(person=here.person.pk).pk
    report = making.of_decision(here.decided(here.propose("exclude", read=[f"face:{key}"])).serial, here.board[0])
    (read,) = [each for each in blocks(report, "Decision, votes and dissent") if each["block"] == "items"]
    assert read["items"] == ["what examiners found of the face contradicts"]
