"""Django settings of one instance, whose folder the environment variable ANTIGONE_INSTANCE names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from antigone.instance import Instance, InstanceError
from antigone.upkeep import databases, serving
from antigone.vault import instance_key
from antigone.vault.errors import VaultError

ANTIGONE = Instance(Path(os.environ.get("ANTIGONE_INSTANCE", ".")).absolute())
ANTIGONE_SETTINGS: dict[str, Any] = ANTIGONE.settings() if ANTIGONE.exists() else {}

DEBUG = False
USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def _secret_key() -> str:
    """Django's signing key, drawn from the instance key so that there is one secret less to keep."""
    try:
        return instance_key.derive(instance_key.load(ANTIGONE), "django signing 1").hex()
    except (VaultError, InstanceError, OSError):
        # No instance yet (antigone init, the type checker) or a locked key: nothing signed so lives past this
        # process.
        return os.urandom(32).hex()


SECRET_KEY = _secret_key()

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "antigone.ledger",
    "antigone.jobs",
    "antigone.access",
    "antigone.vault",
    "antigone.enrolment",
    "antigone.description",
    "antigone.intake",
    "antigone.missing",
    "antigone.remains",
    "antigone.casework",
    "antigone.web",
    "antigone.api",
]

DATABASES = {"default": databases.of(ANTIGONE, ANTIGONE_SETTINGS)}

LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "antigone.upkeep.logs.Places", "format": LINE}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "antigone.api": {"handlers": ["stderr"], "level": "INFO"},
        "antigone.jobs": {"handlers": ["stderr"], "level": "INFO"},
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "waitress": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
    },
}

# Everything about pages, sign-in and answers over HTTP stands in a module of its own.
from antigone.site.pages import *  # noqa: E402, F403

# The people who never lived, whom one practises on; where their pictures are left out, the practice room says so.
PRACTICE_PICTURES = Path(__file__).resolve().parent.parent / "demo" / "cohort"

# Under which names people come to the pages, as antigone.toml says.
SERVING = serving.of(ANTIGONE_SETTINGS)
ALLOWED_HOSTS = [*ALLOWED_HOSTS, *SERVING.names]  # noqa: F405

# What a form may hold; pictures go to files without a name inside the instance, each bounded by imaging in the end.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 200
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "antigone.upkeep.uploads.UnnamedFileHandler",
]
