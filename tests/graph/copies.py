"""The sample catalogue so many times over: every kind and every reference path, as often as a page may hold."""

from __future__ import annotations

import msgspec

from catalog.codec import from_row, to_row
from catalog.record import Record
from tests.graph import samples


def copies(number: int) -> list[Record]:
    """The samples and so many copies of them, each of which refers within itself."""
    originals = samples.catalogue()
    return [*originals, *(one for n in range(number) for one in _copy(originals, n))]


def _copy(originals: tuple[Record, ...], number: int) -> list[Record]:
    names = {one.id: one.id.replace("/", f"/c{number:02}-", 1) for one in originals}  # by id the copies come in turn
    return [from_row(one.kind, _renamed(to_row(one), names)) for one in originals]


def _renamed(row: dict[str, object], names: dict[str, str]) -> dict[str, object]:
    text = msgspec.json.encode(row).decode()
    for name, other in names.items():
        text = text.replace(f'"{name}"', f'"{other}"')
    found: dict[str, object] = msgspec.json.decode(text)
    return found
