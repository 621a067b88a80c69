"""The tree against RFC 6962's own definition, its known vectors, and every proof that should fail."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antigone.ledger import tree

# The leaves and roots of the Certificate Transparency reference implementation's tests.
KNOWN_LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
KNOWN_ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def naive_root(leaves: list[bytes]) -> bytes:
    """MTH(D[n]) word for word; RFC 6962, 2.1."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = naive_split(len(leaves))
    return hashlib.sha256(b"\x01" + naive_root(leaves[:k]) + naive_root(leaves[k:])).digest()


def naive_split(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def naive_path(m: int, leaves: list[bytes]) -> list[bytes]:
    """PATH(m, D[n]) word for word; RFC 6962, 2.1.1."""
    if len(leaves) == 1:
        return []
    k = naive_split(len(leaves))
    if m < k:
        return [*naive_path(m, leaves[:k]), naive_root(leaves[k:])]
    return [*naive_path(m - k, leaves[k:]), naive_root(leaves[:k])]


def naive_subproof(m: int, leaves: list[bytes], whole: bool) -> list[bytes]:
    """SUBPROOF(m, D[n], b) word for word; RFC 6962, 2.1.2."""
    if m == len(leaves):
        return [] if whole else [naive_root(leaves)]
    k = naive_split(len(leaves))
    if m <= k:
        return [*naive_subproof(m, leaves[:k], whole), naive_root(leaves[k:])]
    return [*naive_subproof(m - k, leaves[k:], False), naive_root(leaves[:k])]


def hashes(leaves: list[bytes]) -> list[bytes]:
    return [tree.hash_leaf(leaf) for leaf in leaves]


some_leaves = st.lists(st.binary(max_size=5), min_size=1, max_size=70)


@pytest.mark.parametrize("size", range(9))
def test_the_known_roots(size: int) -> None:
    assert tree.root_of(hashes(KNOWN_LEAVES[:size])).hex() == KNOWN_ROOTS[size]


@given(st.lists(st.binary(max_size=5), max_size=70))
def test_a_root_is_the_recursive_definition(leaves: list[bytes]) -> None:
    assert tree.root_of(hashes(leaves)) == naive_root(leaves)


@given(some_leaves, st.data())
def test_an_edge_kept_at_any_size_grows_on_to_the_same_root(leaves: list[bytes], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(leaves)))
    edge = tree.Edge()
    for leaf in hashes(leaves[:cut]):
        edge.append(leaf)
    again = tree.Edge.from_bytes(edge.size, edge.to_bytes())
    for leaf in hashes(leaves[cut:]):
        again.append(leaf)
    assert (again.size, again.root()) == (len(leaves), naive_root(leaves))


@pytest.mark.parametrize(("size", "data"), [(1, b""), (0, b"\0" * 32), (3, b"\0" * 32), (1, b"\0" * 31), (-1, b"")])
def test_an_edge_that_does_not_fit_its_size_is_refused(size: int, data: bytes) -> None:
    with pytest.raises(ValueError, match="edge"):
        tree.Edge.from_bytes(size, data)


@given(some_leaves, st.data())
def test_inclusion_is_proven_as_the_rfc_says_and_verifies(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    hashed, root = hashes(leaves), naive_root(leaves)
    proof = tree.inclusion_proof(hashed, index)
    assert proof == naive_path(index, leaves)
    assert tree.verify_inclusion(hashed[index], index, len(leaves), proof, root)


@given(some_leaves, st.data())
def test_a_wrong_inclusion_proof_fails(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    hashed, root, size = hashes(leaves), naive_root(leaves), len(leaves)
    proof = tree.inclusion_proof(hashed, index)
    assert not tree.verify_inclusion(hashed[index], index, size, [*proof, b"\0" * 32], root)
    assert not tree.verify_inclusion(bytes(32), index, size, proof, root)
    assert not tree.verify_inclusion(hashed[index], size, size, proof, root)
    assert not tree.verify_inclusion(hashed[index], -1, size, proof, root)
    if proof:
        assert not tree.verify_inclusion(hashed[index], index, size, proof[:-1], root)
        spot = data.draw(st.integers(0, len(proof) - 1))
        bent = [*proof[:spot], bytes(31) + b"\1", *proof[spot + 1 :]]
        assert not tree.verify_inclusion(hashed[index], index, size, bent, root)


@given(some_leaves, st.data())
def test_consistency_is_proven_as_the_rfc_says_and_verifies(leaves: list[bytes], data: st.DataObject) -> None:
    old = data.draw(st.integers(1, len(leaves)))
    proof = tree.consistency_proof(hashes(leaves), old)
    assert proof == naive_subproof(old, leaves, True)
    assert tree.verify_consistency(old, len(leaves), naive_root(leaves[:old]), naive_root(leaves), proof)


@given(some_leaves, st.data())
def test_a_rewritten_history_is_never_consistent(leaves: list[bytes], data: st.DataObject) -> None:
    old = data.draw(st.integers(1, len(leaves)))
    spot = data.draw(st.integers(0, old - 1))
    other = [*leaves[:spot], leaves[spot] + b"x", *leaves[spot + 1 :]]
    before, after = naive_root(leaves[:old]), naive_root(other)
    for proof in (tree.consistency_proof(hashes(other), old), tree.consistency_proof(hashes(leaves), old)):
        assert not tree.verify_consistency(old, len(leaves), before, after, proof)


@given(some_leaves, st.data())
def test_a_wrong_consistency_proof_fails(leaves: list[bytes], data: st.DataObject) -> None:
    old, size = data.draw(st.integers(1, len(leaves))), len(leaves)
    before, after = naive_root(leaves[:old]), naive_root(leaves)
    proof = tree.consistency_proof(hashes(leaves), old)
    assert not tree.verify_consistency(old, size, before, after, [*proof, bytes(32)])
    assert not tree.verify_consistency(size + 1, size, before, after, proof)
    if proof:
        assert not tree.verify_consistency(old, size, before, after, proof[:-1])
        assert not tree.verify_consistency(old, size, before, after, [])
        assert not tree.verify_consistency(old, size, bytes(32), after, proof)


def test_every_tree_begins_with_the_empty_one() -> None:
    assert tree.verify_consistency(0, 1, tree.EMPTY_ROOT, bytes(32), [])
    assert not tree.verify_consistency(0, 1, bytes(32), bytes(32), [])


def test_there_is_no_proof_of_what_is_not_there() -> None:
    with pytest.raises(IndexError):
        tree.inclusion_proof([bytes(32)], 1)
    with pytest.raises(IndexError):
        tree.consistency_proof([bytes(32)], 2)
    with pytest.raises(IndexError):
        tree.consistency_proof([bytes(32)], 0)
