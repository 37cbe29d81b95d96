"""Results -> maps, tables and text; returns objects, never draws a page."""
