"""What the row of an item says otherwise than its resource: how it is shared and open is its own, the rest is kept.

An item may be shared otherwise than the resource it belongs to: 家庭住址 not at all, where the rest is shared on
application. It says so under a heading of its own (信息项共享类型), or in its row under the resource's heading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from catalog.resource import Resource
from catalog.value import MetadataValue
from catalog.vocabulary import Kind, Openness, Severity, ShareType, Term
from loaders.table.reader import Reader
from loaders.table.sheet import Line
from loaders.table.values import OPENNESS, SHARE_TYPES, nothing

V = TypeVar("V", bound=Term)
SEPARATE = "give the item a resource of its own, with a name and code, where this holds for it alone"
WHOLE = "if the whole resource is meant, write it in the resource's first row"
_WORDS: Mapping[str, Mapping[str, Term]] = {"share_type": SHARE_TYPES, "open_to_public": OPENNESS}


def share_type_of(reader: Reader, resource: Resource, first: Line) -> Callable[[Line], ShareType]:
    """How the item of a row is shared: as its row says, else as its resource. ``first`` is the first of its rows."""
    return _own(reader, resource, first, "share_type", SHARE_TYPES, "无条件共享、有条件共享、不予共享")


def openness_of(reader: Reader, resource: Resource, first: Line) -> Callable[[Line], Openness]:
    """Whether the public may have the item of a row: as its row says, else as its resource; open with a condition is
    conditional, and so is what is open in a resource that is open with one.
    """
    of = _own(reader, resource, first, "open_to_public", OPENNESS, "是、否、有条件开放")

    def openness(line: Line) -> Openness:
        found = of(line)
        if found is Openness.OPEN is not resource.open_to_public and (
            resource.open_to_public is Openness.CONDITIONAL
            or not nothing(reader.condition(line, "open_condition", "open_to_public"))
        ):
            return Openness.CONDITIONAL
        return found

    return openness


def own_choices(reader: Reader) -> frozenset[int]:
    """The resource's columns by which an item may say otherwise for itself, their conditions among them."""
    names = ("share_type", "share_condition", "open_to_public", "open_condition")
    return frozenset(column for name in names for column in reader.columns(Kind.RESOURCE, name))


def _own(
    reader: Reader, resource: Resource, first: Line, name: str, words: Mapping[str, V], known: str
) -> Callable[[Line], V]:
    default: V = getattr(resource, name)
    own, shared = reader.cells(Kind.FIELD, name), reader.cells(Kind.RESOURCE, name)
    place = resource.place
    of_resource = place is not None and (place.sheet, place.row) == (reader.report.sheet, first.number)
    said = shared(first) if of_resource else ""

    def of(line: Line) -> V:
        if cell := own(line):
            found = reader.chosen(Kind.FIELD, name, cell, words)
            if found is None:
                reader.bad(line, Kind.FIELD, name, known)
            return found or default
        cell = shared(line)
        if not cell or cell == said:  # what the resource says, in most rows
            return default
        return reader.chosen(Kind.RESOURCE, name, cell, words) or default  # what is no choice is said by differs

    return of


def differs(
    reader: Reader, line: Line, cells: Iterable[tuple[int, str, str]], resource: Resource, more: list[MetadataValue]
) -> None:
    """Says what a row of an item has under the resource's headings that the resource does not say, and keeps it.

    ``cells`` are the columns to look at, each with its element and what the resource says there. What is no choice of
    the item's own goes to ``more``, as an element of the item.
    """
    for column, element, above in cells:
        cell = line.get(column)
        if not cell or cell == above:
            continue
        item = item_name(reader, line)
        name = next((one for one in _WORDS if column in reader.columns(Kind.RESOURCE, one)), None)
        chosen = reader.chosen(Kind.RESOURCE, name, cell, _WORDS[name]) if name is not None else None
        if name is not None and chosen is not None:
            if chosen is not getattr(resource, name):
                _say(reader, line, column, f"{item} itself", above, resource, Severity.INFO, WHOLE)
            continue
        more.append(MetadataValue(element=f"{item}·{element}", value=cell, known=False))
        _say(reader, line, column, f"metadata of {item}", above, resource, Severity.WARNING, SEPARATE)


def item_name(reader: Reader, line: Line) -> str:
    """The item of a row, as metadata names it."""
    return "".join(reader.text(line, Kind.FIELD, "name").splitlines()) or f"row {line.number}"


def _say(
    reader: Reader, line: Line, column: int, whose: str, above: str, resource: Resource, severity: Severity, advice: str
) -> None:
    cell, heading = line.get(column), reader.sheet.headings[column]
    reader.report.add(
        "ITEM_DIFFERS",
        f"row {line.number} has {heading!r} {cell[:80]!r}, which is kept for {whose[:80]}; its resource "
        f"{resource.name!r} has {above[:80] or 'nothing'!r}",
        row=line.number,
        column=column,
        severity=severity,
        suggestion=advice,
    )
