"""What awaits the reviewer besides the reviews of records: a sample to draw, or one that is not done."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.remains import reading, review
from antigone.web.desk.sections import Awaiting, section

# Once a month somebody who searches nothing looks at what was searched with.
EVERY = timedelta(days=30)


@section("review:sample", gettext_lazy("The random sample"), order=30, any_of=[Permission.SAMPLE_REVIEW])
def sample(who: Operator) -> list[Awaiting]:
    found = reading.draws(who, limit=1)
    if not found:
        note = _("No sample was drawn yet: photographs at random, with what allowed each of them.")
        return [Awaiting(title=_("Draw a sample"), url=reverse("web:review:draw"), note=note)]
    last, left = found[0], review.marks(found)[found[0].pk].left
    if left:
        words = ngettext("%(number)d photograph is not marked yet", "%(number)d photographs are not marked yet", left)
        title = _("Sample %(number)s") % {"number": last.pk}
        url = reverse("web:review:sample", args=[last.pk])
        return [Awaiting(title=title, url=url, note=words % {"number": left})]
    if timezone.now() - last.drawn_at < EVERY:
        return []
    return [
        Awaiting(
            title=_("Draw a sample"),
            url=reverse("web:review:draw"),
            note=_("The last was drawn on %(day)s.")
            % {"day": date_format(timezone.localtime(last.drawn_at), "DATE_FORMAT")},
            badge=_("overdue"),
            badge_kind="warning",
        )
    ]
