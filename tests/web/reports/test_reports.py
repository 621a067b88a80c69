"""Pages of reports: asked first, read, taken as a file; an exhibit comes once as the answer to its form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from antigone.access.rules import Role

if TYPE_CHECKING:
    from tests.web.people import Agencies, ClientAs


def test_two_records_are_compared_once_however_often_the_button_is_pressed(
    agencies: Agencies, client_as: ClientAs
) -> None:
    from antigone.casework.models import Report
    from tests.casework.reporting import world

    one, other = world.person(agencies.ours, ref="M-1"), world.person(agencies.ours, "محمد", "علي", ref="M-2")
    client = client_as(Role.TRACING_OFFICER)
    form = client.get(f"/reports/persons/?one={one.pk}&other={other.pk}").content.decode()
    assert 'value="M-1"' in form
    sent = {"one": "M-1", "other": "M-2", "once": "0f0e0d0c-0b0a-4908-8706-050403020100"}
    first = client.post("/reports/persons/", sent)
    second = client.post("/reports/persons/", sent)
    assert first["Location"] == second["Location"]
    assert Report.objects.count() == 1
    page = client.get(first["Location"]).content.decode()
    assert "Коваленко Іван" in page
    assert "محمد" in page
    assert "Contradictions are as likely" in page
    refused = client.post("/reports/persons/", {"one": "M-1", "other": "<script>"})
    assert refused.status_code == 422
    assert "<script>” here" not in refused.content.decode()


def test_whoever_could_examine_is_asked_before_anything_is_shown(agencies: Agencies, client_as: ClientAs) -> None:
    from antigone.casework.knowing import has_seen
    from antigone.casework.reporting import blinding, making
    from tests.casework.reporting import world
    from tests.web.people import client_of

    body, person = world.body(agencies.ours), world.person(agencies.ours, ref="M-SECRET")
    case, maker = world.case_about(body), world.board(agencies.ours)
    blinding.forgo([case], maker)
    report = making.body_person(case.pk, person.pk, maker)
    reader = world.board(agencies.ours, "a reader of the board")
    client = client_of(reader)
    one = f"/reports/{report.pk}/"
    for path, status in (("/reports/", 200), (one, 302), (f"{one}open/", 200), (f"{one}file/", 422)):
        answer = client.get(path)
        assert "M-SECRET" not in answer.content.decode()
        assert answer.status_code == status, path
    assert not has_seen(reader, case.pk)
    asked = client.get(f"/reports/{report.pk}/open/").content.decode()
    assert "cannot examine the case" in asked
    shown = client.post(f"/reports/{report.pk}/open/", follow=True)
    assert "M-SECRET" in shown.content.decode()
    assert has_seen(reader, case.pk)


def test_a_file_and_an_exhibit_are_kept_by_nobody_on_the_way(agencies: Agencies) -> None:
    from antigone.casework.models import Exhibit
    from antigone.casework.reporting import making
    from tests.casework.reporting import world
    from tests.web import found
    from tests.web.people import client_of

    pytest.importorskip("typst")
    one, other = found.body(agencies.ours), found.body(agencies.ours)
    photograph, who = found.photograph(one), world.board(agencies.ours)
    report = making.same_body(one.pk, other.pk, who)
    client = client_of(who)
    taken = client.get(f"/reports/{report.pk}/file/")
    assert taken["Content-Type"] == "application/pdf"
    assert taken["Cache-Control"] == "no-store"
    assert taken.content == client.get(f"/reports/{report.pk}/file/").content
    path = f"/reports/{report.pk}/exhibit/"
    sent = {
        "role": "court", "recipient": "Judge Bondar", "organisation": "District court", "purpose": "Trial 12/34",
        "photographs": [str(photograph.pk)], "understood": "on", "once": "0f0e0d0c-0b0a-4908-8706-050403020101",
    }  # fmt: skip
    assert client.post(path, {**sent, "role": "family"}).status_code == 422
    given = client.post(path, sent)
    assert given["Cache-Control"] == "no-store"
    assert given.content.startswith(b"%PDF")
    # A second click gives nothing out again.
    assert client.post(path, sent)["Location"] == f"/reports/{report.pk}/"
    assert Exhibit.objects.count() == 1
    assert "Judge Bondar" in client.get(f"/reports/{report.pk}/").content.decode()
