"""Whether every function is manned when somebody is away."""
