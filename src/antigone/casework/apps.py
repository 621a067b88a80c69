"""The Django application of casework."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "antigone.casework"
    label = "casework"

    def ready(self) -> None:
        # The actions; events from below; work.
        from antigone.casework import actions, receivers, tasks  # noqa: F401
        from antigone.casework.deciding import forgetting as emptying  # noqa: F401
        from antigone.casework.judging import forgetting, sampling  # noqa: F401
        from antigone.casework.reporting import forgetting as blanking  # noqa: F401
        from antigone.casework.searching import bulk_runs, standing_runs, waking  # noqa: F401
