"""Arrays of a linear program -> what a solver proved; the only place that knows one."""
