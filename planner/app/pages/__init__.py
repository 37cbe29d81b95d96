"""Pages of one file each."""
