"""What a map shows, and the renderers that draw it."""
