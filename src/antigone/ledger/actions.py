"""The register of actions: what may be written to the ledger, how it reads, and what of it is personal."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from string import Formatter

from antigone.ledger.errors import UnknownAction

NAME = re.compile(r"[a-z][a-z0-9-]*:[a-z][a-z0-9-]*:[a-z][a-z0-9-]*")


@dataclass(frozen=True)
class Action:
    """A registered action: `room:noun:verb`, its sentence, and its redaction rule.

    `redact` names the payload keys that hold personal data. When any is named, erasure deletes the payload
    as a whole, with its salt; an empty tuple says that nothing in the payload is personal, and the payload
    stays. None says that nobody has decided: the payload goes, and recording one warns.
    """

    name: str
    sentence: str
    redact: tuple[str, ...] | None

    @property
    def room(self) -> str:
        return self.name.partition(":")[0]

    @property
    def personal(self) -> bool:
        """True when erasing the object deletes the payload."""
        return self.redact is None or bool(self.redact)


_register: dict[str, Action] = {}


def register(name: str, sentence: str, redact: Collection[str] | None = None) -> Action:
    """Register an action, once, from a room's actions.py.

    `sentence` may name {actor}, {object} and payload keys, plainly. Raises ValueError when the name is not
    `room:noun:verb`, the sentence is empty or does not parse, or the name is registered differently already.
    """
    if isinstance(redact, str):
        raise ValueError(f"{name}: redact is a tuple of payload keys, not one string")
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} is not an action name: room:noun:verb in small letters")
    if not sentence.strip():
        raise ValueError(f"{name}: an action needs its sentence")
    action = Action(name, sentence, None if redact is None else tuple(redact))
    for _, field, form, conversion in Formatter().parse(sentence):
        if field is not None and not (field.isidentifier() and not form and not conversion):
            raise ValueError(f"{name}: {{{field}}} is not the plain name of a payload key")
    known = _register.setdefault(name, action)
    if known != action:
        raise ValueError(f"{name} is registered already, with another sentence or redaction rule")
    return action


def get(name: str) -> Action:
    """The registered action of this name; raises UnknownAction."""
    try:
        return _register[name]
    except KeyError:
        raise UnknownAction(
            f"The action {name!r} is not registered. Nothing was written. Register it in its room's actions.py."
        ) from None


def every() -> list[Action]:
    """All registered actions, by name."""
    return [_register[name] for name in sorted(_register)]


class _Reading(dict[str, object]):
    """Payload values for a sentence; what is not there reads as a gap and not as a failure."""

    def __missing__(self, key: str) -> str:
        return "[erased]"


def describe(name: str, actor: str, object: str, payload: Mapping[str, object] | None) -> str:  # noqa: A002
    """The sentence of an entry; an action that this version does not know reads as its name."""
    known = _register.get(name)
    if known is None:
        return f"{actor} did {name} to {object}"
    return known.sentence.format_map(_Reading({**(payload or {}), "actor": actor, "object": object}))


def table() -> str:
    """The Markdown table of all registered actions, as docs/ledger.md shows it."""
    lines = ["| Action | Sentence | Blacked out at erasure |", "|---|---|---|"]
    for action in every():
        if action.redact is None:
            gone = "the whole payload (no rule given)"
        elif action.redact:
            gone = "the whole payload, for " + ", ".join(f"`{key}`" for key in action.redact)
        else:
            gone = "nothing: no personal data"
        lines.append(f"| `{action.name}` | {action.sentence} | {gone} |")
    return "\n".join(lines) + "\n"


PAYLOAD_ERASE = register(
    "ledger:payload:erase", "{actor} had the payloads of the entries about {object} erased", redact=()
)
COSIGN = register("ledger:checkpoint:cosign", "{actor} kept another agency's signature on {object}", redact=())
ROLLBACK = register(
    "ledger:tree:rollback",
    "{actor} accepted that {object} goes on from entry {kept}, where a signed checkpoint covered {covered}",
    redact=(),
)
