"""Legal time: what a text's standing was on a date. Intervals are half-open: ``effective`` in, ``expires`` out."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from catalog.vocabulary import LegalStatus


class Dated(Protocol):
    """What legal time asks of a text: a :class:`catalog.regulation.Regulation` has it."""

    @property
    def effective(self) -> dt.date | None: ...
    @property
    def expires(self) -> dt.date | None: ...
    @property
    def repealed(self) -> dt.date | None: ...
    @property
    def draft(self) -> bool: ...


def status_on(text: Dated, on: dt.date) -> LegalStatus:
    """The standing of a text on a date.

    A draft is DRAFT on every date. An end that has passed tells even where the beginning is unknown: EXPIRED or
    REPEALED, whichever came first. Without an effective date nothing else is claimed: UNKNOWN.
    """
    if text.draft:
        return LegalStatus.DRAFT
    ends = [
        (end, status)
        for end, status in ((text.expires, LegalStatus.EXPIRED), (text.repealed, LegalStatus.REPEALED))
        if end is not None
    ]
    if ends:
        end, status = min(ends, key=lambda pair: pair[0])
        if on >= end:
            return status
    if text.effective is None:
        return LegalStatus.UNKNOWN
    return LegalStatus.IN_FORCE if on >= text.effective else LegalStatus.NOT_YET_IN_FORCE


def end_of_validity(effective: dt.date, years: int) -> dt.date:
    """The first day no longer in force of a text valid for ``years`` years: the same day of a later year.

    A text effective on 29 February ends on 1 March where the later year has no such day: its last day in force is then
    28 February, the last day of the month (立法技术: a period by years ends on the day before the corresponding day).
    """
    try:
        return effective.replace(year=effective.year + years)
    except ValueError:
        return dt.date(effective.year + years, 3, 1)
