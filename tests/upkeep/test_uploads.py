"""Uploads: what is large lies in a file without a name inside the instance, and what broke off leaves nothing."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.test import RequestFactory

from antigone.instance import Instance
from antigone.upkeep.uploads import FOLDER

LARGE = os.urandom(2 * settings.FILE_UPLOAD_MAX_MEMORY_SIZE)


def held() -> list[str]:
    """The files without a name that this process holds open."""
    links = []
    for handle in Path("/proc/self/fd").iterdir():
        try:
            links.append(os.readlink(handle))
        except FileNotFoundError:
            continue
    return [link for link in links if f"/{FOLDER}/" in link]


def test_a_large_upload_has_no_name_and_is_read_whole(instance: Instance) -> None:
    request = RequestFactory().post("/", {"picture": SimpleUploadedFile("../a.jpg", LARGE)})
    given = request.FILES["picture"]
    assert not isinstance(given, list)
    assert (given.name, given.size, given.read()) == ("a.jpg", len(LARGE), LARGE)
    folder = instance.data / FOLDER
    assert folder.stat().st_mode & 0o777 == 0o700
    assert list(folder.iterdir()) == []
    (link,) = held()
    assert link.startswith(str(folder))
    assert "(deleted)" in link
    request.close()
    assert held() == []


def test_a_small_upload_stays_in_memory(instance: Instance) -> None:
    request = RequestFactory().post("/", {"picture": SimpleUploadedFile("a.jpg", b"small")})
    assert request.FILES["picture"].read() == b"small"
    assert not (instance.data / FOLDER).exists()


def test_an_upload_that_breaks_off_leaves_nothing(instance: Instance) -> None:
    whole = RequestFactory().post("/", {"picture": SimpleUploadedFile("a.jpg", LARGE)})
    body, kind = whole.body[: -len(LARGE) // 4], whole.META["CONTENT_TYPE"]
    broken = RequestFactory().generic("POST", "/", body, content_type=kind)
    with contextlib.suppress(MultiPartParserError, UnreadablePostError):
        assert broken.FILES.get("picture") is None or broken.FILES["picture"].size < len(LARGE)
    broken.close()
    assert held() == []
    assert list((instance.data / FOLDER).iterdir()) == []
