"""Many plans beside each other."""
