"""Files and services -> validated tables, one source a module."""

from planner.lean_imports import import_without

import_without(("pandera.pandas", "pandera.backends.pandas.builtin_checks"), "hypothesis")
