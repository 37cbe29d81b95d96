"""Start of the app: the router only."""

from planner.app.router import main

main()
