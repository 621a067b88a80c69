"""The Django application of the enrolment room."""

from django.apps import AppConfig


class EnrolmentConfig(AppConfig):
    name = "antigone.enrolment"
    label = "enrolment"

    def ready(self) -> None:
        from antigone.enrolment import actions  # noqa: F401  (registers this room's ledger actions)
