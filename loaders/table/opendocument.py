"""The layout of an OpenDocument spreadsheet, read as its XML streams by: how far it reaches, what is merged, where the
errors of formulas stand.

Repetition is written as a number there, so that few bytes can stand for any number of cells. Nothing is resolved or
fetched: documents with a document type are refused before this sees them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from loaders.table.error_cells import ErrorCell, is_error

Errors = dict[str, list[ErrorCell]]
Ranges = dict[str, list[tuple[int, int, int, int]]]


class OpenDocument:
    """A reader fed with pieces of ``content.xml``. ``bound`` is told rows and columns and raises over a limit."""

    def __init__(self, merged: Ranges, errors: Errors, bound: Callable[[int, int], None]) -> None:
        self.merged, self.errors, self.bound = merged, errors, bound
        self.wrong: list[ErrorCell] = []
        self.said: list[str] = []
        self.is_error = False
        self.table, self.row, self.repeat, self.first, self.column, self.last = "", 0, 1, 0, 0, 0
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
                self.row = 0
            case "table-row":
                self.repeat, self.column, self.last = _number(attributes, "number-rows-repeated"), 0, 0
                self.wrong = []
            case "table-cell" | "covered-table-cell":
                times = _number(attributes, "number-columns-repeated")
                down, right = _number(attributes, "number-rows-spanned"), _number(attributes, "number-columns-spanned")
                if down > 1 or right > 1:
                    self.bound(down, right)
                    self.merged.setdefault(self.table, []).append(
                        (self.row, self.column, self.row + down - 1, self.column + right - 1)
                    )
                self.first, self.column = self.column, self.column + times
                self.is_error = any(
                    value == "error" for key, value in attributes.items() if key.rpartition(":")[2] == "value-type"
                )
                if self.is_error or _get(attributes, "formula") is not None:
                    self.said = []
                    self._parser.CharacterDataHandler = self.said.append
                if _get(attributes, "value-type") is not None or _get(attributes, "formula") is not None:
                    self.last = self.column
            case "p":
                self.last = self.column
            case "annotation":  # a remark on a cell is no text of it
                self._parser.CharacterDataHandler = None

    def _end(self, name: str) -> None:
        match name.rpartition(":")[2]:
            case "table-cell" | "covered-table-cell":
                self._cell()
            case "table-row":
                if self.wrong:
                    self.errors.setdefault(self.table, []).extend(
                        error._replace(row=self.row, down=self.repeat) for error in self.wrong
                    )
                self.row += self.repeat
                if self.last:  # empty rows count once something stands below them
                    self.bound(self.row, self.last)

    def _cell(self) -> None:
        said, self.said = "".join(self.said).strip(), []
        self._parser.CharacterDataHandler = None
        if self.is_error or is_error(said):
            self.wrong.append(ErrorCell(self.row, self.first, said, right=self.column - self.first))
        self.is_error = False


def _get(attributes: dict[str, Any], name: str) -> Any:
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), None)


def _number(attributes: dict[str, Any], name: str) -> int:
    found = _get(attributes, name)
    return max(1, int(found)) if isinstance(found, str) and found.isdigit() and len(found) < 13 else 1
