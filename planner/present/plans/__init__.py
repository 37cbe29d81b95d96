"""Many plans: lists, points, charts, a proposal."""
