"""Things that many tests need, made in one place: vectors, contracts, enrolled persons, operators."""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

from antigone.access.models import Operator
from antigone.enrolment.models import Contract
from antigone.enrolment.services import open_contract
from antigone.faces import EmbeddingContract
from antigone.missing import services
from antigone.missing.models import Holding
from antigone.missing.sources import PersonRecord

DIMENSION = 16


def operator() -> Operator:
    """The operator whom a fresh instance was founded with."""
    return Operator.objects.select_related("agency").earliest("pk")


def contract(model: str = "sface-2021dec", dimension: int = DIMENSION) -> Contract:
    """A contract of short templates."""
    return open_contract(EmbeddingContract(model, "0" * 64, dimension, "five points", "tests"))


def unit(seed: int, near: NDArray[np.float32] | None = None, noise: float = 0.2) -> NDArray[np.float32]:
    """A seeded unit vector, or one close to `near`."""
    drawn = np.random.default_rng(seed).normal(size=DIMENSION)
    if near is not None:
        drawn = near + noise * drawn / np.linalg.norm(drawn)
    return (drawn / np.linalg.norm(drawn)).astype(np.float32)


def holding(name: str = "holding") -> Holding:
    """An approved holding of the operator's agency."""
    who = operator()
    return services.open_holding(name, who)


def portrait(ref: str, vector: NDArray[np.float32], original: bytes = b"") -> services.NewPortrait:
    """A portrait ready to be added; its bytes differ by reference and vector."""
    data = original or b"portrait of " + ref.encode() + vector.tobytes()
    return services.NewPortrait(PersonRecord(ref=ref), hashlib.sha256(data).hexdigest(), data, vector, {"quality": {}})


def enrol(
    vectors: dict[str, NDArray[np.float32]], into: Holding | None = None, under: Contract | None = None
) -> Holding:
    """Enrol one portrait a person."""
    into, giving = into or holding(), services.Giving(basis="family-consent")
    new = [portrait(ref, vector) for ref, vector in vectors.items()]
    services.add_portraits(into, under or contract(), new, giving, operator().actor)
    return into
