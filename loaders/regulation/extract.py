"""What a reader of rules hands back: records and the problems it met."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.changes import merge
from catalog.issue import Issue
from catalog.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """Records read from one act, each identifier once, and the issues met on the way, in document order."""

    records: tuple[Record, ...] = ()
    issues: tuple[Issue, ...] = ()

    @classmethod
    def of(cls, found: Iterable[Record]) -> Extract:
        """Sorts a stream of records and issues; shared records (agencies, data elements) are united."""
        united = merge(found)
        return cls(
            records=tuple(record for record in united if not isinstance(record, Issue)),
            issues=tuple(record for record in united if isinstance(record, Issue)),
        )
