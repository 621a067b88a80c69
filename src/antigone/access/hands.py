"""Which person stands behind an actor: where two persons are asked for, a person and their own program are one."""

from __future__ import annotations

from antigone.access.models import Operator, Token


def person_behind(who: Operator) -> Operator:
    """The person themselves; of a program, whoever answers for its token."""
    if not who.machine:
        return who
    token = Token.objects.select_related("holder").filter(operator=who).first()
    return token.holder if token is not None else who
