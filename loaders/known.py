"""What a load may lean on: the texts and agencies that the catalogue already holds, or that come with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from catalog.agency import Agency
from catalog.record import Record
from catalog.text import fold
from loaders.texts import Texts

_R = TypeVar("_R", bound=Record)


@dataclass(frozen=True, slots=True)
class Known:
    """Lookups over held records; every lookup is by exact folded name, never by likeness."""

    texts: Texts = field(default_factory=Texts)
    agencies: dict[str, tuple[Agency, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, records: Iterable[Record]) -> Known:
        """The lookups over these records."""
        found = tuple(records)
        agencies: dict[str, dict[str, Agency]] = {}
        for record in found:
            if isinstance(record, Agency):
                agencies.setdefault(fold(record.name), {})[record.id] = record
        return cls(Texts.of(found), _tuples(agencies))


def _tuples(found: dict[str, dict[str, _R]]) -> dict[str, tuple[_R, ...]]:
    return {name: tuple(by_id[key] for key in sorted(by_id)) for name, by_id in found.items()}
