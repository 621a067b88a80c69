"""Work that was asked for, and on which days the daily work was."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from antigone.jobs import registry


class State(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    STOPPED = "stopped", _("stopped")


class Job(models.Model):
    """One piece of work: who asked, how far it is, and what came of it.

    `agency` is the number of the agency whose records it works on, null for the instance's own work; `worker` and
    `attempts` together say whose turn it is, so that a worker given up for dead cannot write any more. `task` is the
    row of the queue that starts it.
    """

    kind = models.CharField(max_length=64)
    asked_by = models.CharField(max_length=64)
    agency = models.BigIntegerField(null=True)
    args = models.JSONField(default=dict)
    priority = models.SmallIntegerField(default=0)
    language = models.CharField(max_length=16, default="en")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    sentence = models.TextField(blank=True)
    result = models.JSONField(null=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=64, blank=True)
    task = models.UUIDField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["asked_by", "-id"], name="jobs_of_whoever_asked"),
            models.Index(fields=["agency", "state", "-id"], name="jobs_of_an_agency"),
            models.Index(
                fields=["state", "id"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="jobs_not_ended",
            ),
        )

    def __str__(self) -> str:
        return f"job {self.pk}: {self.kind}, {self.state}"

    @property
    def title(self) -> str:
        """What people call this work, in the language in use."""
        return registry.title_of(self.kind)

    @property
    def ended(self) -> bool:
        return self.state in ENDED

    @property
    def percent(self) -> int | None:
        """How far it is, in whole percent; None while nobody knows how much there is."""
        if self.state == State.DONE:
            return 100
        return min(100, 100 * self.done // self.total) if self.total else None


ENDED = (State.DONE, State.FAILED, State.STOPPED)
OPEN = (State.WAITING, State.RUNNING)


class DailyRun(models.Model):
    """That a kind of daily work was asked for on a day; there is no second on the same day."""

    kind = models.CharField(max_length=64)
    day = models.DateField()
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "day"], name="daily_work_once_a_day"),)

    def __str__(self) -> str:
        return f"{self.kind} on {self.day}"
