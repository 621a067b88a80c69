"""What all tests share: an instance founded once a worker and copied for each test, and the models."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from antigone.instance import Instance
from antigone.upkeep.founding import found
from antigone.upkeep.opening import point_django_at


def pytest_configure() -> None:
    """Start Django before test modules are imported, on a folder that is no instance; it answers the test client."""
    point_django_at(Path(os.devnull) / "no-instance")
    from django.conf import settings

    # Under this name Django's test client asks.
    settings.ALLOWED_HOSTS.append("testserver")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Each test begins in English; a page that was read in another language leaves it in force for its thread."""
    from django.utils import translation

    yield
    translation.activate("en")


@pytest.fixture(scope="session")
def template_instance(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """An instance as `antigone init` makes it; no test changes it."""
    folder = tmp_path_factory.mktemp("template") / "instance"
    return found(folder, agency_name="Agency of the tests", operator_name="tester")


@pytest.fixture
def instance(template_instance: Instance, tmp_path: Path) -> Iterator[Instance]:
    """A fresh instance of the test's own, with Django, the vault and the ledger pointed at it."""
    from django.db import connections

    from antigone.enrolment import projection

    point_django_at(template_instance.root)
    connections.close_all()
    root = tmp_path / "instance"
    shutil.copytree(template_instance.root, root)
    opened = point_django_at(root)
    yield opened
    projection.drop_segments(opened)
    connections.close_all()
    point_django_at(template_instance.root)


@pytest.fixture(scope="session")
def models() -> Path:
    """The model folder with YuNet and SFace in it; skips, loudly, where they are not there and cannot be had."""
    from antigone.faces import ModelError, ModelStore
    from antigone.faces.models import install

    store = ModelStore.default()
    store.folder.mkdir(parents=True, exist_ok=True)
    try:
        # One worker fetches; the others wait for it.
        with (store.folder / ".tests.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            install(store=store)
    except ModelError as exc:
        pytest.skip(f"NOT CHECKED: the face models are not there and cannot be had: {exc}")
    return store.folder
