"""A sheet of cells with its headings found: which column holds which property, and where the rows begin."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from catalog.table import rows
from catalog.text import fold
from catalog.vocabulary import Kind

_NOTE = re.compile(r"\(.*?\)|（.*?）|[*＊:：]")
HEADING_ROWS = 10
"""How far down headings are looked for: notes may stand above them."""


@dataclass(frozen=True, slots=True)
class Line:
    """A data row: ``number`` counts from 1 in the file; ``cells`` are stripped, by column index."""

    number: int
    cells: tuple[str, ...]

    def get(self, column: int | None) -> str:
        """The cell of a column, empty where there is none."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows under headings. ``columns`` maps (kind, property) to the column's index; ``headings`` are as printed."""

    headings: tuple[str, ...]
    columns: dict[tuple[Kind, str], int]
    lines: tuple[Line, ...]

    def unknown(self, used: Iterable[tuple[Kind, str]]) -> list[int]:
        """The columns with a heading that none of the used properties took."""
        taken = {self.columns[key] for key in used if key in self.columns}
        return [i for i, heading in enumerate(self.headings) if heading and i not in taken]


def letter(column: int) -> str:
    """The letter of a column index: 0 → A, 26 → AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def heading_key(heading: str) -> str:
    """A heading as it is compared: folded, without notes such as （必填项）, stars and colons."""
    return fold(_NOTE.sub("", heading.replace("\n", "")))


def cells(text: str) -> list[list[str]]:
    """The cells of comma-, semicolon- or tab-separated text, by the separator its first lines use most."""
    head = text[:4096]
    delimiter = max(",\t;", key=head.count)
    return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter)]


def find_sheet(table: Sequence[Sequence[str]], kinds: Sequence[Kind], *, least: int = 2) -> Sheet | None:
    """The sheet whose heading row knows most properties of the kinds; None where no row knows ``least`` of them.

    Where a heading means properties of several kinds, the kinds given first take it.
    """
    meaning: dict[str, list[tuple[Kind, str]]] = {}
    for kind in kinds:
        for each in rows(kind):
            for heading in each.headings:
                meaning.setdefault(heading_key(heading), []).append((kind, each.name))
    best: tuple[int, int] | None = None
    for index, line in enumerate(table[:HEADING_ROWS]):
        score = sum(heading_key(cell) in meaning for cell in line)
        if score >= least and (best is None or score > best[0]):
            best = (score, index)
    if best is None:
        return None
    index = best[1]
    columns: dict[tuple[Kind, str], int] = {}
    for column, heading in enumerate(table[index]):
        for key in meaning.get(heading_key(heading), ()):
            if key not in columns:
                columns[key] = column
                break
    lines = tuple(Line(number, tuple(row)) for number, row in _numbered(table, index + 1) if any(row))
    return Sheet(tuple(table[index]), columns, lines)


def _numbered(table: Sequence[Sequence[str]], start: int) -> Iterator[tuple[int, Sequence[str]]]:
    for index in range(start, len(table)):
        yield index + 1, table[index]
