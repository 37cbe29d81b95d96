"""Start of the app: the router only."""

from planner.app.shell.router import main

main()
