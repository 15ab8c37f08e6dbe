"""The layout of an OpenDocument spreadsheet, read as its XML streams by: how far it reaches, what is merged.

Repetition is written as a number there, so that few bytes can stand for any number of cells. Nothing is resolved or
fetched: documents with a document type are refused before this sees them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.parsers import expat

Ranges = dict[str, list[tuple[int, int, int, int]]]


class OpenDocument:
    """A reader fed with pieces of ``content.xml``. ``bound`` is told rows and columns and raises over a limit."""

    def __init__(self, merged: Ranges, bound: Callable[[int, int], None]) -> None:
        self.merged, self.bound = merged, bound
        self.table, self.row, self.repeat, self.column, self.last, self.pending = "", 0, 1, 0, 0, 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def feed(self, piece: bytes) -> None:
        """Reads on. Raises ExpatError for what is no XML."""
        self._parser.Parse(piece, False)

    def _start(self, name: str, attributes: dict[str, Any]) -> None:
        match name.rpartition(":")[2]:
            case "table":
                self.table = str(_get(attributes, "name") or "")
                self.row = self.pending = 0
            case "table-row":
                self.repeat, self.column, self.last = _number(attributes, "number-rows-repeated"), 0, 0
            case "table-cell" | "covered-table-cell":
                times = _number(attributes, "number-columns-repeated")
                down, right = _number(attributes, "number-rows-spanned"), _number(attributes, "number-columns-spanned")
                if down > 1 or right > 1:
                    self.bound(down, right)
                    self.merged.setdefault(self.table, []).append(
                        (self.row, self.column, self.row + down - 1, self.column + right - 1)
                    )
                self.column += times
                if _get(attributes, "value-type") is not None or _get(attributes, "formula") is not None:
                    self.last = self.column
            case "p":
                self.last = self.column

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] == "table-row":
            self.row += self.repeat
            if self.last:  # empty rows count once something stands below them
                self.bound(self.row, self.last)


def _get(attributes: dict[str, Any], name: str) -> Any:
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), None)


def _number(attributes: dict[str, Any], name: str) -> int:
    found = _get(attributes, name)
    return max(1, int(found)) if isinstance(found, str) and found.isdigit() and len(found) < 13 else 1
