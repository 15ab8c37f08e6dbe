"""What the headings of a catalogue's table mean: each known one, in all its words, and the element it stands for."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.table import by_name, rows
from catalog.vocabulary import CorrespondenceKind, Kind
from loaders.table import classes, files
from loaders.table.reader import Reader
from loaders.table.sheet import Sheet, heading_key

KINDS = (Kind.RESOURCE, Kind.FIELD, Kind.AGENCY)
FULFILS = "对应法定资源"
RELATES = "关联资源代码"
PROVIDER = by_name(Kind.AGENCY)["name"].headings[0]
NAMING = {
    heading_key(FULFILS): (FULFILS, CorrespondenceKind.FULFILS),
    **{
        heading_key(heading): (RELATES, CorrespondenceKind.RELATES)
        for heading in (RELATES, "关联资源", "关联信息资源代码", "关联及类目名称")
    },
}
"""Headings under which a resource names others: what it fulfils, what it relates to."""
KNOWN = {
    heading_key(heading): each.headings[0] for kind in KINDS for each in rows(kind) for heading in each.headings
} | {**{heading: name for heading, (name, _) in NAMING.items()}, **files.HEADINGS, **classes.HEADINGS}
"""Folded heading → the heading by which metadata and exports call the element."""
ORDER = {heading: index for index, heading in enumerate(dict.fromkeys(KNOWN.values()))}


def element(reader: Reader, column: int) -> str:
    """The element of a column whose heading is known: the first of its words."""
    return KNOWN[heading_key(reader.sheet.headings[column])]


def elements(sheet: Sheet, own: Sequence[int], free: Sequence[int]) -> list[tuple[int, str, bool]]:
    """Column, element and whether it is known, of all columns but the items': known ones by their first headings."""
    special = {**NAMING, **files.HEADINGS, **classes.HEADINGS}
    first = {*sheet.columns.values(), *(c for c in own if heading_key(sheet.headings[c]) in special)}
    named = {KNOWN[heading_key(sheet.headings[column])]: column for column in reversed(own) if column in first}
    known = [(named[name], name, True) for name in sorted(named, key=ORDER.__getitem__)]
    taken = set(named.values())
    others = [(column, sheet.headings[column], True) for column in own if column not in taken]
    return [*known, *others, *((column, sheet.headings[column], False) for column in free)]
