"""Reads what hangs on a subject, noun by noun: each list one query, each look-up by number or id as if others were not.

What leads an examiner's eyes is not read here: claims of recognition have their own door (claims.py), and what stands
on papers and discs is left out for whoever examines.
"""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.remains import disclosing, open_source, own
from antigone.remains.models import (
    AliasCode,
    Attestation,
    Burial,
    FoundDocument,
    IdentityDisc,
    KinChoice,
    OpenSourceItem,
    Photograph,
    Release,
    Sample,
    SampleDraw,
    SampleItem,
    Statement,
    Storage,
    Subject,
)

M = TypeVar("M", bound=Model)


def photographs(subject: Subject, who: Operator) -> list[Photograph]:
    """The photographs of a subject, veiled, in the order in which they came."""
    own.may_read(who, subject)
    return list(Photograph.objects.filter(subject=subject).select_related("subject").order_by("added_at", "pk"))


def attestations(subject: Subject, who: Operator) -> list[Attestation]:
    """What clinicians attested of a living person, the latest word first."""
    own.may_read(who, subject)
    return list(Attestation.objects.filter(subject=subject).order_by("-attested_at", "-pk"))


def aliases(subject: Subject, who: Operator) -> list[AliasCode]:
    """The codes of other agencies, those that ended too."""
    own.may_read(who, subject)
    return list(AliasCode.objects.filter(subject=subject).order_by("pk"))


def samples(subject: Subject, who: Operator) -> list[Sample]:
    """The samples of a subject, by their references."""
    own.may_read(who, subject)
    return list(Sample.objects.filter(subject=subject).order_by("reference"))


def discs(subject: Subject, who: Operator) -> list[IdentityDisc]:
    """What was said of the identity disc, the latest first; without the inscription for whoever examines."""
    own.may_read(who, subject)
    found = list(IdentityDisc.objects.filter(subject=subject).order_by("-pk"))
    if not disclosing.inscriptions_shown(who):
        for each in found:
            each.inscription = ""
    return found


def storages(subject: Subject, who: Operator) -> list[Storage]:
    """Where a subject lay, in order; the last one may hold still."""
    own.may_read(who, subject)
    return list(Storage.objects.filter(subject=subject).order_by("since", "pk"))


def releases(subject: Subject, who: Operator) -> list[Release]:
    """The releases of a subject, the latest first; another agency is not told to whom."""
    own.may_read(who, subject)
    found = list(Release.objects.filter(subject=subject).order_by("-pk"))
    if subject.agency_id != who.agency_id:
        for each in found:
            each.to_whom = each.capacity = ""
    return found


def kin_choices(subject: Subject, who: Operator) -> list[KinChoice]:
    """What kin chose about fragments found later, the latest first; an agreement about remains tells of no kin."""
    own.may_read(who, subject)
    if subject.agency_id != who.agency_id:
        return []
    return list(KinChoice.objects.filter(subject=subject).order_by("-pk"))


def documents(subject: Subject, who: Operator) -> list[FoundDocument]:
    """What a subject carried, those withdrawn too; the pictures of it are behind their veil.

    Whoever examines reads that there was a paper, and nothing that stands on it.
    """
    own.may_read(who, subject)
    found = FoundDocument.objects.filter(subject=subject).select_related("subject").order_by("recorded_at", "pk")
    return [_as_shown(each, who) for each in found]


def open_source_items(subject: Subject, who: Operator) -> list[OpenSourceItem]:
    """The public items of a subject, the latest first, for who proposes or approves them."""
    own.may(who, open_source.permission_of(who), subject)
    return list(OpenSourceItem.objects.filter(subject=subject).order_by("-proposed_at", "pk"))


def draws(who: Operator, before: int | None = None, limit: int = 50) -> list[SampleDraw]:
    """The draws of the reviewer's agency, the latest first; `before` is the last number that was seen."""
    access.require(who, Permission.SAMPLE_REVIEW, object=f"agency:{who.agency_id}")
    found = SampleDraw.objects.filter(agency=who.agency_id)
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found.order_by("-pk")[: max(1, min(limit, 200))])


def alias(who: Operator, pk: int) -> AliasCode:
    """The alias of this number; raises NotHere or Refused, as all of these."""
    return _of_subject(who, AliasCode.objects.all(), pk)


def sample(who: Operator, pk: int) -> Sample:
    """The sample of this number."""
    return _of_subject(who, Sample.objects.all(), pk)


def release(who: Operator, pk: int) -> Release:
    """The release of this number."""
    return _of_subject(who, Release.objects.all(), pk)


def burial(who: Operator, pk: int) -> Burial:
    """The burial of this number."""
    return _of_subject(who, Burial.objects.select_related("site", "exhumation"), pk)


def document(who: Operator, pk: UUID) -> FoundDocument:
    """The document of this id, as `documents` shows it."""
    return _as_shown(_of_subject(who, FoundDocument.objects.all(), pk), who)


def statement(who: Operator, pk: int) -> Statement:
    """The statement of this number."""
    return _of_subject(who, Statement.objects.all(), pk)


def open_source_item(who: Operator, pk: UUID) -> OpenSourceItem:
    """The public item of this id, for who proposes or approves them."""
    found = OpenSourceItem.objects.select_related("subject").filter(pk=pk).first()
    if found is None:
        raise own.not_here()
    own.may(who, open_source.permission_of(who), found.subject)
    return found


def sample_draw(who: Operator, pk: int) -> SampleDraw:
    """The draw of this number, for the reviewer."""
    access.require(who, Permission.SAMPLE_REVIEW, object=f"agency:{who.agency_id}")
    found = SampleDraw.objects.filter(pk=pk, agency=who.agency_id).first()
    if found is None:
        raise own.not_here()
    return found


def sample_item(who: Operator, pk: int) -> SampleItem:
    """The photograph of this number in a draw, for the reviewer."""
    access.require(who, Permission.SAMPLE_REVIEW, object=f"agency:{who.agency_id}")
    found = SampleItem.objects.select_related("draw").filter(pk=pk, draw__agency=who.agency_id).first()
    if found is None:
        raise own.not_here()
    return found


def _as_shown(document: FoundDocument, who: Operator) -> FoundDocument:
    if not disclosing.inscriptions_shown(who):
        document.names_on_it = document.dates_on_it = document.number_on_it = document.words = document.sha256 = ""
    return document


def _of_subject(who: Operator, rows: QuerySet[M], pk: int | UUID) -> M:
    found = rows.select_related("subject").filter(pk=pk).first()
    if found is None:
        raise own.not_here()
    subject: Subject = found.subject  # type: ignore[attr-defined]
    own.may_read(who, subject)
    return found
