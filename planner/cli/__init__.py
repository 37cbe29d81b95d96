"""The command line: `planner validate | run | compare | propose | enumerate | pareto | ...`."""

from planner.cli.command_line import main

__all__ = ["main"]
