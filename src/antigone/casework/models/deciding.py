"""What a board decides on and by: evidence on its own lines, proposals, votes, quorums, and numbered decisions."""

from __future__ import annotations

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from antigone.access.models import Agency
from antigone.casework.models.cases import Case


class LineKind(models.TextChoices):
    """What a line of evidence is of. A face has no line that is written by hand: examinations speak for themselves."""

    FRICTION_RIDGE = "friction-ridge", _("friction ridges")
    DENTAL = "dental", _("teeth")
    DNA = "dna", _("DNA")
    IMPLANT = "implant", _("implant with a serial number")
    EFFECTS = "effects", _("clothing and effects")
    MARKS = "marks", _("scars, marks and tattoos")
    MEDICAL = "medical", _("medical findings")
    DOCUMENTS = "documents", _("documents")
    CIRCUMSTANCES = "circumstances", _("circumstances and place")
    BIOLOGY = "biology", _("sex, age, stature and the like")
    RECOGNITION = "recognition", _("recognition by somebody")
    CONFIRMATION = "confirmation", _("the living person's own confirmation")


class LineFinding(models.TextChoices):
    """Which way a line points, with the proposition that the subject is the person."""

    SUPPORTS = "supports", _("supports")
    CONTRADICTS = "contradicts", _("contradicts")
    INCONCLUSIVE = "inconclusive", _("inconclusive")


class EvidenceLine(models.Model):
    """One line of evidence about one case and one person; withdrawn with a reason, never overwritten.

    `origin` says where it comes from (a document, an informant, a sample); two lines of one origin, or of which one
    rests on the other (`depends_on`, their numbers), are one line for whoever counts them. `laboratory`, `reference`,
    `dated` and `log10_lr` are a laboratory's, as it gave them. `claim` is the RecognitionClaim of a recognition.
    `person` is null once they were erased; then the words are gone too.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="evidence_lines")
    person = models.BigIntegerField(null=True, db_index=True)
    kind = models.CharField(max_length=16, choices=LineKind.choices)
    finding = models.CharField(max_length=12, choices=LineFinding.choices)
    words = models.TextField()
    origin = models.CharField(max_length=200)
    depends_on = models.JSONField(default=list)
    laboratory = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=120, blank=True)
    dated = models.DateField(null=True)
    log10_lr = models.FloatField(null=True)
    claim = models.BigIntegerField(null=True)
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=64, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdraw_reason = models.CharField(max_length=400, blank=True)

    class Meta:
        indexes = (models.Index(fields=["case", "person"], name="evidence_of_a_case"),)

    def __str__(self) -> str:
        return f"evidence {self.pk}: {self.kind}"


class QuorumSetting(models.Model):
    """How many votes make a board of an agency, from when; the last one counts."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="quorums")
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=400)
    set_by = models.CharField(max_length=64)
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"quorum of {self.number}"


class DecisionKind(models.TextChoices):
    """What a board can be asked to decide; each kind has a series of numbers of its own."""

    IDENTIFY = "identify", _("identification: the subject is this person")
    EXCLUDE = "exclude", _("exclusion: the subject is not this person")
    SET_ASIDE = "set-aside", _("set aside unresolved")
    REVOKE = "revoke", _("revocation of an earlier decision")

    @property
    def series(self) -> str:
        """The letters before the number."""
        return _SERIES[self]

    @property
    def noun(self) -> Promise:
        """What one such decision is called."""
        return _NOUNS[self]


_SERIES = {
    DecisionKind.IDENTIFY: "ID",
    DecisionKind.EXCLUDE: "EX",
    DecisionKind.SET_ASIDE: "US",
    DecisionKind.REVOKE: "RV",
}
_NOUNS: dict[DecisionKind, Promise] = {
    DecisionKind.IDENTIFY: _("identification"),
    DecisionKind.EXCLUDE: _("exclusion"),
    DecisionKind.SET_ASIDE: _("case set aside unresolved"),
    DecisionKind.REVOKE: _("revocation"),
}


