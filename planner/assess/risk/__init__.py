"""The risk matrix and what it is measured by."""
