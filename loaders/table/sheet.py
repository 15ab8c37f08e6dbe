"""A sheet of cells with its headings found: which column holds which property, and where the rows begin."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple, TypeAlias

from catalog.table import rows
from catalog.text import fold
from catalog.vocabulary import Kind

_NOTE = re.compile(r"[(（\[【〔［].*?[)）\]】〕］]|[*＊※★:：①-⑳¹²³]")
LISTS = "代码表"
"""The name of the sheet of code lists in workbooks that Mulu writes; it holds no records."""
HEADING_ROWS = 20
"""How far down headings are looked for: notes may stand above them."""


class Line(NamedTuple):
    """A data row: ``number`` counts from 1 in the file; ``cells`` are stripped, at least one for each heading."""

    number: int
    cells: tuple[str, ...]

    def get(self, column: int | None) -> str:
        """The cell of a column, empty where there is none."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet as text, and its name; a text file has one sheet without a name.

    ``merged`` are merged ranges as (top, left, bottom, right), indexes from 0; their text stands in the first cell.
    """

    rows: Sequence[Sequence[str]]
    name: str | None = None
    merged: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows under headings. ``columns`` maps (kind, property) to the column's index; ``headings`` are as printed.

    ``others`` are further columns that mean the same property and speak where the first is empty. ``above`` are the
    lines that stand above the last row of headings, such as a title. ``unnamed`` are columns with cells below no
    heading; they are called by their letter: ``C列``.
    """

    headings: tuple[str, ...]
    columns: dict[tuple[Kind, str], int]
    lines: tuple[Line, ...]
    name: str | None = None
    others: dict[tuple[Kind, str], tuple[int, ...]] = field(default_factory=dict)
    above: tuple[Line, ...] = ()
    unnamed: frozenset[int] = frozenset()

    def unknown(self, used: Iterable[tuple[Kind, str]]) -> list[int]:
        """The columns with a heading that none of the used properties took."""
        keys = set(used)
        taken = {column for key, column in self.columns.items() if key in keys}
        taken |= {column for key, columns in self.others.items() if key in keys for column in columns}
        return [i for i, heading in enumerate(self.headings) if heading and i not in taken]


def letter(column: int) -> str:
    """The letter of a column index: 0 → A, 26 → AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


@lru_cache(maxsize=10_000)
def heading_key(heading: str) -> str:
    """A heading as it is compared: folded, without notes such as （必填项）, stars and colons."""
    return fold(_NOTE.sub("", heading.replace("\n", "")))


def cells(text: str) -> list[list[str]]:
    """The cells of comma-, semicolon- or tab-separated text (:func:`separator`)."""
    read = csv.reader(_lines(text), delimiter=separator(text))
    return list(alike([cell.strip() for cell in row] for row in read))


def separator(text: str) -> str:
    """What stands between the cells: by which a line of the first has most known headings, else what is most used."""
    head = text[:4096]
    known = all_headings()

    def headings(delimiter: str) -> int:
        lines = islice(csv.reader(_lines(head), delimiter=delimiter), HEADING_ROWS)
        return max((sum(heading_key(cell) in known for cell in line) for line in lines), default=0)

    return max(",\t;|", key=lambda delimiter: (headings(delimiter), delimiter != "|", head.count(delimiter)))


def _lines(text: str) -> Iterator[str]:
    """The lines of a text with their ends: a copy of the whole would be four times as large as its bytes."""
    start = 0
    while end := text.find("\n", start) + 1:
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]


def alike(rows_: Iterable[list[str]]) -> Iterator[list[str]]:
    """The rows, in which cells that repeat what stands above are one text with it: a resource's, row after row."""
    above: list[str] = []
    for row in rows_:
        if len(row) == len(above):
            row[:] = [one if one == cell else cell for one, cell in zip(above, row, strict=True)]
        above = row
        yield row


def find_sheet(grid: Grid, kinds: Sequence[Kind], needs: tuple[Kind, str], *, least: int = 2) -> Sheet | None:
    """The sheet whose one or two heading rows know most properties of the kinds; None where none knows ``least``.

    ``needs`` is the property without which it is no such sheet. Where a heading means properties of several kinds,
    the kinds given first take it.
    """
    meaning = _meaning(tuple(kinds))
    best: tuple[int, int, list[str]] | None = None
    for index in range(min(HEADING_ROWS, len(grid.rows))):
        for headings, rows_taken in _candidates(grid, index, meaning):
            score = sum(heading_key(cell) in meaning for cell in headings)
            if score >= least and (best is None or score > best[0]):
                best = (score, index + rows_taken, headings)
    if best is None:
        return None
    _, start, headings = best
    found: dict[tuple[Kind, str], list[tuple[int, int]]] = {}
    for column, heading in enumerate(headings):
        for rank, key in meaning.get(heading_key(heading), ()):
            if not any(rank == held for held, _ in found.get(key, ())):
                found.setdefault(key, []).append((rank, column))
                break
    ordered = {key: [column for _, column in sorted(held)] for key, held in found.items()}
    if needs not in ordered:
        return None
    unnamed = _unnamed(grid.rows[start:], headings)
    headings += [""] * (max(unnamed, default=-1) + 1 - len(headings))
    for column in unnamed:
        headings[column] = f"{letter(column)}列"
    lines = []
    for number, row in enumerate(_filled(grid, start), start=start + 1):
        if any(row):
            lines.append(Line(number, (*row, *[""] * (len(headings) - len(row)))))
    return Sheet(
        unnamed=unnamed,
        headings=tuple(headings),
        columns={key: columns[0] for key, columns in ordered.items()},
        lines=tuple(lines),
        name=grid.name,
        others={key: tuple(columns[1:]) for key, columns in ordered.items() if len(columns) > 1},
        above=tuple(Line(number, tuple(row)) for number, row in enumerate(grid.rows[: start - 1], start=1)),
    )


