"""The Django application of the post-mortem records."""

from django.apps import AppConfig


class RemainsConfig(AppConfig):
    name = "antigone.remains"
    label = "remains"

    def ready(self) -> None:
        from antigone.remains import actions, tasks  # noqa: F401  (ledger actions; daily work)
