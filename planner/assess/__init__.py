"""Plan and instance -> indicators, one family a module."""
