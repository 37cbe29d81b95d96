"""The grouping model: who shares an office under which host."""
