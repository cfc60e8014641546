"""Sealed files in an S3-compatible bucket: `s3://bucket/prefix`.

Address, region and keys of the service come from the environment as for every other client of the
kind (AWS_ENDPOINT_URL_S3, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION), never from here.
A file goes up in parts and is read back once: no service we tried compares a SHA-256 by itself.
"""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from ppid.errors import BadInput, CorruptData, Finding
from ppid.vault.storage import NAME, Rereadable, Stored, checked_name, missing
from ppid.vault.streams import Writable, digest_of

PART = 8 << 20
"""Bytes that go up at a time; 10,000 parts at most make a file, so it may have 80 GiB."""

CONNECT_SECONDS, READ_SECONDS, TRIES = 5, 60, 3
ABSENT = {"NoSuchKey", "404", "NotFound"}
FULL = {"QuotaExceeded", "EntityTooLarge", "InsufficientStorage", "507"}


class Bucket:
    """Sealed files in a bucket, below a prefix. names: what a file in it may be called."""

    def __init__(
        self,
        bucket: str,
        *,
        prefix: str = "",
        names: re.Pattern[str] = NAME,
        wait: float = READ_SECONDS,
    ) -> None:
        self.names = names
        self.bucket, self.prefix = bucket, f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        self.place = f"s3://{bucket}/{self.prefix}"
        with _told(self.place):
            self._client = boto3.session.Session().client("s3", config=_config(wait))

    def create(self) -> None:
        """Look whether the bucket is there; making it is for who runs the service.

        Raises BadInput: `storage_missing`, `storage_refused`, `storage_unreachable`.
        """
        with _told(self.place):
            self._client.head_bucket(Bucket=self.bucket)

    @contextmanager
    def writer(self, name: str) -> Iterator[Writable]:
        """Give a new file: stored and read back after the block, nothing left if it failed.

        Raises BadInput: `storage_full`, `storage_refused`, `storage_missing`,
        `storage_unreachable`; CorruptData: `storage_altered`.
        """
        parts = _Parts(self._client, self.place, self._key(name))
        try:
            yield parts
            parts.finish()
            self._compare(name, parts.sha256())
        except BaseException:
            parts.abandon()
            raise

    @contextmanager
    def reader(self, name: str) -> Iterator[Rereadable]:
        """Give a file to read. Raises NotFound: `file_missing`; BadInput: as `writer`."""
        file = _Object(self._client, self.place, self._key(name))
        try:
            file.seek(0)
        except ClientError as error:
            raise missing(name) from error
        try:
            yield file
        finally:
            file.close()

    def remove(self, name: str) -> None:
        """Remove a file; nothing happens if it is gone."""
        with _told(self.place):
            self._client.delete_object(**self._key(name))

    def files(self) -> Iterator[Stored]:
        """Yield every sealed file, in any order."""
        for one in self._listed("list_objects_v2", "Contents"):
            name = one["Key"].removeprefix(self.prefix)
            if self.names.fullmatch(name):
                yield Stored(name, one["Size"], one["LastModified"])

    def sweep(self, *, before: datetime) -> int:
        """Abandon the uploads that were begun before that moment; return how many."""
        begun = self._listed("list_multipart_uploads", "Uploads")
        old = [one for one in begun if one["Initiated"] < before]
        for one in old:
            with _told(self.place):
                self._client.abort_multipart_upload(
                    Bucket=self.bucket, Key=one["Key"], UploadId=one["UploadId"]
                )
        return len(old)

    def _listed(self, operation: str, what: str) -> Iterator[dict[str, Any]]:
        with _told(self.place):
            pages = self._client.get_paginator(operation).paginate(
                Bucket=self.bucket, Prefix=self.prefix
            )
            found = [one for page in pages for one in page.get(what, ())]
        yield from found

    def _key(self, name: str) -> dict[str, str]:
        return {"Bucket": self.bucket, "Key": f"{self.prefix}{checked_name(name, self.names)}"}

    def _compare(self, name: str, sha256: str) -> None:
        with self.reader(name) as file:
            if digest_of(file).sha256 != sha256:
                text = "Penyimpanan mengembalikan isi yang lain daripada yang dikirim."
                hint = "Periksa layanan penyimpanan itu; berkas ini tidak disimpan."
                raise CorruptData(Finding("storage_altered", text, self.place, hint))


