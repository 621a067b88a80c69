"""Views cut the crop elsewhere and leave what is in it alone; a pipeline's template is their weighted sum."""

from __future__ import annotations

import numpy as np
import pytest

from antigone.faces.alignment import TEMPLATE, align
from antigone.faces.contract import EmbeddingContract
from antigone.faces.pipeline import Component, Pipeline, plain
from antigone.faces.registry import ModelCard, Scaling, Task
from antigone.faces.space import Space
from antigone.faces.views import FAR, FAR_MIRRORED, MIRRORED, NEAR, PLAIN, view_crop


def card(model: str) -> ModelCard:
    digest = {"a": "1", "b": "2"}[model] * 64
    return ModelCard(model, Task.RECOGNISER, f"{model}.onnx", 1, digest, "MIT", "", dimension=4, scaling=Scaling.RAW)


def space(name: str) -> Space:
    return Space(np.full(4, len(name), np.float32), np.eye(4, 3, dtype=np.float32))


def contract(*components: Component) -> EmbeddingContract:
    return Pipeline("tried", components).contract(card, space)


@pytest.fixture
def picture() -> np.ndarray:
    return np.random.default_rng(3).integers(0, 255, (140, 140, 3)).astype(np.uint8)


def test_the_plain_view_is_the_aligned_crop(picture: np.ndarray) -> None:
    assert (view_crop(picture, TEMPLATE + 9, PLAIN) == align(picture, TEMPLATE + 9)).all()


def test_the_mirrored_view_is_the_crop_seen_in_a_mirror(picture: np.ndarray) -> None:
    assert (view_crop(picture, TEMPLATE + 9, MIRRORED) == align(picture, TEMPLATE + 9)[:, ::-1]).all()


def test_a_nearer_view_shows_a_larger_face() -> None:
    eyes = [float(np.linalg.norm(view.target[0] - view.target[1])) for view in (FAR, PLAIN, NEAR)]
    assert eyes == sorted(eyes)


def test_a_plain_pipeline_keeps_the_contract_of_its_recogniser() -> None:
    made = plain("a").contract(card, space)
    assert (made.model_id, made.dimension, made.preprocessing) == ("a", 4, Scaling.RAW.value)


def test_every_part_of_a_pipeline_enters_its_contract() -> None:
    made = [
        contract(Component("a")),
        contract(Component("b")),
        contract(Component("a", space="one")),
        contract(Component("a", space="other")),
        contract(Component("a", probe=(PLAIN, MIRRORED))),
        contract(Component("a", portrait=(PLAIN, FAR_MIRRORED))),
        contract(Component("a", 0.5), Component("b", 0.5)),
        contract(Component("a", 0.4), Component("b", 0.6)),
    ]
    assert len({each.digest for each in made}) == len(made)
    assert [each.dimension for each in made] == [4, 4, 3, 3, 4, 4, 8, 8]


def test_the_weights_of_a_pipeline_sum_to_one() -> None:
    for weights in ((0.5, 0.6), (1.0, 0.0), (1.5, -0.5)):
        with pytest.raises(ValueError, match="sum to 1"):
            Pipeline("tried", tuple(Component("a", weight) for weight in weights))


def test_a_space_gives_unit_vectors_around_its_mean() -> None:
    vectors = np.random.default_rng(4).normal(1, 1, (50, 4)).astype(np.float32)
    learnt = Space(vectors.mean(axis=0), np.eye(4, dtype=np.float32))
    projected = learnt.project(vectors)
    assert np.allclose(np.linalg.norm(projected, axis=1), 1, atol=1e-5)
    assert (learnt.project(learnt.mean[None]) == 0).all()
    with pytest.raises(ValueError, match="mean"):
        Space(np.zeros(3, np.float32), np.eye(4, dtype=np.float32))
    with pytest.raises(ValueError, match="finite"):
        Space(np.full(4, np.nan, np.float32), np.eye(4, dtype=np.float32))
