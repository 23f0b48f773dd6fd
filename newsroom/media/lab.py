"""Hands work to the darkroom process and turns its refusals into sentences."""

import json
import logging
import os
import subprocess
import sys
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "format": _("This is no picture that the library takes. Use JPEG, PNG, WebP, GIF or AVIF."),
    "broken": _("The file is damaged or cut off. Copy it again from where it came from."),
    "pixels": _("The picture is too large: at most 60 megapixels."),
    "webp_pixels": _("The picture is too large: at most 40 megapixels as WebP, 60 as JPEG."),
    "small": _("The picture is too small: at least 40 pixels a side."),
    "ribbon": _("The picture is too long and narrow to be shown."),
    "bytes": _("The file is too large: at most 20 MB."),
    "empty": _("The file is empty."),
    "no_space": _("The disk of the server is full, so the picture could not be stored."),
    "store_away": _(
        "The store of pictures does not answer, so the picture could not be stored. Nothing was "
        "changed. Try again in a minute."
    ),
    "store_refused": _(
        "The store of pictures refuses to take the picture. Nothing was changed. Tell whoever runs "
        "the site: its log says why."
    ),
    "store_full": _(
        "The store of pictures is full, so the picture could not be stored. Nothing was changed. "
        "Tell whoever runs the site."
    ),
    "busy": _("Too many pictures are being worked on. Try again in a minute."),
    "failed": _("This file could not be read as a picture."),
}
# Longest time for one picture, in seconds; 60 megapixels take about four.
PATIENCE = 60

# One at a time in each process: five large uploads at once wait instead of filling the memory.
_turn = Lock()
# What readers' requests have drawn takes a turn of its own, so that it keeps no upload waiting.
_readers_turn = Lock()
_log = logging.getLogger(__name__)


def refusal(reason: str) -> ValidationError:
    return ValidationError(REFUSALS[reason], code=reason)


def send(job: str, *, by_reader: bool = False, **order: Any) -> dict[str, Any]:
    """The darkroom's answer; ValidationError when it refuses or dies. Costs 0.2 s to start it.

    A reader's request waits for no other: it is "busy" at once.
    """
    turn = _readers_turn if by_reader else _turn
    if not turn.acquire(timeout=0 if by_reader else PATIENCE):
        raise refusal("busy")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "newsroom.media.darkroom"],
            input=json.dumps({"job": job, **order}),
            capture_output=True,
            cwd=settings.BASE_DIR,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise refusal("failed") from None
    finally:
        turn.release()
    if done.returncode:
        _log.warning("the darkroom ended with %s: %s", done.returncode, done.stderr[-500:])
        raise refusal("failed")
    answer: dict[str, Any] = json.loads(done.stdout)
    if "refused" in answer:
        raise refusal(answer["refused"])
    return answer
