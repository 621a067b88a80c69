"""The Django application of the ante-mortem records."""

from django.apps import AppConfig


class MissingConfig(AppConfig):
    name = "antigone.missing"
    label = "missing"

    def ready(self) -> None:
        from antigone.missing import actions, daily, withholding  # noqa: F401  (ledger actions; daily work; events)
