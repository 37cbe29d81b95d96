"""Other people's files made into our tables."""
