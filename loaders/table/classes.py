"""The classification of a resource where it stands in columns of its own: 类, 项, 目, 细目 (GB/T 21063.4)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from loaders.table.reader import Reader
from loaders.table.sheet import Line, heading_key

LEVELS = ("类", "项", "目", "细目")
HEADINGS: Mapping[str, str] = {
    heading_key(each): f"{level}分类" for level in LEVELS for each in (level, f"{level}分类", f"{level}名称")
}
"""Folded heading → the heading by which metadata and exports call the level."""
BETWEEN = "/"


def printed(reader: Reader, line: Line) -> str | None:
    """The levels that are filled in, the broadest first, as one text: ``基础信息资源/人口``; None where none is."""
    return (
        BETWEEN.join([cell for column in _columns(tuple(reader.sheet.headings)) if (cell := line.get(column))]) or None
    )


@lru_cache(maxsize=64)
def _columns(headings: tuple[str, ...]) -> tuple[int, ...]:
    """Where the levels stand, the broadest first; of two columns of one level the first."""
    found: dict[str, int] = {}
    for column, one in enumerate(headings):
        if (level := HEADINGS.get(heading_key(one))) is not None:
            found.setdefault(level, column)
    return tuple(found[level] for each in LEVELS if (level := f"{each}分类") in found)
