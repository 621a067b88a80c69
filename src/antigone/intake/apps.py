"""The Django application of enquiries."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "antigone.intake"
    label = "intake"
