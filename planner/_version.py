"""Which version this is; a module of its own, since every layer may name it."""

__version__ = "0.1.0"
