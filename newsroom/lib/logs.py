"""Log lines: one event, one line, whatever the event quotes; no token, no whole address."""

import json
import logging
import os
import re
from datetime import UTC, datetime
from typing import Any

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# Between the lines of a traceback, and nowhere else, a line may end.
_CONTROL_IN_TRACEBACK = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_TOKEN = re.compile(r"((?:confirm|unsubscribe|invite|reset|preview|key)/)[^/\s]{8,}")
# Mail servers quote the whole address when they refuse it, and tracebacks quote them.
_ADDRESS = re.compile(r"([\w+%'-])[\w.+%'-]{0,63}(@[\w-]+(?:\.[\w-]+)+)")


class PlainFormatter(logging.Formatter):
    """Time, level, logger, message; controls escaped, tokens in paths and addresses cut."""

    default_time_format = "%Y-%m-%dT%H:%M:%S"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return _cut(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  (its name there)
        return _CONTROL.sub(_escaped, super().formatMessage(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802
        return _CONTROL_IN_TRACEBACK.sub(_escaped, super().formatException(ei))


class JsonFormatter(logging.Formatter):
    """An object a line: time (UTC), level, logger, message, process; `trace` where there is one.

    The same is cut from the words as in plain lines.
    """

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _cut(record.getMessage()),
            "process": os.getpid(),
        }
        if record.exc_info:
            said["trace"] = _cut(self.formatException(record.exc_info))
        line = json.dumps(said, ensure_ascii=False)
        return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


def _cut(words: str) -> str:
    return _ADDRESS.sub(r"\1…\2", _TOKEN.sub(r"\1…", words))


def _escaped(match: re.Match[str]) -> str:
    return f"\\x{ord(match[0]):02x}"
