"""Choices spread over columns: 共享类型 above 无条件 | 有条件 | 不予, with a tick in one of them. They become one cell.

A row's cell then says the word that is ticked; several ticks say several words, which no list has, so that the reader
finds the cell bad. What is written instead of a tick stands in brackets behind the word. Other grids stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from catalog.table import by_name
from catalog.text import fold
from catalog.vocabulary import Kind
from loaders.table.sheet import HEADING_ROWS, Grid, heading_key
from loaders.table.values import OPENNESS, SHARE_TYPES

_LISTS: Mapping[str, Mapping[str, object]] = {
    heading_key(heading): words
    for name, words in (("share_type", SHARE_TYPES), ("open_to_public", OPENNESS))
    for heading in by_name(Kind.RESOURCE)[name].headings
}
_TICKS = frozenset("√✓✔☑☒■●Vv是1")
_NO_TICKS = frozenset({"", "□", "☐", "○", "×", "✗", "否", "0", "-", "—", "/"})


def together(grid: Grid) -> Grid:
    """The grid with each choice that is spread over columns in the first of them; the child headings are empty."""
    for index in range(min(HEADING_ROWS, len(grid.rows) - 1)):
        if spans := list(_spans(grid, index)):
            rows = [list(row) for row in grid.rows]
            for left, words in spans:
                columns = slice(left, left + len(words))
                rows[index + 1][columns] = [""] * len(words)
                for row in rows[index + 2 :]:
                    if len(row) > left:
                        cells = row[columns]
                        row[columns] = [_chosen(cells, words), *[""] * (len(cells) - 1)]
            return replace(grid, rows=rows)
    return grid


def _spans(grid: Grid, index: int) -> Iterator[tuple[int, Sequence[str]]]:
    """Where a heading of the row stands above two words or more of its list: the first column, and the words."""
    row, below = grid.rows[index], grid.rows[index + 1]
    for left, heading in enumerate(row):
        words = _LISTS.get(heading_key(heading)) if heading else None
        if words is None:
            continue
        right = left + 1
        while right < len(below) and (right >= len(row) or row[right] in ("", heading)):
            right += 1
        children = [child for child in below[left:right] if child]
        under = below[left : left + len(children)]
        if len(children) > 1 and list(under) == children and all(fold(child) in words for child in children):
            yield left, children


def _chosen(cells: Sequence[str], words: Sequence[str]) -> str:
    said = [
        word if cell in _TICKS else f"{word}（{cell}）"
        for cell, word in zip(cells, words, strict=False)
        if cell not in _NO_TICKS
    ]
    return "、".join(said)
