"""What every record is: a frozen dataclass with an identifier, a kind and, mostly, a source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from catalog.value import Place
from catalog.vocabulary import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The root of all records.

    ``id`` is ``kind/slug``, minted once (:mod:`catalog.identifiers`). ``source`` is the identifier of the
    :class:`catalog.source.Source` it was read from, and None for records that several sources share (agencies, data
    elements): those are united when loaded again and never deleted with one source. ``place`` is where it stands there.
    """

    kind: ClassVar[Kind]

    id: str
    source: str | None = None
    place: Place | None = None
