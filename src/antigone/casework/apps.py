"""The Django application of casework."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "antigone.casework"
    label = "casework"

    def ready(self) -> None:
        from antigone.casework import actions, forgetting, receivers, tasks  # noqa: F401  (actions; events from below; work)
