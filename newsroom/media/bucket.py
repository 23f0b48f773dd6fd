"""The library's files in a bucket of an object store that speaks S3 (MEDIA_STORAGE_URL).

The bucket is private: readers get files from the site, under the site's own addresses. What fails
there is a StoreFailed, and a store that does not answer keeps no reader of pages waiting.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    NoCredentialsError,
    PartialCredentialsError,
)
from django.conf import settings
from django.core.files.base import File
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

from newsroom.media.store_failures import StoreFailed, failures

_log = logging.getLogger(__name__)

# Seconds: to connect, to wait for an answer, how often; and how long a store that did not answer
# is left alone.
CONNECT, ANSWER, ATTEMPTS, SILENCE = 2, 4, 2, 2.0
# Seconds to wait for one's turn while other threads of the process ask; nobody waits behind a
# question that is older.
TURN = 0.5
# As stores of several makers say it.
FULL = {
    "InsufficientStorage", "QuotaExceeded", "QuotaExceededException", "XMinioStorageFull",
    "XMinioAdminBucketQuotaExceeded", "StorageLimitExceeded",
}  # fmt: skip


class Bucket(S3Storage):
    """django-storages' own, with our addresses, our patience and our words for what fails."""

    # No folder of this machine holds what is saved here.
    elsewhere = True

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **options,
            # A PUT appears whole or not at all. Nothing of ours is larger.
            transfer_config=TransferConfig(use_threads=False, multipart_threshold=64 * 1024**2),
            client_config=Config(
                connect_timeout=CONNECT,
                read_timeout=ANSWER,
                retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
                signature_version="s3v4",
                s3={"addressing_style": options["addressing_style"]},
                # Checksums that Amazon brought in later; many a store does not know them.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
            object_parameters={"CacheControl": "public, max-age=31536000, immutable"},
        )
        # Some threads are always left for pages.
        self._turns = threading.BoundedSemaphore(max(1, settings.COSTLY_AT_ONCE))
        self._lock = threading.RLock()
        self._begun: dict[int, float] = {}  # when each thread that asks began to
        self._silent_until = 0.0
        self._failed = ("store_away", "")

    @cached_property
    def connection(self) -> Any:
        """One for all threads: its client may be shared, and takes a quarter second to make."""
        with self._lock:
            # Keys as everywhere: environment, configuration file, or the machine's own role.
            return boto3.Session().resource(
                "s3", region_name=self.region_name, endpoint_url=self.endpoint_url,
                config=self.client_config,
            )  # fmt: skip

    def url(self, name: str | None, *_args: Any, **_options: Any) -> str:
        """Under the site: pages load nothing from elsewhere, and the bucket stays private."""
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name))

    def _open(self, name: str, mode: str = "rb") -> File[Any]:
        """The whole file, read at once: whoever gets it does not depend on the store any more."""
        key = self._normalize_name(clean_name(name))
        with self._asking():
            found = self.connection.meta.client.get_object(Bucket=self.bucket_name, Key=key)
            with found["Body"] as body:
                return File(BytesIO(body.read()), name)

    def _save(self, name: str, content: File[Any]) -> str:
        with self._asking():
            return str(super()._save(name, content))

    def delete(self, name: str) -> None:
        with self._asking():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with self._asking():
            return bool(super().exists(name))

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        with self._asking():
            folders, files = super().listdir(name)
            return folders, files

    def sizes(self, beginning: str) -> dict[str, int]:
        """In bytes, of all files whose names begin so; one question for each thousand."""
        own = f"{self.location}/" if self.location else ""
        with self._asking():
            found = self.bucket.objects.filter(Prefix=own + beginning)
            return {each.key.removeprefix(own): each.size for each in found}

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Around every question. Raises FileNotFoundError and StoreFailed."""
        self._refuse_in_silence()
        if not self._turns.acquire(timeout=0 if self._is_slow() else TURN):
            raise StoreFailed("store_away", "other requests wait for it")
        try:
            self._begun[threading.get_ident()] = time.monotonic()
            yield
        except ClientError as error:
            raise self._refused(error) from error
        except (NoCredentialsError, PartialCredentialsError) as error:
            # They were looked for at the machine's provider too, which took a while.
            raise self._silent("store_refused", "there are no keys for it") from error
        except BotoCoreError as error:
            raise self._silent("store_away", type(error).__name__) from error
        else:
            self._silent_until = 0.0
        finally:
            self._begun.pop(threading.get_ident(), None)
            self._turns.release()

    def _is_slow(self) -> bool:
        oldest = min(self._begun.copy().values(), default=None)
        return oldest is not None and time.monotonic() - oldest > TURN

    def _refuse_in_silence(self) -> None:
        """After a failure one thread tries again, every two seconds; others are told at once."""
        with self._lock:
            now = time.monotonic()
            if now < self._silent_until:
                reason, why = self._failed
                raise StoreFailed(reason, f"{why}, a moment ago")
            if self._silent_until:
                self._silent_until = now + (CONNECT + ANSWER) * ATTEMPTS + SILENCE

    def _refused(self, error: ClientError) -> OSError:
        """What an answer that is an error means."""
        code = str(error.response.get("Error", {}).get("Code", ""))
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        why = f"{code}, {status}, {error.operation_name}"
        self._silent_until = 0.0
        if code in FULL or status == 507:
            return self._said("store_full", why)
        if status >= 500 or status == 429:
            return self._silent("store_away", why)
        if status == 404 and code != "NoSuchBucket":
            return FileNotFoundError(f"{error.operation_name}: no such file")
        return self._said("store_refused", why)

    def _silent(self, reason: str, why: str) -> StoreFailed:
        self._failed = (reason, why)
        self._silent_until = time.monotonic() + SILENCE
        return self._said(reason, why)

    def _said(self, reason: str, why: str) -> StoreFailed:
        failed = StoreFailed(reason, why)
        _log.warning("%s.", failed)
        failures.note(failed)
        return failed
