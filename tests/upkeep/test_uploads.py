"""Uploads: what is large lies in a file without a name inside the instance, and what broke off leaves nothing."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.test import RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from antigone.instance import Instance
from antigone.upkeep.uploads import FOLDER

LARGE = os.urandom(2 * settings.FILE_UPLOAD_MAX_MEMORY_SIZE)


def given(request: HttpRequest) -> UploadedFile[Any]:
    found = request.FILES["picture"]
    assert isinstance(found, UploadedFile)
    return found


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
    picture = given(request)
    assert (picture.name, picture.size, picture.read()) == ("a.jpg", len(LARGE), LARGE)
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
    assert given(request).read() == b"small"
    assert not (instance.data / FOLDER).exists()


def test_an_upload_that_breaks_off_leaves_nothing(instance: Instance) -> None:
    whole = encode_multipart(BOUNDARY, {"picture": SimpleUploadedFile("a.jpg", LARGE)})
    broken = RequestFactory().generic("POST", "/", whole[: -len(LARGE) // 4], content_type=MULTIPART_CONTENT)
    with contextlib.suppress(MultiPartParserError, UnreadablePostError):
        assert "picture" not in broken.FILES
    broken.close()
    assert held() == []
    assert list((instance.data / FOLDER).iterdir()) == []
