"""The case document: what councils decide by, as data first and then in four formats."""
