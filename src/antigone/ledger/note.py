"""Signed notes, and checkpoints written in them: C2SP signed-note, tlog-checkpoint, tlog-cosignature."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from antigone.ledger.errors import NoteFault

ED25519 = 0x01
COSIGNATURE = 0x04
MOST_SIGNATURES = 100
MOST_BYTES = 1_000_000

_DASH = "\u2014 "
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,17}")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")


def _decode(text: str) -> bytes:
    """Standard base64 in its one canonical spelling; raises NoteFault for any other."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as exc:
        raise NoteFault("The note holds a line that is not base64.") from exc
    if base64.b64encode(data).decode() != text:
        raise NoteFault("The note holds base64 in a spelling that is not canonical.")
    return data


def _check_name(name: str) -> None:
    if (
        not name
        or "+" in name
        or any(ch.isspace() or ord(ch) < 0x20 or unicodedata.category(ch) == "Zs" for ch in name)
    ):
        raise NoteFault("A key name must be there, without spaces, control characters and plus signs.")


def key_id(name: str, algorithm: int, public: bytes) -> bytes:
    """SHA-256(name || 0x0A || algorithm || public key)[:4]; signed-note, "Signatures"."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([algorithm]) + public).digest()[:4]


@dataclass(frozen=True)
class Signature:
    """A signature line: the key's name and id, and what follows the id in the base64."""

    name: str
    key_id: bytes
    blob: bytes

    @property
    def line(self) -> str:
        return f"{_DASH}{self.name} {base64.b64encode(self.key_id + self.blob).decode()}\n"


