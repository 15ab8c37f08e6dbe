"""Which resources earlier sheets of a load registered, and where: told from digests, as there may be very many."""

from __future__ import annotations

from dataclasses import dataclass, field

from catalog.value import Place

_ROW = 32
"""Bits for the number of a row."""
_DIGEST = 64
"""Bits of a digest of cells."""


@dataclass(frozen=True, slots=True)
class Before:
    """A resource of an earlier sheet: where it stands, and a digest of the cells of its own columns."""

    place: Place
    digest: int

    def says(self, cells: tuple[str, ...]) -> bool:
        """Whether it had these cells."""
        return self.digest == _digest(cells)


@dataclass(slots=True)
class Earlier:
    """The resources of earlier sheets by identifier, each in two numbers: 130 bytes rather than 400.

    Identifiers are told apart by 61 bits: that two of a million share these is less likely than one in a million.
    """

    _held: dict[int, int] = field(default_factory=dict)
    _sheets: list[tuple[str, str | None]] = field(default_factory=list)
    _numbers: dict[tuple[str, str | None], int] = field(default_factory=dict)

    def add(self, identifier: str, place: Place, cells: tuple[str, ...]) -> None:
        """Takes one more resource, which stands in a row of a sheet."""
        sheet = place.source, place.sheet
        if (number := self._numbers.get(sheet)) is None:
            number = self._numbers[sheet] = len(self._sheets)
            self._sheets.append(sheet)
        row = place.row or 0
        self._held[hash(identifier)] = (number << _ROW | row) << _DIGEST | _digest(cells)

    def get(self, identifier: str) -> Before | None:
        """What an earlier sheet says of it, None where there is none."""
        packed = self._held.get(hash(identifier))
        if packed is None:
            return None
        where, digest = packed >> _DIGEST, packed & (1 << _DIGEST) - 1
        source, sheet = self._sheets[where >> _ROW]
        return Before(Place(source=source, sheet=sheet, row=where & (1 << _ROW) - 1 or None), digest)


def _digest(cells: tuple[str, ...]) -> int:
    return hash(cells) & (1 << _DIGEST) - 1
