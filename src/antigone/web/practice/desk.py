"""On the desk: an exercise that is begun and not finished."""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework.practice import exercises
from antigone.web.desk.sections import Awaiting, section


@section("practice:begun", gettext_lazy("Practice that you have begun"), order=50, any_of=[Permission.PRACTICE_DO])
def begun(who: Operator) -> list[Awaiting]:
    found = exercises.open_one(who)
    if found is None:
        return []
    return [
        Awaiting(
            title=str(found.kind.label).capitalize(),
            url=reverse("web:practice:exercise", args=[found.key]),
            note=_("Begun on %(when)s UTC.") % {"when": date_format(found.begun_at, "DATETIME_FORMAT")},
            badge=_("practice"),
            badge_kind="practice",
        )
    ]
