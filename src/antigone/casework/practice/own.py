"""One's own exercises, and nobody else's: the one answer for what does not exist and what is not open to somebody."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework.errors import NotHere
from antigone.casework.models import PracticeExercise, PracticePair, PracticePicture


def not_here() -> NotHere:
    return NotHere(_("There is no such exercise here. Nothing was changed."))


def allowed(who: Operator) -> None:
    """Return where somebody may practise; raises Refused."""
    access.require(who, Permission.PRACTICE_DO, object=f"agency:{who.agency_id}")


def exercise(key: UUID, who: Operator) -> PracticeExercise:
    """One's own exercise; raises NotHere or Refused."""
    allowed(who)
    found = PracticeExercise.objects.filter(pk=key, actor=who.actor).first()
    if found is None:
        raise not_here()
    return found


def pair(key: UUID, who: Operator) -> PracticePair:
    """A pair of one's own exercise; raises NotHere or Refused."""
    allowed(who)
    found = PracticePair.objects.select_related("exercise").filter(pk=key, exercise__actor=who.actor).first()
    if found is None:
        raise not_here()
    return found


def file_of(pair_of: PracticePair, side: str, picture: UUID | None = None) -> str:
    """The file of a picture of a pair; without a key the only one of its side. Raises NotHere."""
    found = PracticePicture.objects.filter(pair=pair_of, side=side)
    one = (found.filter(pk=picture) if picture is not None else found.order_by("place")).first()
    if one is None:
        raise not_here()
    return one.file
