"""The exceptions of Mulu: one root, one tree.

::

    MuluError
    ├── BadInput              BAD_INPUT       the caller's words are wrong; suggestion says how to mend them
    │   ├── InvalidChangeSet  BAD_INPUT       a change set breaks a reference or an invariant; nothing was written
    │   └── CalendarUnknown   BAD_INPUT       the working-day calendar does not know the year
    ├── NotFound              NOT_FOUND       no record has that identifier
    ├── TooCostly             TOO_COSTLY      the operation's cost is over the limit
    ├── TooDeep               TOO_DEEP        the operation is nested too deeply
    ├── TimedOut              TIMEOUT         the time limit ended the work
    ├── CursorExpired         CURSOR_EXPIRED  the cursor is of another question or store
    └── Unavailable           UNAVAILABLE     the store cannot be reached now; asking again is safe

Problems *in data* are not exceptions but :class:`catalog.issue.Issue` records.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from catalog.issue import Issue


class MuluError(Exception):
    """The root. ``code`` is stable and goes to GraphQL's ``extensions.code``; ``suggestion`` says what to do."""

    code: ClassVar[str] = "ERROR"
    retryable: ClassVar[bool] = False

    def __init__(self, message: str, *, suggestion: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.suggestion = suggestion


class BadInput(MuluError):
    """The caller asked something that cannot be answered as asked."""

    code = "BAD_INPUT"


class InvalidChangeSet(BadInput):
    """A change set that may not be applied; ``issues`` names every broken reference and invariant."""

    def __init__(self, message: str, *, issues: Sequence[Issue] = (), suggestion: str | None = None) -> None:
        super().__init__(message, suggestion=suggestion)
        self.issues = tuple(issues)


class CalendarUnknown(BadInput):
    """The State Council's holiday notice of ``year`` is not known to the calendar: no date is guessed."""

    def __init__(self, year: int, *, first: int, last: int) -> None:
        super().__init__(
            f"the working-day calendar knows the years {first} to {last}, not {year}",
            suggestion="upgrade the package chinesecalendar once the holiday notice of that year is published",
        )
        self.year = year


class NotFound(MuluError):
    """No record has the identifier asked for."""

    code = "NOT_FOUND"


class CursorExpired(MuluError):
    """A cursor that this store and this question did not hand out, or no longer honour."""

    code = "CURSOR_EXPIRED"


class TooCostly(MuluError):
    """The operation would cost ``cost`` where ``limit`` is allowed."""

    code = "TOO_COSTLY"

    def __init__(self, message: str, *, cost: int, limit: int, suggestion: str | None = None) -> None:
        super().__init__(message, suggestion=suggestion)
        self.cost = cost
        self.limit = limit


class TooDeep(TooCostly):
    """The operation is nested deeper than the limit."""

    code = "TOO_DEEP"


class TimedOut(MuluError):
    """The time limit ended the work before it was done."""

    code = "TIMEOUT"


class Unavailable(MuluError):
    """The store cannot be reached now. Asking again, with the same change set id, is safe."""

    code = "UNAVAILABLE"
    retryable = True
