"""What it means if a council says no."""
