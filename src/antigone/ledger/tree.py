"""The Merkle tree of RFC 6962: roots, inclusion and consistency proofs, and their verification.

All functions work on leaf hashes (SHA-256 of 0x00 and the leaf). Section numbers are those of RFC 6962 and,
for the verification algorithms, RFC 9162.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

EMPTY_ROOT = hashlib.sha256(b"").digest()
HASH_BYTES = 32


def hash_leaf(leaf: bytes) -> bytes:
    """MTH({d}) = SHA-256(0x00 || d); RFC 6962, 2.1."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def hash_node(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right); RFC 6962, 2.1."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Edge:
    """The perfect subtrees along the right edge of a tree: all that it takes to let it grow.

    A tree of n leaves has as many of them as n has bits set, largest first. Appending costs one hash a leaf
    on average, and nothing below the edge is read again.
    """

    def __init__(self, size: int = 0, hashes: Sequence[bytes] = ()) -> None:
        if size < 0 or len(hashes) != size.bit_count() or any(len(node) != HASH_BYTES for node in hashes):
            raise ValueError("the edge does not fit a tree of this size")
        self.size = size
        self._hashes = list(hashes)

    @classmethod
    def from_bytes(cls, size: int, data: bytes) -> Edge:
        """The edge that `to_bytes` wrote; raises ValueError when it does not fit the size."""
        if len(data) % HASH_BYTES:
            raise ValueError("the edge is not a row of whole hashes")
        return cls(size, [data[at : at + HASH_BYTES] for at in range(0, len(data), HASH_BYTES)])

    def to_bytes(self) -> bytes:
        return b"".join(self._hashes)

    def append(self, leaf_hash: bytes) -> None:
        node, carry = leaf_hash, self.size
        while carry & 1:
            node = hash_node(self._hashes.pop(), node)
            carry >>= 1
        self._hashes.append(node)
        self.size += 1

    def root(self) -> bytes:
        """The tree head, MTH of all leaves so far."""
        if not self._hashes:
            return EMPTY_ROOT
        root = self._hashes[-1]
        for left in reversed(self._hashes[:-1]):
            root = hash_node(left, root)
        return root


def root_of(leaf_hashes: Iterable[bytes]) -> bytes:
    """The tree head over these leaf hashes."""
    edge = Edge()
    for leaf_hash in leaf_hashes:
        edge.append(leaf_hash)
    return edge.root()


def _split(size: int) -> int:
    """k: the largest power of two smaller than size (size > 1)."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_proof(leaf_hashes: Sequence[bytes], index: int) -> list[bytes]:
    """PATH(m, D[n]) of RFC 6962, 2.1.1, from the leaf upwards; raises IndexError for a leaf not there."""
    if not 0 <= index < len(leaf_hashes):
        raise IndexError(f"no leaf {index} in a tree of {len(leaf_hashes)}")
    path: list[bytes] = []
    low, high = 0, len(leaf_hashes)
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(root_of(leaf_hashes[middle:high]))
            high = middle
        else:
            path.append(root_of(leaf_hashes[low:middle]))
            low = middle
    path.reverse()
    return path


def verify_inclusion(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """True when the proof leads from the leaf at `index` to the root of `size` leaves; RFC 9162, 2.1.3.2."""
    if not 0 <= index < size:
        return False
    node, last, result = index, size - 1, leaf_hash
    for step in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            result = hash_node(step, result)
            while not node & 1 and node:
                node >>= 1
                last >>= 1
        else:
            result = hash_node(result, step)
        node >>= 1
        last >>= 1
    return last == 0 and result == root


def consistency_proof(leaf_hashes: Sequence[bytes], old_size: int) -> list[bytes]:
    """PROOF(m, D[n]) of RFC 6962, 2.1.2, that the tree of `old_size` is a beginning of this one.

    Raises IndexError unless 0 < old_size <= number of leaves.
    """
    if not 0 < old_size <= len(leaf_hashes):
        raise IndexError(f"no tree of {old_size} in one of {len(leaf_hashes)}")
    proof: list[bytes] = []
    low, high, whole = 0, len(leaf_hashes), True
    while old_size != high:
        middle = low + _split(high - low)
        if old_size <= middle:
            proof.append(root_of(leaf_hashes[middle:high]))
            high = middle
        else:
            proof.append(root_of(leaf_hashes[low:middle]))
            low, whole = middle, False
    if not whole:
        proof.append(root_of(leaf_hashes[low:high]))
    proof.reverse()
    return proof


def verify_consistency(old_size: int, new_size: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """True when the proof shows that the old tree is a beginning of the new one; RFC 9162, 2.1.4.2."""
    if not 0 <= old_size <= new_size:
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    if old_size == 0:
        # Every tree begins with the empty one; there is nothing to show.
        return not proof and old_root == EMPTY_ROOT
    path = list(proof)
    if old_size & (old_size - 1) == 0:
        path.insert(0, old_root)
    if not path:
        return False
    node, last = old_size - 1, new_size - 1
    while node & 1:
        node >>= 1
        last >>= 1
    old = new = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            old = hash_node(step, old)
            new = hash_node(step, new)
            while not node & 1 and node:
                node >>= 1
                last >>= 1
        else:
            new = hash_node(new, step)
        node >>= 1
        last >>= 1
    return last == 0 and old == old_root and new == new_root
