"""The door's clock: the only place where the product asks what time it is."""

from __future__ import annotations

import datetime as dt


def now() -> dt.datetime:
    """The time, with the local offset, to the second."""
    return dt.datetime.now().astimezone().replace(microsecond=0)


def today() -> dt.date:
    """The date here, today."""
    return now().date()
