"""The Django application of the staff pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "antigone.web"
    label = "web"

    def ready(self) -> None:
        import pkgutil
        from importlib import import_module
        from importlib.util import find_spec

        from antigone import web
        from antigone.web import tasks  # noqa: F401  (registers the daily work)
        from antigone.web.drafts import following  # noqa: F401  (drafts follow what happens to records)

        # Each area contributes to the desk from a module of that name.
        for found in pkgutil.iter_modules(web.__path__):
            name = f"{web.__name__}.{found.name}.desk"
            if found.ispkg and find_spec(name) is not None:
                import_module(name)
