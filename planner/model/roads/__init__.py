"""The road and ferry network, and the fastest ways on it."""
