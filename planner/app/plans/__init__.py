"""Every plan of a small region, and the fronts of a large one."""
