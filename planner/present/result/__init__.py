"""One result as document, files, tables."""
