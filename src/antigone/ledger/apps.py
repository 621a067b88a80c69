"""The Django application of the ledger."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "antigone.ledger"
    label = "ledger"

    def ready(self) -> None:
        from antigone.ledger import actions  # noqa: F401  (registers the ledger's own actions)
