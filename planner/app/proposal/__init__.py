"""Asking for a plan, and what was proved about it."""
