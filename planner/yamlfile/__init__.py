"""YAML with the line of every fault, bounded, and rewritten keeping the author's text."""
