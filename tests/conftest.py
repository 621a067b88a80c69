"""What all tests share: an instance founded once a worker and copied for each test, and the models."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from antigone.cli.founding import found
from antigone.cli.opening import point_django_at
from antigone.instance import Instance


@pytest.fixture(scope="session")
def template_instance(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """An instance as `antigone init` makes it; no test changes it."""
    folder = tmp_path_factory.mktemp("template") / "instance"
    return found(folder, agency_name="Agency of the tests", operator_name="tester")


@pytest.fixture
def instance(template_instance: Instance, tmp_path: Path) -> Iterator[Instance]:
    """A fresh instance of the test's own, with Django, the vault and the ledger pointed at it."""
    from django.db import connections

    point_django_at(template_instance.root)
    connections.close_all()
    root = tmp_path / "instance"
    shutil.copytree(template_instance.root, root)
    yield point_django_at(root)
    connections.close_all()
    point_django_at(template_instance.root)


@pytest.fixture(scope="session")
def models() -> Path:
    """The folder of the model store, with YuNet and SFace in it; skips, loudly, where they cannot be had."""
    from antigone.faces import ModelError, ModelStore

    store = ModelStore.default()
    for model in ("yunet-2023mar", "sface-2021dec"):
        try:
            store.install(model)
        except ModelError as exc:
            pytest.skip(f"THE FACE MODELS CANNOT BE HAD, so this test proves nothing here: {exc}")
    return store.folder
