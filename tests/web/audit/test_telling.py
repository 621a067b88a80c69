"""What the ledger says of itself is told in Ukrainian."""

from __future__ import annotations

import re

from django.utils.translation import override

from antigone.ledger import services as ledger
from antigone.ledger.rules import whole
from antigone.web.audit import telling

LATIN = re.compile(r"[A-Za-z]{4,}")


def test_the_answer_of_a_verification_is_known(instance: object) -> None:
    found = ledger.verify()
    for text in (found.sentence, *found.notes):
        assert telling.KNOWN.knows(text), text
        with override("uk"):
            assert not LATIN.search(telling.sentence(text))


def test_a_fault_is_told_with_its_entry_and_its_place() -> None:
    begun = f"{whole(3, 7)} is not what was signed: the checkpoint in the database over 8 entries over 8 entries has "
    text = f"{begun}another root. History was rewritten. Nothing was changed by this check."
    assert telling.KNOWN.knows(text)
    with override("uk"):
        said = telling.sentence(text)
    assert {"3", "7", "8"} <= set(re.findall(r"\d+", said))
    assert not LATIN.search(said)
