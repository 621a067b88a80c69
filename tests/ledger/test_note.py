"""Signed notes: the published example, strict reading, and signatures that must not pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antigone.ledger.errors import NoteFault
from antigone.ledger.note import COSIGNATURE, Note, Signature, SigningKey, TreeHead, VerifierKey

# The example of Go's golang.org/x/mod/sumdb/note, from which the format comes.
KNOWN_VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
KNOWN_SIGNER = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
KNOWN_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
# The example of C2SP tlog-cosignature.
KNOWN_CHECKPOINT = (
    "example.com/behind-the-sofa\n"
    "20852163\n"
    "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    "\n"
    "\u2014 example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "\u2014 witness.example.com/w1 "
    "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)

LOG = SigningKey("example.org/log", bytes(range(32)))
OTHER = SigningKey("example.org/agency", bytes(range(1, 33)), COSIGNATURE)
TEXT = TreeHead("example.org/log", 7, bytes(32)).text


def test_the_known_note_verifies_and_is_signed_alike() -> None:
    key = VerifierKey.parse(KNOWN_VERIFIER)
    note = Note.parse(KNOWN_NOTE)
    assert note.verified_by([key]) == {key: None}
    assert note.encode() == KNOWN_NOTE
    signer = SigningKey.parse(KNOWN_SIGNER)
    assert str(signer.verifier) == KNOWN_VERIFIER
    assert signer.encode() == KNOWN_SIGNER
    assert signer.sign(note.text).line == note.signatures[0].line


def test_the_known_checkpoint_reads() -> None:
    note = Note.parse(KNOWN_CHECKPOINT)
    head = TreeHead.parse(note.text)
    assert (head.origin, head.size) == ("example.com/behind-the-sofa", 20852163)
    assert head.text == note.text
    assert [signature.name for signature in note.signatures] == [
        "example.com/behind-the-sofa",
        "witness.example.com/w1",
    ]


def test_a_cosignature_states_its_time_and_nothing_else_passes_for_it() -> None:
    note = Note(TEXT, (LOG.sign(TEXT), OTHER.sign(TEXT, 1_700_000_000)))
    assert Note.parse(note.encode()).verified_by([LOG.verifier, OTHER.verifier]) == {
        LOG.verifier: None,
        OTHER.verifier: 1_700_000_000,
    }
    earlier = bytearray(note.signatures[1].blob)
    earlier[7] ^= 1
    bent = Note(TEXT, (Signature(OTHER.verifier.name, OTHER.verifier.key_id, bytes(earlier)),))
    with pytest.raises(NoteFault, match="does not hold"):
        bent.verified_by([OTHER.verifier])


def test_a_plain_signature_of_the_same_key_is_no_cosignature() -> None:
    plain = SigningKey("example.org/agency", bytes(range(1, 33)))
    assert plain.verifier.key_id != OTHER.verifier.key_id
    posing = Note(TEXT, (Signature(OTHER.verifier.name, OTHER.verifier.key_id, plain.sign(TEXT).blob),))
    with pytest.raises(NoteFault, match="length"):
        posing.verified_by([OTHER.verifier])


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_no_byte_of_a_note_can_be_changed(spot: int, change: int) -> None:
    whole = bytearray(Note(TEXT, (LOG.sign(TEXT),)).encode().encode())
    whole[spot % len(whole)] ^= change
    with pytest.raises(NoteFault):
        Note.parse(bytes(whole)).verified_by([LOG.verifier])


@given(st.binary(max_size=200))
def test_reading_any_bytes_works_or_is_refused(data: bytes) -> None:
    try:
        note = Note.parse(data)
    except NoteFault:
        return
    assert note.encode().encode() == data


def test_unknown_signatures_are_ignored_and_a_known_one_must_hold() -> None:
    stranger = SigningKey.generate("example.org/stranger")
    note = Note(TEXT, (stranger.sign(TEXT), LOG.sign(TEXT)))
    assert set(note.verified_by([LOG.verifier])) == {LOG.verifier}
    with pytest.raises(NoteFault, match="not signed by a known key"):
        Note(TEXT, (stranger.sign(TEXT),)).verified_by([LOG.verifier])
    forged = Note(TEXT, (LOG.sign(TEXT), Signature(LOG.verifier.name, LOG.verifier.key_id, bytes(64))))
    with pytest.raises(NoteFault, match="does not hold"):
        forged.verified_by([LOG.verifier])


GOOD = Note(TEXT, (LOG.sign(TEXT),)).encode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        TEXT,
        TEXT + "\n",
        GOOD[:-1],
        GOOD.replace("\u2014 ", "- "),
        GOOD.replace("\u2014 ", "\u2014  "),
        GOOD.replace("\u2014 example.org/log", "\u2014 example.org+log"),
        GOOD.replace("\n7\n", "\n7\t\n"),
        GOOD.replace("\n\n", "\r\n\r\n"),
        GOOD.rstrip("\n").rstrip("=") + "\n",
        TEXT + "\n\u2014 example.org/log AAAA\n",
        TEXT + "\n" + LOG.sign(TEXT).line * 101,
        GOOD + "\n" * 2,
        GOOD + "x" * 1_000_001,
    ],
)
def test_a_malformed_note_is_refused(text: str) -> None:
    with pytest.raises(NoteFault):
        Note.parse(text)


def test_a_note_that_is_not_utf8_is_refused() -> None:
    with pytest.raises(NoteFault, match="UTF-8"):
        Note.parse(GOOD.encode().replace(b"7", b"\xff"))
    with pytest.raises(NoteFault, match="UTF-8"):
        Note.parse(GOOD.replace("7", "\ud800"))


ROOT = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="


@pytest.mark.parametrize(
    "text",
    [
        "",
        "log\n7\n",
        f"\n7\n{ROOT}\n",
        f"log\n07\n{ROOT}\n",
        f"log\n-7\n{ROOT}\n",
        f"log\n+7\n{ROOT}\n",
        f"log\n7 \n{ROOT}\n",
        f"log\n٧\n{ROOT}\n",
        f"log\n{10**18}\n{ROOT}\n",
        f"log\n7\n{ROOT[:-1]}\n",
        f"log\n7\n{ROOT.replace('A=', 'B=')}\n",
        "log\n7\nAAAA\n",
        f"log\n7\n{ROOT}",
        f"log\n7\n{ROOT}\n\nmore\n",
    ],
)
def test_a_malformed_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteFault):
        TreeHead.parse(text)


def test_extension_lines_are_kept() -> None:
    head = TreeHead.parse(f"log\n0\n{ROOT}\nmore\n")
    assert head.extensions == ("more",)
    assert head.text == f"log\n0\n{ROOT}\nmore\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PeterNeumann",
        "PeterNeumann+c74f20a3",
        KNOWN_VERIFIER.replace("c74f20a3", "c74f20a4"),
        KNOWN_VERIFIER.replace("Peter", "Piter"),
        KNOWN_VERIFIER.replace("ARpc", "BRpc"),
        KNOWN_VERIFIER.replace("ARpc", "AQpc"),
        KNOWN_VERIFIER[:-4],
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        KNOWN_VERIFIER.replace("PeterNeumann", "Peter Neumann"),
    ],
)
def test_a_miscopied_verifier_key_is_refused(text: str) -> None:
    with pytest.raises(NoteFault):
        VerifierKey.parse(text)


@pytest.mark.parametrize(
    "text",
    ["", KNOWN_VERIFIER, KNOWN_SIGNER.replace("c74f20a3", "c74f20a4"), KNOWN_SIGNER[:-4], KNOWN_SIGNER[:-1]],
)
def test_a_damaged_signing_key_is_refused(text: str) -> None:
    with pytest.raises(NoteFault):
        SigningKey.parse(text)
