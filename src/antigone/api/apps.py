"""The Django application of the programs' door."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "antigone.api"
    label = "api"
