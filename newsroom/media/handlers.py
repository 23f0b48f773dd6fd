"""Receiving files: what is too large or finds no room is an error of its field, not of the site.

Named in FILE_UPLOAD_HANDLERS. Bodies beyond all reason are refused unread by middleware.py.
"""

import os
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from newsroom.media import lab
from newsroom.media.uploads import FULL, MAX_BYTES


class PatientHandler(TemporaryFileUploadHandler):
    """Writes to a temporary file; after the first refusal it lets the rest of the file pass by."""

    refused = ""
    received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.refused, self.received = "", 0
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.received += len(raw_data)
        if self.received > MAX_BYTES:
            self.refused = "bytes"
        left = memoryview(raw_data)
        while left and not self.refused:
            try:
                # Unbuffered: a buffer that found no room would fail again wherever it is flushed.
                left = left[os.write(self.file.fileno(), left) :]
            except OSError as error:
                if error.errno not in FULL:
                    raise
                self.refused = "no_space"
        return None

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        if self.refused:
            os.ftruncate(self.file.fileno(), 0)
            self.file.refusal = lab.refusal(self.refused)  # type: ignore[attr-defined]
        return super().file_complete(file_size)