def _unnamed(rows_: Sequence[Sequence[str]], headings: Sequence[str]) -> frozenset[int]:
    """The columns without a heading that have cells."""
    width = max(map(len, rows_), default=0)
    empty = [column for column in range(width) if column >= len(headings) or not headings[column]]
    return frozenset(column for column in empty if any(len(row) > column and row[column] for row in rows_))


def other_headings(cells_: Sequence[str]) -> bool:
    """Whether a row among the data is the headings of a second table."""
    filled = [cell for cell in cells_ if cell]
    if len(filled) < 3 or filled[0] not in all_headings():
        return False
    known = sum(heading_key(cell) in all_headings() for cell in filled)
    return known >= 3 and 2 * known > len(filled)


@cache
def all_headings() -> frozenset[str]:
    """Every heading that is known of any kind, as headings are compared."""
    return frozenset({"序号", *(heading for kind in Kind for heading in _meaning((kind,)))})


Meaning: TypeAlias = dict[str, list[tuple[int, tuple[Kind, str]]]]


@cache
def _meaning(kinds: tuple[Kind, ...]) -> Meaning:
    """Folded heading → the properties it means, each with the heading's rank among those of the property."""
    meaning: Meaning = {}
    for kind in kinds:
        for each in rows(kind):
            for rank, heading in enumerate(each.headings):
                meaning.setdefault(heading_key(heading), []).append((rank, (kind, each.name)))
    return meaning


def _candidates(grid: Grid, index: int, meaning: Meaning) -> Iterator[tuple[list[str], int]]:
    """The headings that the row at ``index`` gives alone, and together with the row below where that divides it."""
    row = list(grid.rows[index])
    yield row, 1
    if index + 1 >= len(grid.rows) or not any(row):
        return
    below = list(grid.rows[index + 1])
    width = max(len(row), len(below))
    row += [""] * (width - len(row))
    below += [""] * (width - len(below))
    parents = list(row)
    spans = {left: right for top, left, _, right in grid.merged if top == index and right > left}
    for left, right in spans.items():
        parents[left : right + 1] = [row[left]] * (right + 1 - left)
    for column in range(1, width):  # where the format keeps no merged ranges: an empty parent over a child
        if not parents[column] and below[column]:
            parents[column] = parents[column - 1]
    for column in range(width):
        alone = (column == 0 or parents[column - 1] != parents[column]) and (
            column + 1 == width or parents[column + 1] != parents[column]
        )
        if (
            below[column]
            and alone
            and heading_key(parents[column]) in meaning
            and (heading_key(below[column]) not in meaning)
        ):
            return  # a heading of one column over something that is no heading: the row below is data
    if not any(heading_key(cell) in meaning for cell in below):
        return
    yield [_joined(parent, child, meaning) for parent, child in zip(parents, below, strict=True)], 2


def _joined(parent: str, child: str, meaning: Meaning) -> str:
    """The heading of a column under two rows: the child's, with the parent's where that gives it its meaning."""
    if not child or heading_key(child) in meaning or not parent:
        return child or parent
    both = parent + child
    return both if heading_key(both) in meaning else child


def _filled(grid: Grid, start: int) -> Iterator[Sequence[str]]:
    """The rows from ``start`` on, every cell of a vertically merged range with the text of its first one."""
    fill: dict[int, list[tuple[int, str]]] = {}
    for top, left, bottom, _ in grid.merged:
        if top >= start and bottom > top and top < len(grid.rows) and left < len(grid.rows[top]):
            for index in range(top + 1, min(bottom + 1, len(grid.rows))):
                fill.setdefault(index, []).append((left, grid.rows[top][left]))
    for index in range(start, len(grid.rows)):
        row = grid.rows[index]
        if index in fill and any(row):
            cells_ = list(row)
            for column, text in fill[index]:
                cells_[column] = cells_[column] or text
            row = cells_
        yield row
