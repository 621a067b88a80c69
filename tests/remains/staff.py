"""People and subjects that the tests of this room need: operators by role, of this agency and of another."""

from __future__ import annotations

import io
from datetime import date

from PIL import Image

from antigone.access import services as access
from antigone.access.models import Agency, Operator
from antigone.access.rules import Role
from antigone.remains import services
from antigone.remains.models import Subject
from antigone.remains.services import Particulars
from tests.factories import operator


def staff(name: str, *roles: Role, agency: Agency | None = None) -> Operator:
    """An operator with these roles, of the founding agency or of another."""
    actor = operator().actor
    found = Operator.objects.filter(name=name).first()
    who = found or access.add_operator(name, agency or operator().agency, actor)
    for role in roles:
        access.grant_role(who, role, actor)
    return who


def stranger(*roles: Role) -> Operator:
    """An operator of another agency, who may do there whatever these roles do (by default everything)."""
    agency = Agency.objects.filter(name="Another agency").first()
    agency = agency or access.found_agency("Another agency", operator().actor)
    return staff("stranger", *(roles or tuple(Role)), agency=agency)


def body(code: str = "LIMEN-A-001", kind: str = "deceased", who: Operator | None = None) -> Subject:
    """A subject of the founding agency, or of the agency of `who`."""
    given = Particulars("river bank", date(2026, 1, 5), "A. Recorder")
    return services.open_subject(code, kind, given, (who or operator()).actor)


def living(code: str = "WARD-1") -> Subject:
    """A living person whom a clinician attests now."""
    from django.utils import timezone

    given = Particulars(attested_by="Dr A", attested_at=timezone.now())
    return services.open_subject(code, "unable-to-state-identity", given, operator().actor)


def picture(shade: int = 120) -> bytes:
    """A small PNG; another shade is another picture."""
    out = io.BytesIO()
    Image.new("RGB", (64, 64), (shade % 256, shade // 256 % 256, 90)).save(out, "PNG")
    return out.getvalue()
