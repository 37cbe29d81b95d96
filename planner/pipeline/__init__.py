"""Scenarios in, results out: one, several, many plans, many draws, many requests."""
