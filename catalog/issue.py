"""Issues: problems found in a source, kept as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from catalog.record import Record
from catalog.vocabulary import Kind, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue(Record):
    """A problem found in a source (问题): stable ``code``, place, and what to do about it.

    ``regulation`` is the text it was found in, where there is one.
    """

    kind: ClassVar[Kind] = Kind.ISSUE

    code: str
    severity: Severity
    message: str
    suggestion: str | None = None
    regulation: str | None = None
    position: int = 0
