"""Office files without the time of their making, so that the same input gives the same bytes."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip archive can tell
PROPERTIES = "docProps/core.xml"
TIMES = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


def repacked(content: bytes) -> bytes:
    """Pack an office file anew: every entry of the same moment, no dates among its properties."""
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as given, ZipFile(buffer, "w", ZIP_DEFLATED) as made:
        for name in given.namelist():
            entry = ZipInfo(name, EARLIEST)
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o600 << 16
            part = given.read(name)
            made.writestr(entry, TIMES.sub(b"", part) if name == PROPERTIES else part)
    return buffer.getvalue()
