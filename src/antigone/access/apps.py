"""The Django application of agencies, operators, roles and mandates."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "antigone.access"
    label = "access"

    def ready(self) -> None:
        from antigone.access import actions, receivers, tasks  # noqa: F401  (ledger actions; sign-ins; daily work)
