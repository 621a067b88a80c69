"""The one task of the queue: it runs the job whose number it carries."""

from __future__ import annotations

from django_tasks import task

from antigone.jobs import running


@task()
def run_job(pk: int) -> str:
    return running.run(pk)
