"""One municipality in every scenario."""
