"""Proofs are checked without the instance, and other agencies' signatures are kept and hold."""

from __future__ import annotations

import json
from typing import Any

import pytest

from antigone.instance import Instance
from antigone.ledger import keys, proofs
from antigone.ledger.errors import NoteFault
from antigone.ledger.models import Checkpoint, Cosignature, Entry
from antigone.ledger.note import COSIGNATURE, Note, SigningKey, TreeHead, VerifierKey
from antigone.ledger.services import (
    checkpoint_text,
    consistency,
    cosign,
    inclusion,
    record,
    recorded,
    redact_payloads,
    sequence,
    verifier_key,
    verify,
)

AGENCY = SigningKey("example.org/agency", bytes(range(32)), COSIGNATURE)
NOW = 1_700_000_000


@pytest.fixture
def log(ledger: Instance) -> VerifierKey:
    for number in range(9):
        with recorded():
            record("test:thing:tell", actor="operator:1", object=f"thing:{number}", what=f"name {number}")
    return VerifierKey.parse(verifier_key())


def elsewhere(proof: dict[str, Any]) -> dict[str, Any]:
    """The proof as it arrives at another agency: JSON text, read again."""
    found: dict[str, Any] = json.loads(json.dumps(proof))
    return found


def test_every_entry_is_proven_under_every_checkpoint_that_covers_it(log: VerifierKey) -> None:
    for entry in Entry.objects.all():
        assert entry.index is not None
        for checkpoint in Checkpoint.objects.filter(size__gt=entry.index):
            head = proofs.check_inclusion(elsewhere(inclusion(entry, checkpoint.size)), log)
            assert (head.size, head.root) == (checkpoint.size, bytes(checkpoint.root))


def test_an_erased_entry_is_still_proven(log: VerifierKey) -> None:
    redact_payloads("thing:4")
    proof = inclusion(Entry.objects.filter(object="thing:4")[0])
    assert "payload" not in proof["entry"]
    assert "name 4" not in json.dumps(proof)
    proofs.check_inclusion(elsewhere(proof), log)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("time", "2026-01-01T00:00:00.000000Z"),
        ("action", "test:thing:do"),
        ("actor", "operator:2"),
        ("object", "thing:5"),
        ("payload", '{"what":"name 5"}'),
        ("salt", "00" * 16),
        ("payload_hash", "00" * 32),
        ("payload_hash", "zz"),
        ("actor", 7),
        ("salt", None),
    ],
)
def test_a_proof_of_something_else_fails(log: VerifierKey, key: str, value: object) -> None:
    proof = elsewhere(inclusion(Entry.objects.get(object="thing:4")))
    proof["entry"][key] = value
    with pytest.raises(NoteFault):
        proofs.check_inclusion(proof, log)


@pytest.mark.parametrize(
    "change",
    [
        {"index": 0},
        {"index": "4"},
        {"index": True},
        {"index": -1},
        {"hashes": []},
        {"hashes": "AAAA"},
        {"hashes": None},
        {"hashes": [7]},
        {"hashes": ["AAAA"]},
        {"entry": None},
        {"entry": {}},
        {"checkpoint": ""},
        {"checkpoint": 7},
        {"checkpoint": None},
    ],
)
def test_a_malformed_proof_fails_with_a_sentence(log: VerifierKey, change: dict[str, Any]) -> None:
    proof = elsewhere(inclusion(Entry.objects.get(object="thing:4"))) | change
    with pytest.raises(NoteFault):
        proofs.check_inclusion(proof, log)
    for key in change:
        del proof[key]
    with pytest.raises(NoteFault):
        proofs.check_inclusion(proof, log)


def test_a_proof_speaks_for_the_log_whose_key_signed(log: VerifierKey) -> None:
    other = SigningKey.generate(log.name).verifier
    proof = inclusion(Entry.objects.get(object="thing:4"))
    with pytest.raises(NoteFault, match="known key"):
        proofs.check_inclusion(proof, other)
    stranger = SigningKey.generate("example.org/else")
    head = TreeHead.parse(Note.parse(proof["checkpoint"]).text)
    foreign = Note(head.text, (stranger.sign(head.text),)).encode()
    with pytest.raises(NoteFault, match="is of the log"):
        proofs.check_inclusion(proof | {"checkpoint": foreign}, stranger.verifier)


