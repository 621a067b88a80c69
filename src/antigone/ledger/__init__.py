"""The log of every action: append-only, a Merkle tree that others can hold this instance to."""
