"""Cutting planes: valid rows that the relaxation breaks."""
