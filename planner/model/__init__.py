"""Tables -> aligned, labelled quantities of one region."""

from planner.lean_imports import import_without

import_without(("scipy.sparse.csgraph",), "charset_normalizer")
