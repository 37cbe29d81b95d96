"""Editing a scenario: text, form and map, three ways into the same file."""