def test_a_pending_entry_has_no_proof_yet(log: VerifierKey) -> None:
    with recorded(sequence=False):
        record("test:thing:do", actor="operator:1", object="thing:new", what="this")
    with pytest.raises(NoteFault, match="not under this checkpoint"):
        inclusion(Entry.objects.get(object="thing:new"))
    early = Checkpoint.objects.earliest("size")
    with pytest.raises(NoteFault, match="not under this checkpoint"):
        inclusion(Entry.objects.get(object="thing:4"), early.size)
    with pytest.raises(NoteFault, match="No checkpoint covers"):
        checkpoint_text(10_000)
    sequence()
    proofs.check_inclusion(inclusion(Entry.objects.get(object="thing:new")), log)


def test_the_log_is_proven_to_have_only_grown_between_any_two_checkpoints(log: VerifierKey) -> None:
    sizes = list(Checkpoint.objects.order_by("size").values_list("size", flat=True))
    for old in sizes:
        for new in sizes:
            if old > new:
                with pytest.raises(NoteFault, match="earlier checkpoint covers more"):
                    consistency(old, new)
                continue
            proof = elsewhere(consistency(old, new))
            held = proofs.signed_head(checkpoint_text(old), log)
            assert proofs.check_consistency(proof, log, held).size == new


def test_a_log_that_shows_two_histories_is_not_countersigned(log: VerifierKey, ledger: Instance) -> None:
    """The log's own key signs another tree; an agency that held the first does not sign the second."""
    key = keys.load(ledger)
    old, new = Checkpoint.objects.order_by("size")[1], Checkpoint.objects.latest("size")
    held = proofs.signed_head(old.text, log)
    forked = TreeHead(log.name, new.size, bytes(32))
    text = Note(forked.text, (key.sign(forked.text),)).encode()
    with pytest.raises(NoteFault, match="needed"):
        proofs.countersign(text, log, AGENCY, NOW, held)
    with pytest.raises(NoteFault, match="rewritten"):
        proofs.countersign(text, log, AGENCY, NOW, held, consistency(old.size) | {"new": text})
    with pytest.raises(NoteFault, match="another checkpoint"):
        proofs.countersign(text, log, AGENCY, NOW, held, consistency(old.size))
    other_past = TreeHead(log.name, held.size, bytes(32))
    with pytest.raises(NoteFault, match="two histories"):
        proofs.countersign(new.text, log, AGENCY, NOW, other_past, consistency(old.size))
    with pytest.raises(NoteFault, match="malformed"):
        proofs.countersign(new.text, log, AGENCY, NOW, held, {})
    with pytest.raises(NoteFault, match="cosigner's key"):
        proofs.countersign(new.text, log, SigningKey.generate("example.org/agency"), NOW, held)


def test_another_agency_countersigns_and_its_signature_is_kept(log: VerifierKey) -> None:
    held = proofs.signed_head(checkpoint_text(Checkpoint.objects.order_by("size")[1].size), log)
    offered = checkpoint_text()
    signed = proofs.countersign(offered, log, AGENCY, NOW, held, consistency(held.size))
    size = Checkpoint.objects.latest("size").size
    assert cosign(signed, [str(AGENCY.verifier)], actor="operator:1") == 1
    assert cosign(signed, [str(AGENCY.verifier)], actor="operator:1") == 0
    entry = Entry.objects.get(action="ledger:checkpoint:cosign")
    assert entry.object == f"checkpoint:{size}"
    kept = Cosignature.objects.get()
    assert (kept.name, str(kept)) == ("example.org/agency", f"example.org/agency on {size}")
    note = Note.parse(checkpoint_text(size))
    assert note.verified_by([log, AGENCY.verifier]) == {log: None, AGENCY.verifier: NOW}
    assert verify(checkpoint_text(size), str(AGENCY.verifier)).ok
    assert verify().ok


def test_a_countersignature_that_proves_nothing_is_not_kept(log: VerifierKey, ledger: Instance) -> None:
    signed = proofs.countersign(checkpoint_text(), log, AGENCY, NOW)
    with pytest.raises(NoteFault, match="known key"):
        cosign(checkpoint_text(), [str(AGENCY.verifier)])
    with pytest.raises(NoteFault, match="Our own key"):
        cosign(signed, [str(log)])
    with pytest.raises(NoteFault, match="not a verifier key"):
        cosign(signed, ["nobody"])
    forked = TreeHead(log.name, Checkpoint.objects.latest("size").size, bytes(32)).text
    ours = keys.load(ledger).sign(forked)
    with pytest.raises(NoteFault, match="two histories"):
        cosign(Note(forked, (ours, AGENCY.sign(forked, NOW))).encode(), [str(AGENCY.verifier)])
    assert not Cosignature.objects.exists()
