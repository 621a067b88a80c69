"""The Django application of enquiries."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "antigone.intake"
    label = "intake"

    def ready(self) -> None:
        from antigone.intake import actions  # noqa: F401  (registers this room's ledger actions)
