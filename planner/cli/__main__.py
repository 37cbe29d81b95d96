"""`python -m planner.cli`: the command line without its script."""

import sys

from planner.cli.command_line import main

sys.exit(main())
