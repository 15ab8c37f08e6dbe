"""Items on sheets of their own: a row each, which names by code or name a resource of another sheet of the workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from catalog.issue import Issue
from catalog.resource import Resource
from catalog.text import fold
from catalog.vocabulary import Kind, Severity
from loaders.table.reader import Reader
from loaders.table.report import Report
from loaders.table.sheet import Grid, Line, Sheet, find_sheet

_ITEM, _CODE, _NAME = (Kind.FIELD, "name"), (Kind.RESOURCE, "code"), (Kind.RESOURCE, "name")
_REGISTERS = frozenset({(Kind.AGENCY, "name"), (Kind.RESOURCE, "summary")})
"""What a sheet says that registers resources, and one of items does not."""
Key = tuple[tuple[Kind, str], str]


@dataclass(slots=True)
class Items:
    """The rows of one sheet that name one resource."""

    reader: Reader
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Apart:
    """The items of a workbook that stand on sheets of their own, until the resources that they name take them."""

    held: dict[Key, Items] = field(default_factory=dict)
    reports: list[Report] = field(default_factory=list)

    @classmethod
    def of(cls, sheets: Sequence[Sheet], source: str, path: str) -> Apart:
        """The items of these sheets. A row that names no resource belongs to the one above it."""
        apart = cls()
        for sheet in sheets:
            reader = Reader(sheet, Report(path, source, sheet.name))
            apart.reports.append(reader.report)
            key: Key | None = None
            for line in sheet.lines:
                key = next(iter(_keys(reader, line)), key)
                if key is None or not reader.text(line, *_ITEM):
                    reader.report.add(
                        "MISSING_NAME",
                        f"row {line.number} names no {'item' if key else 'resource'}; it is refused",
                        row=line.number,
                        column=sheet.columns.get(_ITEM if key else _NAME),
                        severity=Severity.ERROR,
                        suggestion="fill in the code or name of the resource and the name of the item",
                    )
                    continue
                apart.held.setdefault(key, Items(reader)).lines.append(line)
        return apart

    def take(self, resource: Resource) -> Items | None:
        """The items of a resource, which nobody else gets: by its code, else by its name."""
        keys: list[Key] = [(_CODE, resource.code)] if resource.code else []
        for key in (*keys, (_NAME, fold(resource.name))):
            if (found := self.held.pop(key, None)) is not None:
                return found
        return None

    def left(self) -> Iterator[Issue]:
        """What was wrong with the sheets: items of resources that no sheet registers, among others."""
        for (_, named), items in self.held.items():
            items.reader.report.add(
                "UNKNOWN_RESOURCE",
                f"no other sheet registers {named!r} without items of its own; {len(items.lines)} items are refused",
                row=items.lines[0].number,
                severity=Severity.ERROR,
                suggestion="write the code or name as the sheet of resources has it",
            )
        for report in self.reports:
            yield from report.issues


def item_sheets(sheets: Mapping[int, Sheet | None], grids: Sequence[Grid], kinds: Sequence[Kind]) -> dict[int, Sheet]:
    """Which grids only list the items of what others register: most of their rows name a resource of these.

    ``sheets`` are those of catalogues, None for grids that are none, by the index of their grid.
    """
    unsaid = Report("", "")
    registering = [one for one in sheets.values() if one is not None and _ITEM not in one.columns]
    if not registering:
        return {}
    named = {key for sheet in registering for line in sheet.lines for key in _keys(Reader(sheet, unsaid), line)}
    found: dict[int, Sheet] = {}
    for index, held in sheets.items():
        sheet = held or find_sheet(grids[index], kinds, _ITEM)
        if sheet is None or _ITEM not in sheet.columns or not _REGISTERS.isdisjoint(sheet.columns):
            continue
        reader = Reader(sheet, unsaid)
        asked = [keys for line in sheet.lines if (keys := _keys(reader, line))]
        if 2 * sum(not named.isdisjoint(keys) for keys in asked) > len(asked):
            found[index] = sheet
    return found


def _keys(reader: Reader, line: Line) -> list[Key]:
    """What a row calls its resource: by its code first."""
    code, name = reader.plain(line, *_CODE), reader.plain(line, *_NAME)
    return [*([(_CODE, code)] if code else []), *([(_NAME, fold(name))] if name else [])]
