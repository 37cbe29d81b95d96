"""Every plan, and the plans that no other beats."""
