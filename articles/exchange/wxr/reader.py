"""Reads an export file as a stream of records, in memory that does not grow with the file.

Refuses what no honest export holds: a document type (and so every entity), a file or an item over
its limit, elements nested without end. Knows nothing of the newspaper.
"""

from collections.abc import Iterator
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException, DTDForbidden
from defusedxml.ElementTree import DefusedXMLParser

from articles.exchange.wxr.collector import Collector
from articles.exchange.wxr.records import BrokenFile, Record

CHUNK = 1 << 16


def read(file: IO[bytes], *, max_bytes: int) -> Iterator[Record]:
    """The file's records in order, the Site first; reads the file from its beginning.

    Raises BrokenFile, with the line, as soon as something is wrong. Memory: one item.
    """
    file.seek(0)
    target, size = Collector(), 0
    parser: Any = DefusedXMLParser(target=target, forbid_dtd=True)
    target.line = lambda: parser.parser.CurrentLineNumber
    try:
        while chunk := file.read(CHUNK):
            size += len(chunk)
            if size > max_bytes:
                raise BrokenFile(f"the file is larger than {max_bytes / 1e6:g} MB (--max-size)")
            parser.feed(chunk)
            while target.ready:
                yield target.ready.popleft()
        parser.close()
    except DTDForbidden as error:
        reason = "a document type (DTD) stands here, and with it entities; no export needs one"
        raise BrokenFile(f"line {target.line()}: {reason}") from error
    except ParseError as error:
        line = error.position[0]
        raise BrokenFile(f"line {line}: {_plainly(error)}") from error
    except (ValueError, LookupError, DefusedXmlException) as error:
        raise BrokenFile(f"line {target.line()}: {error}") from error
    yield from target.ready


def _plainly(error: ParseError) -> str:
    text = str(error).partition(":")[0]
    if text in {"no element found", "unclosed token", "unclosed CDATA section"}:
        return f"the file ends too early, it is cut off ({text})"
    return f"this is not well-formed XML ({text})"
