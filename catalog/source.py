"""Sources: the files that records were read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from catalog.record import Record
from catalog.vocabulary import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Record):
    """A file that was loaded (来源). When, and in which revision, is known from the revision that wrote it.

    ``path`` is relative to what was named in the load, so that it is the same on every machine; ``format`` is the
    loader's name (``regulation``, ``catalogue``, ``demands``); ``sha256`` is that of the bytes, in lower-case hex.
    """

    kind: ClassVar[Kind] = Kind.SOURCE

    path: str
    format: str
    sha256: str
