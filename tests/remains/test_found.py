"""What the dead carried and what people say: carried by is not is, and a claim leads no examiner's eyes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from antigone.access.errors import Refused
from antigone.access.rules import Role
from antigone.imaging import ImageRefused
from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.remains import claims, documents, queries, reading, resting, services
from antigone.remains.claims import NewClaim
from antigone.remains.documents import NewDocument
from antigone.remains.errors import BadRecord, NotHere, RecordRefused
from antigone.remains.models import FoundDocument, RecognitionClaim
from antigone.vault import store
from antigone.vault.errors import KeyGone
from antigone.vault.tasks import complete_shreds
from tests.factories import operator
from tests.remains.staff import body, living, picture, staff, stranger

CARD = NewDocument("service-card", "left breast pocket", "A. Recorder", names_on_it="I. Nobody")


def claim(**more: object) -> NewClaim:
    values = {"claimant": "N. Neighbour", "named": "I. Nobody", "shown": "photograph", "said_on": date(2026, 1, 7)}
    return NewClaim(**{**values, "heard_by": "B. Officer", **more})  # type: ignore[arg-type]


def test_a_document_says_what_was_carried_and_not_who(instance: Instance) -> None:
    document = documents.add(body(), CARD, operator())
    told = documents.said(document)
    assert "carried by LIMEN-A-001" in told
    assert "I. Nobody" in told
    assert " is " not in told
    bare = documents.add(document.subject, NewDocument("letter", "wallet", "A. Recorder"), operator())
    assert documents.said(bare).endswith("carried by LIMEN-A-001")


def test_a_picture_of_a_document_is_sealed_and_a_look_is_logged(instance: Instance) -> None:
    who = operator()
    document = documents.add(body(), CARD, who, picture())
    assert store.keystore().key(document.pk)[0] == "found-document"
    assert document.pk in queries.sealed_images()
    assert documents.pictured(document, who) == picture()
    assert Entry.objects.filter(action="remains:document:look").count() == 1
    with pytest.raises(ImageRefused):
        documents.add(document.subject, CARD, who, b"<svg/>")
    with pytest.raises(NotHere):
        documents.pictured(documents.add(document.subject, CARD, who), who)
    with pytest.raises(NotHere):
        documents.pictured(document, stranger())
    assert FoundDocument.objects.count() == 2


def test_whoever_examines_reads_that_there_was_a_paper_and_a_disc_and_nothing_on_them(instance: Instance) -> None:
    recorder, examiner = staff("recorder", Role.FIELD_RECORDER), staff("examiner", Role.MORTUARY_EXAMINER)
    subject = body()
    card = replace(CARD, number_on_it="AA 12", dates_on_it="1990", words="driver")
    document = documents.add(subject, card, recorder, picture())
    resting.state_disc(subject, resting.Disc("whole", inscription="I. NOBODY 12"), recorder)
    (seen,) = reading.documents(subject, examiner)
    (disc,) = reading.discs(subject, examiner)
    assert (seen.kind, seen.where_on_body) == (card.kind, card.where_on_body)
    assert [seen.names_on_it, seen.number_on_it, seen.dates_on_it, seen.words, seen.sha256] == [""] * 5
    assert (disc.state, disc.inscription) == ("whole", "")
    assert "I. Nobody" not in documents.said(reading.document(examiner, document.pk))
    with pytest.raises(Refused):
        documents.pictured(document, examiner)
    assert Entry.objects.filter(action="remains:document:look").count() == 0
    (theirs,) = reading.documents(subject, recorder)
    assert (theirs.names_on_it, theirs.sha256) == ("I. Nobody", document.sha256)
    assert reading.discs(subject, recorder)[0].inscription == "I. NOBODY 12"


def test_a_document_is_withdrawn_with_a_reason_and_stays(instance: Instance) -> None:
    document = documents.add(body(), CARD, operator())
    with pytest.raises(RecordRefused):
        documents.withdraw(document, "", operator())
    documents.withdraw(document, "it was of the next body", operator())
    document.refresh_from_db()
    assert document.withdrawn_by == operator().actor
    with pytest.raises(BadRecord):
        documents.add(document.subject, NewDocument("birth-mark", "", "x"), operator())


def test_the_pictures_go_when_the_person_speaks(instance: Instance) -> None:
    document = documents.add(living(), CARD, operator(), picture())
    services.person_spoke(document.subject, operator().actor)
    complete_shreds()
    document.refresh_from_db()
    assert document.sha256 == ""
    with pytest.raises(KeyGone):
        store.open(str(document.pk))


def test_examiners_never_see_a_claim(instance: Instance) -> None:
    subject = body()
    kept = claims.add(subject, claim(given_over=True), operator())
    examiner, recorder = staff("examiner", Role.MORTUARY_EXAMINER), staff("recorder", Role.FIELD_RECORDER)
    for who in (examiner, recorder):
        with pytest.raises(Refused):
            claims.of_subject(subject, who)
    board = staff("board", Role.BOARD_MEMBER)
    assert claims.of_subject(subject, board) == [kept]
    assert Entry.objects.filter(action="remains:claim:look", actor=board.actor).count() == 1
    # What is told of a subject elsewhere tells nothing of it.
    assert "Nobody" not in repr(queries.subjects(examiner))


def test_a_claim_names_who_said_it_and_how(instance: Instance) -> None:
    subject = body()
    for wrong in (claim(claimant=" "), claim(shown="a dream"), claim(heard_by=""), claim(said_on=date(2999, 1, 1))):
        with pytest.raises(BadRecord):
            claims.add(subject, wrong, operator())
    with pytest.raises(NotHere):
        claims.add(subject, claim(), stranger())
    assert not RecognitionClaim.objects.exists()
    kept = claims.add(subject, claim(buried_on_it=True), operator())
    claims.withdraw(kept, "she saw another photograph", operator())
    kept.refresh_from_db()
    assert kept.withdraw_reason == "she saw another photograph"
