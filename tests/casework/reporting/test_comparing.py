"""What comparison reports say: contradictions first, unknown apart from absent, and nothing of weight in hair."""

from __future__ import annotations

import json
from typing import Any

import pytest

from antigone.access.rules import Role
from antigone.instance import Instance


def sections(content: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    return {each["title"]: each["blocks"] for each in content["sections"]}


def tables(content: dict[str, Any], section: str) -> list[dict[str, Any]]:
    return [block for block in sections(content)[section] if block["block"] == "table"]


IN_SHORT = "What the records come to, contradictions first"


@pytest.fixture
def made(instance: Instance) -> dict[str, Any]:
    from antigone.casework.reporting import making
    from tests.casework.reporting import world
    from tests.web.people import agencies_of

    ours = agencies_of().ours
    one, other = world.person(ours, ref="M-1"), world.person(ours, "محمد", "علي", ref="M-2")
    world.told(one, "religion", "A creed of the tests")
    return {"who": world.board(ours), "one": one, "other": other, "making": making, "agency": ours, "world": world}


def test_two_records_of_the_missing_are_set_side_by_side(made: dict[str, Any]) -> None:
    report = made["making"].same_person(made["one"].pk, made["other"].pk, made["who"])
    content = report.content
    assert report.serial.startswith(f"RP-{made['agency'].pk}-")
    assert tables(content, IN_SHORT)[0]["caption"].endswith("agreements")
    assert "Nothing that could be compared contradicts" in json.dumps(content, ensure_ascii=False)
    said = json.dumps(content, ensure_ascii=False)
    assert "Коваленко Іван" in said
    assert "محمد" in said
    # Asked and not known, looked for and not there, and not stated are three answers.
    assert "asked, and not known" in said
    assert "looked for, and not there" in said
    assert "nothing is stated" in said
    # Whoever told the two records may be one informant.
    assert "Two records may repeat one informant" in said


def test_hair_and_beard_weigh_nothing(made: dict[str, Any]) -> None:
    content = made["making"].same_person(made["one"].pk, made["other"].pk, made["who"]).content
    rows = [row for table in tables(content, "Block by block") for row in table["rows"]]
    hair = next(row for row in rows if row["cells"][0] == "Hair colour")
    assert hair["cells"][3] == "weighs nothing"
    assert hair["tone"] == "plain"


def test_contradictions_stand_first_and_in_the_same_form(made: dict[str, Any]) -> None:
    world = made["world"]
    other = world.missed.person(made["agency"], ref="M-3", sex="female", birth__date="1971")
    content = made["making"].same_person(made["one"].pk, other.pk, made["who"]).content
    first, *_rest = tables(content, IN_SHORT)
    assert first["caption"] == "2 contradictions"
    assert {row["cells"][0] for row in first["rows"]} == {"Sex", "Date of birth"}
    assert {row["tone"] for row in first["rows"]} == {"against"}


def test_twins_are_told_of_since_dna_alone_cannot_part_them(made: dict[str, Any]) -> None:
    from antigone.missing.kinship import record_kinship
    from tests.web import missed

    record_kinship(made["one"], made["other"], "twin", missed.tracer(made["agency"]))
    content = made["making"].same_person(made["one"].pk, made["other"].pk, made["who"]).content
    said = json.dumps(sections(content)["Kin among the missing"])
    assert "DNA alone cannot part identical twins" in said


def test_what_the_maker_may_not_read_is_not_in_the_report(made: dict[str, Any]) -> None:
    from antigone.casework.reporting import reading
    from tests.web.people import somebody

    world = made["world"]
    clerk = somebody(made["agency"], Role.LIAISON_OFFICER)
    content = made["making"].same_person(made["one"].pk, made["other"].pk, clerk).content
    assert "A creed" not in json.dumps(content)
    assert "Not in this report, since whoever made it may not read it: religion" in json.dumps(content)
    whole = made["making"].same_person(made["one"].pk, made["other"].pk, made["who"])
    assert "A creed" in json.dumps(whole.content)
    # A report that says more than somebody may read is not there for them.
    with pytest.raises(reading.NotHere):
        reading.report(whole.pk, clerk)
    assert reading.read(whole.pk, world.board(made["agency"], "somebody else of the board")).whole


def test_two_remains_of_which_both_have_the_left_forearm(made: dict[str, Any]) -> None:
    world, ours = made["world"], made["agency"]
    from tests.web import found
    from tests.web.people import somebody

    one, other = world.body(ours), found.body(ours)
    for each in (one, other):
        world.seen(each, "examined", {"region": "forearm", "side": "left"})
    world.seen(one, "disc", {"inscription": "O. KOVALENKO"})
    # An examiner of faces compares remains; what stands on a disc stays out.
    examiner = somebody(ours, Role.MORTUARY_EXAMINER)
    content = made["making"].same_body(one.pk, other.pk, examiner).content
    first, *_rest = tables(content, IN_SHORT)
    assert first["rows"][0]["cells"][0] == "Region that both have: forearm"
    assert "KOVALENKO" not in json.dumps(content)
    board = made["making"].same_body(one.pk, other.pk, made["who"]).content
    assert "KOVALENKO" in json.dumps(board)


def test_one_record_twice_and_anothers_records_are_refused(made: dict[str, Any]) -> None:
    from antigone.access import services as access
    from antigone.casework.errors import ReportRefused
    from antigone.missing.errors import NotHere
    from tests.web.people import somebody

    with pytest.raises(ReportRefused):
        made["making"].same_person(made["one"].pk, made["one"].pk, made["who"])
    stranger = somebody(access.found_agency("A third agency", "system:tests"), Role.BOARD_MEMBER)
    with pytest.raises(NotHere):
        made["making"].same_person(made["one"].pk, made["other"].pk, stranger)


def test_what_was_recorded_before_two_records_were_made_one_is_in_the_report(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    from antigone.missing import merging
    from tests import factories
    from tests.casework.deciding.board_world import AGAINST, examined

    here = examined(monkeypatch, other="0")
    here.line(AGAINST)
    merging.merge(here.other, here.person, factories.operator(), reason="one man, two enquiries")
    line, face = of_remains(here, here.other)
    assert [(row["cells"][0], row["tone"]) for row in line["rows"]] == [("teeth", "against")]
    found = [row["cells"][1] for row in face["rows"] if row["cells"][0] == "Examiners"]
    assert sorted(found) == ["inconclusive", "support for one person"]


def test_the_ratio_is_that_of_the_person_also_where_another_has_their_reference(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    from antigone.casework.models import NamedCandidate, Search
    from tests.casework.deciding.board_world import examined

    here = examined(monkeypatch)
    search = Search.objects.get()
    for each in search.answer["candidates"]:
        each.update(person_ref=here.person.ref, evidence={"log10_lr": float(each["rank"]), "withheld": []})
    search.save()
    for about in (here.person, here.other):
        rank = NamedCandidate.objects.get(search=search, person=about.pk).rank
        (face,) = of_remains(here, about)
        assert face["rows"][-1]["cells"][1] == f"log10 LR {rank:+.2f}"
    # What examiners found in a search that was recalled stands no more.
    Search.objects.update(recalled_at=search.at)
    (face,) = of_remains(here, here.person)
    assert [row["cells"][0] for row in face["rows"]] == ["Calibrated score of the faces"]


def of_remains(here: Any, about: Any) -> list[dict[str, Any]]:
    """The tables of primary evidence in a report of the remains and this person, which a member of the board made."""
    from antigone.casework.reporting import blinding, making

    who = here.board[0]
    blinding.forgo(blinding.cases_about(here.case.subject_id), who)
    return tables(making.body_person(here.case.pk, about.pk, who).content, "Primary evidence, each on its own line")
