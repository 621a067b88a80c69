"""Files on their way in: large ones lie in the instance's own folder, without a name, and are gone with the process."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from antigone.instance import Instance

FOLDER = "incoming"


def incoming(instance: Instance) -> Path:
    """The folder of files on their way in, made when it is not there."""
    folder = instance.data / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


class UnnamedFileHandler(FileUploadHandler):
    """Writes an upload to a file that has no name: nobody else can open it, and a kill leaves nothing behind."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._held = tempfile.TemporaryFile(dir=incoming(settings.ANTIGONE))  # noqa: SIM115 (the request closes it)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._held.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[bytes]:
        self._held.seek(0)
        return UploadedFile(
            self._held, self.file_name, self.content_type, file_size, self.charset, self.content_type_extra
        )

    def upload_interrupted(self) -> None:
        if hasattr(self, "_held"):
            self._held.close()
