"""The Django application of statements."""

from django.apps import AppConfig


class DescriptionConfig(AppConfig):
    name = "antigone.description"
    label = "description"
