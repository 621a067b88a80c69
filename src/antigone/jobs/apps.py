"""The Django application of work that takes a while."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "antigone.jobs"
    label = "jobs"

    def ready(self) -> None:
        from antigone.jobs import actions, housekeeping  # noqa: F401  (ledger actions; this room's own daily work)
