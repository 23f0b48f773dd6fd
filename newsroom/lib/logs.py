"""Log lines: one event, one line, whatever the event quotes."""

import logging
import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_TOKEN = re.compile(r"((?:confirm|unsubscribe|invite|reset|preview|key)/)[^/\s]{8,}")


class PlainFormatter(logging.Formatter):
    """Time, level, logger, message; control characters escaped, tokens in paths cut out."""

    default_time_format = "%Y-%m-%dT%H:%M:%S"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        line = _TOKEN.sub(r"\1…", line)
        return _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", line)