class _Parts:
    """A file on its way up, part by part."""

    def __init__(self, client: Any, place: str, key: dict[str, str]) -> None:
        self._client, self._place, self._key = client, place, key
        self._waiting = bytearray()
        self._hash = hashlib.sha256()
        self._upload: dict[str, str] = {}
        self._sent: list[dict[str, Any]] = []
        self._finished = False

    def write(self, data: bytes) -> None:
        self._hash.update(data)
        self._waiting += data
        if len(self._waiting) >= PART:
            self._send()

    def finish(self) -> None:
        """Make the file appear: whole, or not at all."""
        with _told(self._place):
            if not self._upload:
                self._client.put_object(**self._key, Body=bytes(self._waiting))
            else:
                self._send()
                self._client.complete_multipart_upload(
                    **self._upload, MultipartUpload={"Parts": self._sent}
                )
            self._finished = True

    def abandon(self) -> None:
        """Leave nothing; what the service cannot be told now, `sweep` tells it later."""
        with suppress(BotoCoreError, ClientError):
            if self._upload and not self._finished:
                self._client.abort_multipart_upload(**self._upload)
            else:
                self._client.delete_object(**self._key)

    def sha256(self) -> str:
        return self._hash.hexdigest()

    def _send(self) -> None:
        body, self._waiting = bytes(self._waiting), bytearray()
        with _told(self._place):
            if not self._upload:
                begun = self._client.create_multipart_upload(**self._key)
                self._upload = {**self._key, "UploadId": begun["UploadId"]}
            number = len(self._sent) + 1
            sent = self._client.upload_part(**self._upload, PartNumber=number, Body=body)
            self._sent.append({"PartNumber": number, "ETag": sent["ETag"]})


class _Object:
    """A file that is read from the bucket; read again it must still be the same one."""

    def __init__(self, client: Any, place: str, key: dict[str, str]) -> None:
        self._client, self._place, self._key = client, place, key
        self._body: Any = None
        self._same: dict[str, str] = {}
        self.size = 0

    def read(self, size: int) -> bytes:
        with _told(self._place):
            data: bytes = self._body.read(size)
            return data

    def seek(self, offset: int) -> None:
        """Go back to the beginning. Raises ClientError for a file that is not there."""
        self.close()
        with _told(self._place):
            got = self._client.get_object(**self._key, **self._same)
        self._body, self._same = got["Body"], {"IfMatch": got["ETag"]}
        self.size = got["ContentLength"]

    def close(self) -> None:
        if self._body is not None:
            self._body.close()


def _config(wait: float) -> Config:
    """Return how to speak to the service: older ones know neither newer checksums nor names."""
    return Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=wait,
        retries={"total_max_attempts": TRIES, "mode": "standard"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"addressing_style": "path"},
    )


@contextmanager
def _told(place: str) -> Iterator[None]:
    """Say in a sentence what the service refuses; that a file is absent passes."""
    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] in ABSENT and error.operation_name == "GetObject":
            raise
        raise BadInput(_refusal(place, error.response)) from error
    except BotoCoreError as error:
        text = "Layanan penyimpanan brankas tidak menjawab, atau putus di tengah."
        hint = "Periksa jaringan dan setelan AWS_*, lalu ulangi; yang tersimpan tetap utuh."
        finding = Finding("storage_unreachable", f"{text} ({type(error).__name__})", place, hint)
        raise BadInput(finding) from error


def _refusal(place: str, response: Any) -> Finding:
    code = response["Error"]["Code"]
    status = response["ResponseMetadata"].get("HTTPStatusCode", 0)
    if code in FULL:
        hint = "Tambah kuota, lalu ulangi; yang sudah tersimpan tetap utuh."
        return Finding("storage_full", "Ruang penyimpanan brankas penuh.", place, hint)
    if status == 404:
        hint = "Minta pengelola layanan membuat wadahnya, atau periksa PPID_STORAGE."
        return Finding("storage_missing", "Wadah penyimpanan brankas tidak ada.", place, hint)
    if status < 500:
        hint = "Periksa AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, dan haknya atas wadah ini."
        text = f"Layanan penyimpanan brankas menolak ({code})."
        return Finding("storage_refused", text, place, hint)
    text = f"Layanan penyimpanan brankas gagal ({code})."
    return Finding("storage_unreachable", text, place, "Ulangi nanti; yang tersimpan tetap utuh.")
