"""The records of the post-mortem side, a file a noun."""

from __future__ import annotations

from antigone.remains.models.codes import AliasCode, CodeReservation
from antigone.remains.models.custody import CustodyStep
from antigone.remains.models.found import DocumentKind, FoundDocument, RecognitionClaim, ShownAs
from antigone.remains.models.individuals import Association, AssociationEvent, Deed, Individual
from antigone.remains.models.open_source import OpenSourceItem, OpenSourceState
from antigone.remains.models.photographs import Photograph
from antigone.remains.models.resting import (
    Burial,
    BurialKind,
    DiscState,
    Exhumation,
    IdentityDisc,
    KinChoice,
    LaterFragments,
    Release,
    ReleaseState,
    Storage,
)
from antigone.remains.models.samples import Identifier, Sample, SampleKind
from antigone.remains.models.sampling import SampleDraw, SampleItem, Verdict
from antigone.remains.models.sites import Precision, RecoveryEvent, Site, SiteKind
from antigone.remains.models.statements import Statement, SubjectToken
from antigone.remains.models.subjects import Attestation, Subject, SubjectKind

__all__ = [
    "AliasCode",
    "Association",
    "AssociationEvent",
    "Attestation",
    "Burial",
    "BurialKind",
    "CodeReservation",
    "CustodyStep",
    "Deed",
    "DiscState",
    "DocumentKind",
    "Exhumation",
    "FoundDocument",
    "Identifier",
    "IdentityDisc",
    "Individual",
    "KinChoice",
    "LaterFragments",
    "OpenSourceItem",
    "OpenSourceState",
    "Photograph",
    "Precision",
    "RecognitionClaim",
    "RecoveryEvent",
    "Release",
    "ReleaseState",
    "Sample",
    "SampleDraw",
    "SampleItem",
    "SampleKind",
    "ShownAs",
    "Site",
    "SiteKind",
    "Statement",
    "Storage",
    "Subject",
    "SubjectKind",
    "SubjectToken",
    "Verdict",
]
