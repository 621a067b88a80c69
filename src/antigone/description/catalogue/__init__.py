"""The one vocabulary of both sides: every field that may be stated, block by block."""

from __future__ import annotations

from antigone.description.catalogue.belongings import BELONGINGS
from antigone.description.catalogue.condition import CONDITION
from antigone.description.catalogue.dental import DENTAL
from antigone.description.catalogue.disappearance import DEATH, DISAPPEARANCE
from antigone.description.catalogue.identifiers import ACCOUNTS, IDENTIFIERS
from antigone.description.catalogue.identity import BIRTH, NAMES, PERSON
from antigone.description.catalogue.marks import MARKS
from antigone.description.catalogue.medical import MEDICAL
from antigone.description.catalogue.physical import PHYSICAL
from antigone.description.catalogue.service import SERVICE
from antigone.description.fields import Block, Field, Kind, Part, Side

__all__ = ["BLOCKS", "FIELDS", "Block", "Field", "Kind", "Part", "Side", "blocks"]

BLOCKS: tuple[Block, ...] = (
    NAMES,
    BIRTH,
    PERSON,
    SERVICE,
    DISAPPEARANCE,
    CONDITION,
    DEATH,
    PHYSICAL,
    MARKS,
    BELONGINGS,
    MEDICAL,
    DENTAL,
    IDENTIFIERS,
    ACCOUNTS,
)

FIELDS: dict[str, Field] = {field.key: field for block in BLOCKS for field in block.fields}


def blocks(side: Side) -> list[Block]:
    """The blocks of one side, with that side's fields, in the order in which they are asked."""
    found = [block.of(side) for block in BLOCKS]
    return [block for block in found if block.fields]
