"""Which recogniser an instance uses: the default, one that is named, and the sentences for one that cannot be used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from antigone import evidence
from antigone.enrolment import contracts
from antigone.faces import LicenceNotAccepted, ModelMissing, ModelStore, UnknownModel
from antigone.faces.pipelines import JOINED, ROBUST
from antigone.faces.registry import RECOGNISER


@pytest.fixture
def name(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Put a recogniser into the settings, as antigone.toml would."""

    def put(recogniser: object) -> None:
        monkeypatch.setattr(settings, "ANTIGONE_SETTINGS", {"faces": {"recogniser": recogniser}})

    monkeypatch.setattr(settings, "ANTIGONE_SETTINGS", {})
    return put


def test_the_default_is_the_robust_pipeline_which_looks_with_care_at_probes_alone(models: Path, name: Any) -> None:
    assert contracts.recogniser() == ROBUST
    probe, portrait = contracts.engine("always"), contracts.engine()
    assert (probe.pipeline, portrait.pipeline) == (ROBUST, ROBUST)
    assert probe.contract == portrait.contract == contracts.contract_in_use()
    assert (probe._careful is not None, portrait._careful is not None) == (True, False)
    assert contracts.engine("always") is probe


def test_there_is_an_operating_point_for_the_default(name: Any) -> None:
    contract = contracts.contract_in_use()
    assert evidence.threshold(contract.model_id, 1_000, contract=contract.digest) is not None


def test_a_model_alone_can_be_named_and_an_engine_follows_the_settings(models: Path, name: Any) -> None:
    default = contracts.engine()
    name(RECOGNISER)
    assert contracts.engine().pipeline == "plain"
    assert contracts.engine().contract == contracts.contract_in_use() != default.contract
    assert contracts.contract_in_use().model_id == RECOGNISER


@pytest.mark.parametrize("given", ["plain", "robust-0", "", 3, ["robust-1"]])
def test_what_is_neither_pipeline_nor_model_is_refused(name: Any, given: object) -> None:
    name(given)
    with pytest.raises(UnknownModel, match="neither a pipeline nor a model"):
        contracts.engine()
    with pytest.raises(UnknownModel, match=ROBUST):
        contracts.contract_in_use()


def test_a_pipeline_whose_models_are_missing_or_not_accepted_is_refused(
    name: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTIGONE_MODELS", str(tmp_path))
    contracts._engine.cache_clear()
    with pytest.raises(ModelMissing, match="antigone models install"):
        contracts.engine()
    name(JOINED)
    with pytest.raises(LicenceNotAccepted, match="antigone models accept edgeface-s"):
        contracts.engine()
    assert ModelStore.default().folder == tmp_path
    contracts._engine.cache_clear()
