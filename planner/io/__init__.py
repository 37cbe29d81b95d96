"""Files and services -> validated tables, one source a module."""
