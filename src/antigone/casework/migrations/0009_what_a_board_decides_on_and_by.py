"""Evidence on its own lines, proposals before the board, votes, quorums, and numbered decisions."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_signing_in_and_tokens"),
        ("casework", "0008_orders_of_sampling"),
    ]

    operations = [
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.BigIntegerField(db_index=True)),
                ("person", models.BigIntegerField(db_index=True, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("identify", "identification: the subject is this person"),
                            ("exclude", "exclusion: the subject is not this person"),
                            ("set-aside", "set aside unresolved"),
                            ("revoke", "revocation of an earlier decision"),
                        ],
                        max_length=12,
                    ),
                ),
                ("ground", models.CharField(max_length=16)),
                ("year", models.PositiveSmallIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("serial", models.CharField(max_length=40, unique=True)),
                ("content", models.JSONField(null=True)),
                ("digest", models.CharField(max_length=64)),
                ("decided_at", models.DateTimeField()),
                ("review_at", models.DateTimeField(null=True)),
                ("review_why", models.CharField(blank=True, max_length=400)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="access.agency"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="casework.case"
                    ),
                ),
                (
                    "revoked_by",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revoked",
                        to="casework.decision",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.BigIntegerField(db_index=True, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("identify", "identification: the subject is this person"),
                            ("exclude", "exclusion: the subject is not this person"),
                            ("set-aside", "set aside unresolved"),
                            ("revoke", "revocation of an earlier decision"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reasons", models.TextField()),
                ("acknowledged", models.JSONField(default=list)),
                ("quorum", models.PositiveSmallIntegerField()),
                ("proposed_by", models.CharField(max_length=64)),
                ("proposed_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "before the board"),
                            ("adopted", "adopted"),
                            ("rejected", "not adopted"),
                            ("withdrawn", "withdrawn"),
                            ("ended", "ended: what it rested on is gone"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("ended_by", models.CharField(blank=True, max_length=64)),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.CharField(blank=True, max_length=400)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proposals", to="casework.case"
                    ),
                ),
                (
                    "revokes",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revocation_proposals",
                        to="casework.decision",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="decision",
            name="proposal",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="decision", to="casework.proposal"
            ),
        ),
        migrations.CreateModel(
            name="QuorumSetting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("reason", models.CharField(max_length=400)),
                ("set_by", models.CharField(max_length=64)),
                ("set_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="quorums", to="access.agency"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("actor", models.CharField(max_length=64)),
                (
                    "choice",
                    models.CharField(choices=[("yes", "yes"), ("no", "no"), ("abstain", "abstain")], max_length=8),
                ),
                ("reasons", models.TextField(blank=True)),
                ("basis", models.CharField(max_length=64)),
                ("cast_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField(null=True)),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="votes", to="casework.proposal"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EvidenceLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.BigIntegerField(db_index=True, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("friction-ridge", "friction ridges"),
                            ("dental", "teeth"),
                            ("dna", "DNA"),
                            ("implant", "implant with a serial number"),
                            ("effects", "clothing and effects"),
                            ("marks", "scars, marks and tattoos"),
                            ("medical", "medical findings"),
                            ("documents", "documents"),
                            ("circumstances", "circumstances and place"),
                            ("biology", "sex, age, stature and the like"),
                            ("recognition", "recognition by somebody"),
                            ("confirmation", "the living person's own confirmation"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "finding",
                    models.CharField(
                        choices=[
                            ("supports", "supports"),
                            ("contradicts", "contradicts"),
                            ("inconclusive", "inconclusive"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.TextField()),
                ("origin", models.CharField(max_length=200)),
                ("depends_on", models.JSONField(default=list)),
                ("laboratory", models.CharField(blank=True, max_length=200)),
                ("reference", models.CharField(blank=True, max_length=120)),
                ("dated", models.DateField(null=True)),
                ("log10_lr", models.FloatField(null=True)),
                ("claim", models.BigIntegerField(null=True)),
                ("recorded_by", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("withdrawn_by", models.CharField(blank=True, max_length=64)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdraw_reason", models.CharField(blank=True, max_length=400)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="evidence_lines", to="casework.case"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case", "person"], name="evidence_of_a_case")],
            },
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["state", "proposed_at"], name="proposals_by_state"),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revokes__isnull", True), ("state", "open")),
                fields=("case", "person", "kind"),
                name="a_question_once_before_the_board",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("revokes",), name="a_revocation_once_before_the_board"
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["agency", "-decided_at", "-id"], name="decisions_newest_first"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("review_at__isnull", False)), fields=["review_at"], name="decisions_for_review"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                fields=("agency", "kind", "year", "number"), name="a_number_once_in_a_series"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "identify"), ("revoked_at__isnull", True)),
                fields=("subject",),
                name="a_subject_identified_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_at__isnull", True)), fields=("proposal", "actor"), name="one_vote_each"
            ),
        ),
    ]
