"""What the commands of `antigone access` have in common: who may, who is meant, and how days and numbers are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from antigone.access.permissions import Permission
from antigone.cli.session import Session, open_session

if TYPE_CHECKING:
    from antigone.access.models import Operator

DAY = click.DateTime(["%Y-%m-%d"])
NUMBER = click.IntRange(1, 2**63 - 1)


def permitted(permission: Permission, instance: str | None, as_name: str | None) -> Session:
    """The session of somebody who may do this; a refusal is in the ledger."""
    session = open_session(instance, as_name)
    from antigone.access import services

    services.require(session.operator, permission, object=f"agency:{session.operator.agency_id}")
    return session


def named(session: Session, name: str) -> Operator:
    """The operator of one's own agency who is meant."""
    from antigone.access import queries

    found = queries.operator_named(session.operator.agency, name)
    if found is None:
        raise click.BadParameter(f"Your agency has no operator “{name}”; nothing was changed.", param_hint="NAME")
    return found
