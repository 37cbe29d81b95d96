"""The data that come with the program, read once by all tests of a process."""

from planner.workspace import default_workspace

DATA = default_workspace().data
