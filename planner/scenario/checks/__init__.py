"""What a scenario must satisfy beyond its schema."""
