"""Django settings of one instance, whose folder the environment variable ANTIGONE_INSTANCE names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from antigone.instance import Instance, InstanceError
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

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ANTIGONE.database,
        "OPTIONS": {
            # BEGIN IMMEDIATE: a writer waits its turn at the start, instead of failing at its first write.
            "transaction_mode": "IMMEDIATE",
            "timeout": 60,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
                "PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536; PRAGMA mmap_size=0;"
            ),
        },
    }
}

LOGGING = {"version": 1, "disable_existing_loggers": False}

# Everything about pages, sign-in and answers over HTTP stands in a module of its own.
from antigone.site.pages import *  # noqa: E402, F403
