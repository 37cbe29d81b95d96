"""The case document as docx, pdf, html and xlsx."""
