"""Kontorplan: which municipalities should share an office, and what would it mean?"""

__version__ = "0.1.0"
