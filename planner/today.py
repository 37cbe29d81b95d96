"""What day it is, which decides the figures of a scenario without a date."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from datetime import date as Date  # noqa: N812 - `date` names a date everywhere

#: Environment variable that says what day it is, so that results can be had again.
VARIABLE = "KONTORPLAN_TODAY"
#: The same in the way of reproducible builds: seconds since 1970.
EPOCH = "SOURCE_DATE_EPOCH"


def today() -> Date:
    """Return the date of today, or the one that the environment gives (such as 2026-11-30).

    Raises
    ------
    ValueError : what the environment gives is no date.
    """
    given, epoch = os.environ.get(VARIABLE), os.environ.get(EPOCH)
    if epoch and not given:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return Date.fromisoformat(given) if given else Date.today()  # noqa: DTZ011 - where one works
