"""Templates are compared under one contract or not at all."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from antigone.faces import ContractMismatch, EmbeddingContract

CONTRACT = EmbeddingContract("some-model", "aa" * 32, 128, "five-point", "raw-v1")


def test_the_digest_is_of_a_text_that_anyone_can_write() -> None:
    text = '{"alignment":"five-point","dimension":128,"model_sha256":"' + "aa" * 32 + '","preprocessing":"raw-v1"}'
    assert CONTRACT.digest == hashlib.sha256(text.encode()).hexdigest()


def test_the_name_of_a_model_does_not_count() -> None:
    CONTRACT.require(replace(CONTRACT, model_id="the same under another name"))
    CONTRACT.require(CONTRACT.digest)


@pytest.mark.parametrize(
    "change",
    [{"model_sha256": "ab" * 32}, {"dimension": 129}, {"alignment": "other"}, {"preprocessing": "raw-v2"}],
)
def test_any_other_difference_raises(change: dict[str, str | int]) -> None:
    other = replace(CONTRACT, **change)  # type: ignore[arg-type]
    with pytest.raises(ContractMismatch) as caught:
        CONTRACT.require(other)
    assert "cannot be compared" in caught.value.sentence
    with pytest.raises(ContractMismatch):
        other.require(CONTRACT.digest)
