"""Office files without the moment of their making, so that the same input gives the same bytes."""

from __future__ import annotations

import re
from datetime import date as Date  # noqa: N812 - `date` names a date everywhere
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip archive can tell
PROPERTIES = "docProps/core.xml"
TIMES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def repacked(content: bytes, made: Date | None = None) -> bytes:
    """Pack an office file anew: every entry of the same moment.

    Its properties say the day when it was made, or nothing.
    """
    times = rf"\g<1>{made.isoformat()}T00:00:00Z\g<3>".encode() if made else b""
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as given, ZipFile(buffer, "w", ZIP_DEFLATED) as packed:
        for name in given.namelist():
            entry = ZipInfo(name, EARLIEST)
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o600 << 16
            part = given.read(name)
            packed.writestr(entry, TIMES.sub(times, part) if name == PROPERTIES else part)
    return buffer.getvalue()
