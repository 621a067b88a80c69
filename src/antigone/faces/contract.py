"""The embedding contract: what must be equal before two templates may be compared."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property

from antigone.faces.errors import ContractMismatch


@dataclass(frozen=True)
class EmbeddingContract:
    """How a template came about. `model_id` is for people; the digest rests on the rest."""

    model_id: str
    model_sha256: str
    dimension: int
    alignment: str
    preprocessing: str

    @cached_property
    def digest(self) -> str:
        """SHA-256, in hex, over model digest, dimension, alignment and preprocessing version.

        Of their JSON with sorted keys and no spaces, in UTF-8, so that another program can compute it.
        """
        parts = {
            "alignment": self.alignment,
            "dimension": self.dimension,
            "model_sha256": self.model_sha256,
            "preprocessing": self.preprocessing,
        }
        text = json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def require(self, other: EmbeddingContract | str) -> None:
        """Raise ContractMismatch unless `other` (a contract or its digest) is this contract."""
        digest = other if isinstance(other, str) else other.digest
        if digest != self.digest:
            raise ContractMismatch(self.digest, digest)