@dataclass(frozen=True)
class VerifierKey:
    """A public key with its name: `name+hex key id+base64(algorithm || key)`."""

    name: str
    algorithm: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        return key_id(self.name, self.algorithm, self.public)

    def __str__(self) -> str:
        key = base64.b64encode(bytes([self.algorithm]) + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{key}"

    @classmethod
    def parse(cls, text: str) -> VerifierKey:
        """Read a verifier key; raises NoteFault when it is malformed, of another kind, or its id is wrong."""
        parts = text.strip().split("+", 2)
        if len(parts) != 3:
            raise NoteFault("This is not a verifier key: name+id+key in one line.")
        name, given_id, encoded = parts
        _check_name(name)
        data = _decode(encoded)
        if len(data) != 33 or data[0] not in (ED25519, COSIGNATURE):
            raise NoteFault("The verifier key is not an Ed25519 key, the one kind that is read here.")
        key = cls(name, data[0], data[1:])
        if key.key_id.hex() != given_id:
            raise NoteFault("The verifier key's id does not match its name and key; it was changed or miscopied.")
        return key

    def matches(self, signature: Signature) -> bool:
        return signature.name == self.name and signature.key_id == self.key_id

    def verify(self, text: str, signature: Signature) -> int | None:
        """Check one signature over the note text.

        Returns the time that a cosignature states (POSIX seconds), else None. Raises NoteFault when the
        signature does not hold.
        """
        blob, message, stated = signature.blob, text.encode(), None
        if self.algorithm == COSIGNATURE:
            if len(blob) != 72:
                raise NoteFault(f"The signature of {self.name} has a wrong length.")
            stated = int.from_bytes(blob[:8], "big")
            if stated >= 1 << 63:
                raise NoteFault(f"The signature of {self.name} states an impossible time.")
            blob, message = blob[8:], cosigned_message(text, stated)
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(blob, message)
        except (InvalidSignature, ValueError) as exc:
            raise NoteFault(f"The signature of {self.name} does not hold: the note was altered.") from exc
        return stated


def cosigned_message(text: str, seconds: int) -> bytes:
    """What a timestamped Ed25519 cosignature signs; tlog-cosignature, "Ed25519 signed message"."""
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


class SigningKey:
    """An Ed25519 key with a name, which signs notes as a log (or as a cosigner)."""

    def __init__(self, name: str, seed: bytes, algorithm: int = ED25519) -> None:
        _check_name(name)
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self._seed = seed
        self.verifier = VerifierKey(name, algorithm, self._private.public_key().public_bytes_raw())

    @classmethod
    def generate(cls, name: str, algorithm: int = ED25519) -> SigningKey:
        return cls(name, Ed25519PrivateKey.generate().private_bytes_raw(), algorithm)

    @classmethod
    def parse(cls, text: str) -> SigningKey:
        """Read what `encode` wrote; raises NoteFault."""
        parts = text.strip().split("+", 4)
        if len(parts) != 5 or parts[:2] != ["PRIVATE", "KEY"]:
            raise NoteFault("This is not a signing key.")
        _check_name(parts[2])
        data = _decode(parts[4])
        if len(data) != 33 or data[0] not in (ED25519, COSIGNATURE):
            raise NoteFault("The signing key is not an Ed25519 key.")
        key = cls(parts[2], data[1:], data[0])
        if key.verifier.key_id.hex() != parts[3]:
            raise NoteFault("The signing key's id does not match its name and key.")
        return key

    def encode(self) -> str:
        """One line of text, `PRIVATE+KEY+name+id+base64`; to be kept like the secret it is."""
        data = base64.b64encode(bytes([self.verifier.algorithm]) + self._seed).decode()
        return f"PRIVATE+KEY+{self.verifier.name}+{self.verifier.key_id.hex()}+{data}"

    def sign(self, text: str, seconds: int | None = None) -> Signature:
        """Sign a note text that ends in a newline; a cosigner's key also needs the time, in POSIX seconds."""
        if self.verifier.algorithm == COSIGNATURE:
            if seconds is None:
                raise ValueError("a cosignature states its time")
            blob = seconds.to_bytes(8, "big") + self._private.sign(cosigned_message(text, seconds))
        else:
            blob = self._private.sign(text.encode())
        return Signature(self.verifier.name, self.verifier.key_id, blob)


@dataclass(frozen=True)
class Note:
    """A text and the signatures under it; nothing is said yet about whether they hold."""

    text: str
    signatures: tuple[Signature, ...]

    def encode(self) -> str:
        return self.text + "\n" + "".join(signature.line for signature in self.signatures)

    @classmethod
    def parse(cls, source: str | bytes) -> Note:
        """Read a signed note strictly; raises NoteFault for all that the specification does not allow."""
        if len(source) > MOST_BYTES:
            raise NoteFault("The note is too large.")
        try:
            whole = source.decode() if isinstance(source, bytes) else source
            whole.encode()
        except UnicodeError as exc:
            raise NoteFault("The note is not UTF-8 text.") from exc
        if _CONTROL.search(whole):
            raise NoteFault("The note holds control characters.")
        at = whole.rfind("\n\n")
        if at < 0 or not whole.endswith("\n"):
            raise NoteFault("The note is cut short: it must be a text, an empty line and signature lines.")
        text, lines = whole[: at + 1], whole[at + 2 :].split("\n")[:-1]
        if not lines:
            raise NoteFault("The note carries no signature.")
        if len(lines) > MOST_SIGNATURES:
            raise NoteFault("The note carries too many signatures.")
        return cls(text, tuple(_signature(line) for line in lines))

    def verified_by(self, keys: Iterable[VerifierKey]) -> dict[VerifierKey, int | None]:
        """The keys that signed, with the time each states; unknown signatures are ignored.

        Raises NoteFault when a signature of a known key fails, or none of the keys signed.
        """
        found: dict[VerifierKey, int | None] = {}
        for key in keys:
            for signature in self.signatures:
                if key.matches(signature):
                    found[key] = key.verify(self.text, signature)
        if not found:
            raise NoteFault("The note is not signed by a known key.")
        return found


def _signature(line: str) -> Signature:
    if not line.startswith(_DASH):
        raise NoteFault("A signature line must begin with a dash and a space.")
    name, gap, encoded = line[len(_DASH) :].partition(" ")
    _check_name(name)
    data = _decode(encoded)
    if not gap or len(data) < 5:
        raise NoteFault("A signature line is cut short.")
    return Signature(name, data[:4], data[4:])


@dataclass(frozen=True)
class TreeHead:
    """What a checkpoint says: whose log, how many leaves, which root."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        lines = (self.origin, str(self.size), base64.b64encode(self.root).decode(), *self.extensions)
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def parse(cls, text: str) -> TreeHead:
        """Read the text of a checkpoint; raises NoteFault."""
        lines = text.split("\n")
        if len(lines) < 4 or lines.pop() or not all(lines):
            raise NoteFault("This is not a checkpoint: origin, size and root, each on a line.")
        origin, size, root, *extensions = lines
        if not _DECIMAL.fullmatch(size):
            raise NoteFault("The checkpoint's size is not a plain number.")
        data = _decode(root)
        if len(data) != 32:
            raise NoteFault("The checkpoint's root is not a SHA-256 hash.")
        return cls(origin, int(size), data, tuple(extensions))