class ProposalState(models.TextChoices):
    """How a proposal stands."""

    OPEN = "open", _("before the board")
    ADOPTED = "adopted", _("adopted")
    REJECTED = "rejected", _("not adopted")
    WITHDRAWN = "withdrawn", _("withdrawn")
    ENDED = "ended", _("ended: what it rested on is gone")


class Proposal(models.Model):
    """A question before the board: who asked it, why, and what they had seen that speaks against it.

    `acknowledged` are the keys of rivals and contradictions that were read (`rivals.Rival.key`). `quorum` is that of
    the agency when it was proposed; a lower one set afterwards does not ease it. `revokes` is the decision that it
    would take back. `person` is null for a case set aside as a whole, and once the person was erased.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="proposals")
    person = models.BigIntegerField(null=True, db_index=True)
    kind = models.CharField(max_length=12, choices=DecisionKind.choices)
    revokes = models.ForeignKey("Decision", on_delete=models.PROTECT, null=True, related_name="revocation_proposals")
    reasons = models.TextField()
    acknowledged = models.JSONField(default=list)
    quorum = models.PositiveSmallIntegerField()
    proposed_by = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=ProposalState.choices, default=ProposalState.OPEN)
    ended_by = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["case", "person", "kind"],
                condition=models.Q(state="open", revokes__isnull=True),
                name="a_question_once_before_the_board",
            ),
            models.UniqueConstraint(
                fields=["revokes"], condition=models.Q(state="open"), name="a_revocation_once_before_the_board"
            ),
        )
        indexes = (models.Index(fields=["state", "proposed_at"], name="proposals_by_state"),)

    def __str__(self) -> str:
        return f"proposal {self.pk}"


class Choice(models.TextChoices):
    """What a member of the board can vote."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    ABSTAIN = "abstain", _("abstain")


class Vote(models.Model):
    """One member's vote with their reasons; one that was changed stays, with when it was.

    `basis` is the digest of the evidence that they voted on: a vote on other evidence than there is now does not count.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="votes")
    actor = models.CharField(max_length=64)
    choice = models.CharField(max_length=8, choices=Choice.choices)
    reasons = models.TextField(blank=True)
    basis = models.CharField(max_length=64)
    cast_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["proposal", "actor"], condition=models.Q(replaced_at__isnull=True), name="one_vote_each"
            ),
        )

    def __str__(self) -> str:
        return f"vote {self.pk} on {self.proposal_id}"


class Decision(models.Model):
    """What a board decided: its number, all that it rests on, and the digest over that, which the ledger has too.

    `serial` is unique (“ID-1-2026-0001”: series, agency, year, number); numbers of a series have no gaps. `content` is
    null once it was emptied by an erasure; the digest stays. `review_at` says since when, and `review_why` for what, it
    is to be looked at again. A decision that was revoked has `revoked_at`, and `revoked_by` is the revocation, itself a
    decision of the kind REVOKE whose `proposal.revokes` it is.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="decisions")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    subject = models.BigIntegerField(db_index=True)
    person = models.BigIntegerField(null=True, db_index=True)
    kind = models.CharField(max_length=12, choices=DecisionKind.choices)
    ground = models.CharField(max_length=16)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="decision")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    serial = models.CharField(max_length=40, unique=True)
    content = models.JSONField(null=True)
    digest = models.CharField(max_length=64)
    decided_at = models.DateTimeField()
    review_at = models.DateTimeField(null=True)
    review_why = models.CharField(max_length=400, blank=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="revoked")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["agency", "kind", "year", "number"], name="a_number_once_in_a_series"),
            # One body is one person, until it is revoked.
            models.UniqueConstraint(
                fields=["subject"],
                condition=models.Q(kind="identify", revoked_at__isnull=True),
                name="a_subject_identified_once",
            ),
        )
        indexes = (
            models.Index(fields=["agency", "-decided_at", "-id"], name="decisions_newest_first"),
            models.Index(
                fields=["review_at"], name="decisions_for_review", condition=models.Q(review_at__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return self.serial

    @property
    def standing(self) -> bool:
        return self.revoked_at is None
