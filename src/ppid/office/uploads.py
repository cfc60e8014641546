"""Where the bytes of an upload wait: in memory without a name, sealed, never on a disk.

A stranger's upload is not kept at all, and nobody's beyond the limit of the body. What was refused
leaves nothing; its name goes into no log.
"""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from ppid.errors import NotFound
from ppid.office.accounts import person_of
from ppid.vault.memory import in_memory, sealed, too_large

MB = 1_000_000
MOST_MB = 200
"""How large an upload may be unless the body says otherwise (`upload_megabytes`)."""


class SealedUpload(FileUploadHandler):
    """Takes an upload into a sealed file in memory, as far as it is allowed."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,
        content_length: int,
        boundary: bytes,
        encoding: str | None = None,
    ) -> None:
        """Find out how much this person may send."""
        self.most = _most(self.request)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file. Raises StopUpload for a stranger."""
        super().new_file(*args, **kwargs)
        if not self.most:
            raise StopUpload
        self.taken = in_memory()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a piece. Raises StopUpload beyond the limit; the rest is read and thrown away."""
        if start + len(raw_data) > self.most:
            self.taken.close()
            self.request.upload_refused = too_large(self.most)
            raise StopUpload
        self.taken.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        """Return the whole file; from now on nobody can change it."""
        return UploadedFile(sealed(self.taken), self.file_name, self.content_type, file_size)


def _most(request: HttpRequest) -> int:
    """Return how many bytes this person may send, none for a stranger."""
    if not request.user.is_authenticated:
        return 0
    try:
        body = person_of(request).body
    except NotFound:
        return 0
    return int(body.settings.get("upload_megabytes", MOST_MB)) * MB
