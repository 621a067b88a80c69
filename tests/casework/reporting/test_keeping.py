"""Reports as they are kept: numbered, with a digest in the ledger, the same bytes, emptied by an erasure."""

from __future__ import annotations

from typing import Any

import pytest

from antigone.instance import Instance


@pytest.fixture
def report(instance: Instance) -> Any:
    from antigone.casework.reporting import making
    from tests.casework.reporting import world
    from tests.web.people import agencies_of

    ours = agencies_of().ours
    one, other = world.person(ours, ref="M-1"), world.person(ours, "Шевченко", "Тарас", ref="M-2")
    return making.same_person(one.pk, other.pk, world.board(ours))


def who_of(report: Any) -> Any:
    from tests.casework.reporting import world

    return world.board(report.agency)


def test_numbers_have_no_gaps_and_each_making_is_in_the_ledger(report: Any) -> None:
    from antigone.casework.reporting import making
    from antigone.ledger.models import Entry

    again = making.again(report, who_of(report))
    assert again.number == report.number + 1
    entries = Entry.objects.filter(action="casework:report:make").order_by("id")
    assert [each.details["content_sha256"] for each in entries if each.details] == [report.digest, again.digest]


def test_a_number_that_the_ledger_says_was_given_is_not_given_again(report: Any) -> None:
    from antigone.casework.reporting import making
    from antigone.ledger.services import record, recorded

    ahead = report.serial.replace("-0001", "-0007")
    with recorded():
        record(
            making.MADE, actor=report.made_by, object="report:2", serial=ahead, kind="same-person", case=None,
            decision=None, language="en", content_sha256="0" * 64,
        )  # fmt: skip
    again = making.again(report, who_of(report))
    assert (again.pk, again.number) == (2, 8)


def test_two_makings_of_one_day_say_the_same(report: Any) -> None:
    from antigone.casework.reporting import making

    again = making.again(report, who_of(report))
    assert again.digest == report.digest


def test_a_file_is_the_same_bytes_whoever_takes_it_and_whenever(report: Any) -> None:
    from django.utils import translation

    from antigone.casework.reporting import pdf, reading
    from antigone.web.reports.report import _stamp

    pytest.importorskip("typst")
    who = who_of(report)
    first = reading.read(report.pk, who, as_file=True)
    assert first.place.checkpoint.startswith("antigone/ledger/")
    one = pdf.render(first.content, _stamp(first))
    with translation.override("uk"):
        second = reading.read(report.pk, who, as_file=True)
        assert pdf.render(second.content, _stamp(second)) == one
    assert one.startswith(b"%PDF")
    assert first.place == second.place


def test_a_report_that_was_altered_is_found_out(report: Any) -> None:
    from antigone.casework.models import Report
    from antigone.casework.reporting import reading

    content = report.content
    content["title"] = "Another"
    Report.objects.filter(pk=report.pk).update(content=content)
    assert not reading.read(report.pk, who_of(report)).whole


def test_letters_that_no_font_has_are_written_in_latin_ones() -> None:
    from antigone.casework.reporting.pdf import string

    told = string("አበበ")
    assert told.startswith('"⟨')
    assert "abebe" in told
    assert string('Іван "محمد" \\ x\x07') == '"Іван \\"محمد\\" \\\\ x"'


def test_an_erased_person_leaves_the_report_and_its_number_stays(report: Any) -> None:
    from antigone.casework.models import Report
    from antigone.casework.reporting import forgetting, reading
    from antigone.missing.events import PersonErased

    forgetting.follow_erasure(PersonErased(report.person, "M-1", "system:tests"))
    kept = Report.objects.get(pk=report.pk)
    assert kept.content is None
    assert kept.person is None
    assert kept.digest == report.digest
    (line,) = reading.reports(who_of(report)).lines
    assert line.erased
    with pytest.raises(reading.NotHere):
        reading.read(report.pk, who_of(report))


def test_a_list_costs_the_same_for_three_and_for_thirty(report: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from antigone.casework.models import Report
    from antigone.casework.reporting import reading

    def more(first: int, count: int) -> None:
        for number in range(first, first + count):
            Report.objects.create(
                agency=report.agency, kind=report.kind, year=report.year, number=number, serial=f"T-{number}",
                language="en", content=report.content, digest=report.digest, made_by=report.made_by,
                made_at=report.made_at,
            )  # fmt: skip

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            reading.reports(who_of(report))
        return len(asked)

    more(2, 2)
    few = cost()
    more(4, 27)
    assert cost() == few
