"""Receiving a picture: in memory alone, and never more of it than is accepted.

Django's own handler writes a large file in clear to the machine's temporary folder.
"""

from __future__ import annotations

import io
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from antigone.enrolment.limits import picture_limits

# What a form may hold besides its picture.
BESIDE = 1 << 20


class Held(FileUploadHandler):
    """Holds what is sent in memory, and refuses what is more than a picture may be."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.most = picture_limits().max_bytes
        self.room = self.most

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 (Django's name)
        content_length: int,
        boundary: bytes | str,
        encoding: str | None = None,
    ) -> None:
        if content_length > self.most + BESIDE:
            raise RequestDataTooBig

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.held = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.room -= len(raw_data)
        if self.room < 0:
            raise RequestDataTooBig
        self.held.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.held.seek(0)
        return InMemoryUploadedFile(
            self.held, self.field_name, self.file_name or "", self.content_type, file_size, self.charset
        )
