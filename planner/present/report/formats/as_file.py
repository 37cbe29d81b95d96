"""The formats of a case document; each is loaded when it is asked for."""

from __future__ import annotations

from typing import Literal, get_args

from planner.present.report.blocks import CaseDocument

DocumentFormat = Literal["docx", "pdf", "html", "xlsx"]
FORMATS: tuple[DocumentFormat, ...] = get_args(DocumentFormat)
_OFFICE = "application/vnd.openxmlformats-officedocument"
#: Media type of each format, as browsers ask for.
MEDIA_TYPES: dict[DocumentFormat, str] = {
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
}


def as_file(document: CaseDocument, kind: DocumentFormat) -> bytes:
    """Write a document in a format, in the current language; Excel has its tables alone."""
    if kind == "docx":
        from planner.present.report.formats.docx import docx  # noqa: PLC0415 - only Word needs it

        return docx(document)
    if kind == "pdf":
        from planner.present.report.formats.pdf import pdf  # noqa: PLC0415 - only PDF needs it

        return pdf(document)
    if kind == "html":
        from planner.present.report.formats.html import html  # noqa: PLC0415 - only HTML needs it

        return html(document).encode()
    from planner.present.report.formats.workbook import workbook  # noqa: PLC0415 - only Excel needs it

    return workbook(document)
