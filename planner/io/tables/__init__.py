"""One table of the data folder a module."""
