"""What awaits somebody among remains units and the living."""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.remains import waiting
from antigone.remains.models import Attestation, SubjectKind
from antigone.web.desk.sections import SHOWN, Awaiting, section
from antigone.web.remains import items, living

P = Permission


def _subject(pk: int) -> str:
    return reverse("web:remains:subject", args=[pk])


@section(
    "remains:attestations",
    gettext_lazy("Attestations that have run out, or soon will"),
    order=10,
    any_of=[P.ATTESTATION_RECORD],
    more=f"web:remains:list?kind={SubjectKind.UNABLE}",
)
def attestations(who: Operator) -> list[Awaiting]:
    found = []
    for each in waiting.attestations_ending(who, SHOWN + 1):
        held = living.standing(Attestation(attested_at=each.attested_at))  # type: ignore[attr-defined]
        url = reverse("web:remains:attest", args=[each.pk])
        note = _("A clinician attests again, or the search stands still.")
        found.append(Awaiting(each.code, url, note, held.words, "warning" if held.holds else "refusal"))
    return found


@section(
    "remains:releases", gettext_lazy("Releases that wait for a second signature"), order=20, any_of=[P.RELEASE_SIGN]
)
def releases(who: Operator) -> list[Awaiting]:
    return [
        Awaiting(
            each.subject.code,
            reverse("web:remains:sign", args=[each.pk]),
            _("to %(whom)s; read both codes again") % {"whom": each.to_whom},
        )
        for each in waiting.releases_to_sign(who, SHOWN + 1)
    ]


@section(
    "remains:items",
    gettext_lazy("Public items that wait for a second person"),
    order=20,
    any_of=[P.OPEN_SOURCE_APPROVE],
)
def public_items(who: Operator) -> list[Awaiting]:
    return [
        Awaiting(
            _("A public item for %(code)s") % {"code": each.subject.code},
            reverse("web:remains:item", args=[each.pk]),
            _("approve it, or refuse it, with a reason"),
            items.days_left(each),
        )
        for each in waiting.items_to_decide(who, SHOWN + 1)
    ]


@section(
    "remains:reviews",
    gettext_lazy("Records of the dead to be reviewed"),
    order=30,
    any_of=[P.RETENTION_REVIEW],
    more="web:remains:reviews",
)
def reviews(who: Operator) -> list[Awaiting]:
    found = []
    for each in waiting.reviews_due(who, SHOWN + 1):
        route = "web:remains:keep" if each.what == "subject" else "web:remains:photograph-keep"
        title = each.code if each.what == "subject" else _("A photograph of %(code)s") % {"code": each.code}
        note = _("due by %(when)s") % {"when": date_format(each.on, "DATE_FORMAT")}
        badge = (_("overdue"), "warning") if each.overdue else ("", "plain")
        found.append(Awaiting(title, reverse(route, args=[each.key]), note, *badge))
    return found


@section(
    "remains:drafts", gettext_lazy("Records that lack where, when or by whom"), order=40, any_of=[P.SUBJECT_RECORD]
)
def drafts(who: Operator) -> list[Awaiting]:
    note = _("complete it while it is known")
    return [
        Awaiting(each.code, reverse("web:remains:complete", args=[each.pk]), note)
        for each in waiting.drafts(who, SHOWN + 1)
    ]


@section("remains:photographs", gettext_lazy("Photographs that are missing"), order=40, any_of=[P.PHOTOGRAPH_ADD])
def photographs(who: Operator) -> list[Awaiting]:
    return [
        Awaiting(
            each.code,
            f"{_subject(each.pk)}#photographs",
            _("missing: %(shots)s") % {"shots": ", ".join(missing)},
        )
        for each, missing in waiting.photographs_missing(who, SHOWN + 1)
    ]


@section("remains:custody", gettext_lazy("Gaps in custody of the last month"), order=50, any_of=[P.CUSTODY_RECORD])
def custody(who: Operator) -> list[Awaiting]:
    return [
        Awaiting(
            each.subject.code,
            reverse("web:remains:custody", args=[each.subject_id]),
            each.gap or _("the seal was not the one that was put on"),
        )
        for each in waiting.custody_gaps(who, SHOWN + 1)
    ]
