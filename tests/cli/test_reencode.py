"""Changing the recogniser through the real commands: what each says before, during and after `antigone reencode`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from antigone.cli.main import main
from antigone.demo import people
from antigone.enrolment import projection
from antigone.enrolment.models import Contract
from antigone.faces.pipelines import JOINED, ROBUST
from antigone.instance import Instance
from antigone.missing.models import Portrait

Run = Callable[..., Result]
PERSONS = ("M-0001", "M-0002", "M-0003")


def plain(result: Result) -> str:
    return " ".join(result.output.split())


def use(instance: Instance, name: str) -> None:
    instance.settings_file.write_text(f'[faces]\nrecogniser = "{name}"\n')


@pytest.fixture
def run(instance: Instance) -> Iterator[Run]:
    """Call the command in the test's instance."""

    def call(*arguments: str | Path) -> Result:
        return CliRunner().invoke(main, ["-i", str(instance.root), *map(str, arguments)])

    yield call
    projection.close_all()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with a portrait each of a few persons of the cohort."""
    if not (people.COHORT / "portraits").is_dir():
        pytest.skip("THE SYNTHETIC COHORT IS NOT HERE, so this test proves nothing")
    folder = tmp_path / "in"
    for ref in PERSONS:
        (folder / ref).mkdir(parents=True)
        (folder / ref / "1.jpg").write_bytes((people.COHORT / "portraits" / ref / "1.jpg").read_bytes())
    return folder


@pytest.fixture
def moved(run: Run, instance: Instance, models: Path, source: Path) -> Run:
    """An instance that was enrolled under SFace alone, and whose antigone.toml says nothing of it any more."""
    use(instance, "sface-2021dec")
    assert run("enrol", source, "--holding", "tests", "--basis", "family-consent").exit_code == 0
    assert run("case", "open", "LIMEN-A-001", "--subject", "deceased").exit_code == 0
    instance.settings_file.write_text("")
    return run


def test_an_instance_is_told_of_the_change_and_moved(moved: Run, source: Path) -> None:
    photo = source / PERSONS[0] / "1.jpg"
    before = json.loads(moved("search", photo, "--case", "LIMEN-A-001", "--json").stdout)
    assert (before["searched"], before["without_portrait"], before["candidates"]) == (0, 3, [])
    waiting = "3 portraits have no template under the recogniser in use: no search finds them until antigone reencode"
    assert waiting + " is run." in plain(moved("doctor"))
    assert waiting in plain(moved("enrol", source, "--holding", "tests", "--basis", "family-consent"))
    assert f"up to date. Nothing was changed. Faces are compared by {ROBUST}. {waiting}" in plain(moved("upgrade"))
    done = moved("reencode")
    assert (done.exit_code, plain(done)) == (0, f"{ROBUST}: 3 portraits encoded, 0 gave no template.")
    after = json.loads(moved("search", photo, "--case", "LIMEN-A-001", "--json").stdout)
    assert (after["searched"], after["without_portrait"]) == (3, 0)
    assert after["candidates"][0]["person_ref"] == PERSONS[0]
    assert after["candidates"][0]["passes"] is True
    for command in ("doctor", "upgrade"):
        assert "no template" not in plain(moved(command))
    assert f"Faces are compared by {ROBUST}." in plain(moved("doctor"))


def test_former_templates_are_dropped_at_last(moved: Run, source: Path) -> None:
    done = moved("reencode", "--drop-old")
    assert done.exit_code == 0, done.output
    assert "Templates of former recognisers removed: 3. Looked for in every gallery and not found." in plain(done)
    assert [contract.templates.count() for contract in Contract.objects.order_by("pk")] == [0, 3]
    again = moved("reencode", "--drop-old")
    assert again.exit_code == 0
    assert plain(again).endswith("0 gave no template. There are no templates of former recognisers.")
    assert moved("ledger", "verify").exit_code == 0


def test_what_gives_no_template_is_listed_and_keeps_the_old_ones(moved: Run) -> None:
    broken = Portrait.objects.get(person__ref=PERSONS[1])
    Portrait.objects.filter(pk=broken.pk).update(face={})
    done = moved("reencode", "--drop-old")
    assert done.exit_code == 1
    said = plain(done)
    assert f"2 portraits encoded, 1 gave no template. {PERSONS[1]} of tests, portrait {broken.pk}: Its record" in said
    assert (
        "Portraits without a template under the recogniser in use: 1. So the templates of former ones were kept."
        in said
    )
    assert Contract.objects.earliest("pk").templates.count() == 3
    assert "1 portrait has no template under the recogniser in use, having given none" in plain(moved("doctor"))


def test_a_recogniser_that_cannot_be_used_is_refused_with_a_sentence(moved: Run, instance: Instance) -> None:
    use(instance, "robust-0")
    refused = moved("reencode")
    assert refused.exit_code == 2
    assert "'robust-0', which is neither a pipeline nor a model. Nothing was done." in plain(refused)
    doctor = moved("doctor")
    assert doctor.exit_code == 1
    assert "fault: No face can be compared. antigone.toml says [faces] recogniser = 'robust-0'" in plain(doctor)


def test_a_pipeline_without_its_licence_is_refused(
    moved: Run, instance: Instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTIGONE_MODELS", str(tmp_path / "models"))
    use(instance, JOINED)
    refused = moved("reencode")
    assert refused.exit_code == 1
    assert "antigone models accept edgeface-s" in plain(refused)
    assert "antigone models accept edgeface-s" in plain(moved("doctor"))


def test_the_list_of_models_says_which_pipelines_can_be_used(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = CliRunner().invoke(main, ["models", "list"])
    assert f"{ROBUST} sface-2021dec can be used" in plain(here)
    monkeypatch.setenv("ANTIGONE_MODELS", str(tmp_path / "models"))
    bare = plain(CliRunner().invoke(main, ["models", "list"]))
    assert f"{ROBUST} sface-2021dec sface-2021dec is absent" in bare
    absent = "sface-2021dec is absent; the licence of edgeface-s is to be accepted"
    assert f"{JOINED} sface-2021dec, edgeface-s {absent}" in bare


def test_an_instance_of_before_is_upgraded_and_told(moved: Run) -> None:
    with connection.schema_editor() as editor:
        editor.execute("DROP TABLE enrolment_unencoded")
    MigrationRecorder(connection).record_unapplied("enrolment", "0002_unencoded_portraits")
    said = plain(moved("upgrade"))
    assert "Upgraded (1 changes)." in said
    assert "3 portraits have no template" in said
