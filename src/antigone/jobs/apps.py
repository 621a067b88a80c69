"""The Django application of work that takes a while."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "antigone.jobs"
    label = "jobs"
