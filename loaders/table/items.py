"""The items of a registered resource: a row each, or several in one cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from catalog.data_element import DataElement
from catalog.field import Field
from catalog.identifiers import data_element_id, field_id
from catalog.resource import Resource
from catalog.text import fold
from catalog.value import Place
from catalog.vocabulary import Kind
from loaders.regulation.assignments.elements import STANDARDS, element, meant
from loaders.table.differing import openness_of, share_type_of
from loaders.table.reader import Reader
from loaders.table.sheet import Line

_SEPARATORS = "、；;，,|｜\n"
_SEPARATED = re.compile(f"[{_SEPARATORS}]|[①-⑳]")
_NUMBERED = re.compile(r"\s*[(（]?(\d{1,3}|[①-⑳])[)）]?(?:(?<=[①-⑳)）])|[.．、:：])\s*(?=[^\d\s.．])")
"""The number of a member of a list: ``1.姓名``, ``（2）年龄``, ``③地址``."""
_CIRCLED = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_BRACKETS = re.compile(r"[（(\[【][^（()）\[\]【】]*[)）\]】]")

_fold = lru_cache(maxsize=20_000)(fold)
_BY_IDENTIFIER = {fold(standard): name for name, (standard, _) in STANDARDS.items() if standard}


def items(reader: Reader, resource: Resource, lines: Sequence[Line]) -> Iterator[Field]:
    """The fields of a resource's rows, in order. A resource with one row may name several in its cell."""
    occurrences: dict[str, int] = {}
    position = 0
    source, owner = resource.source, resource.id
    if lines:
        share_type, openness = share_type_of(reader, resource, lines[0]), openness_of(reader, resource, lines[0])
    measured = (Kind.FIELD, "length") in reader.sheet.columns
    path, sheet = reader.report.path, reader.report.sheet
    text = reader.cells(Kind.FIELD, "name")
    type_of, element_of = reader.cells(Kind.FIELD, "data_type"), reader.cells(Kind.FIELD, "element_text")
    for line in lines:
        name = text(line)
        data_type = type_of(line)
        length = reader.plain(line, Kind.FIELD, "length") if measured else ""
        names = split(name) if len(lines) == 1 else ["".join(name.splitlines())]
        written = element_of(line)
        types, lengths, elements = [data_type], [length], [written]
        if len(names) > 1:
            types, lengths, elements = (_each(cell, len(names)) for cell in (data_type, length, written))
            for property_, found in (("data_type", types), ("length", lengths), ("element_text", elements)):
                if len(found) != len(names):
                    reader.bad(line, Kind.FIELD, property_, f"one, or one for each of the {len(names)} items")
                    found[:] = [""] * len(names)
        place = Place(source=path, sheet=sheet, row=line.number)
        shared, opened = share_type(line), openness(line)
        for item, type_, long, means_ in zip(names, types, lengths, elements, strict=True):
            key = _fold(item)
            occurrences[key] = occurrences.get(key, 0) + 1
            position += 1
            means = meaning_of(means_ or None, item)
            yield Field(
                id=field_id(owner, item, occurrences[key]),
                source=source,
                place=place,
                resource=owner,
                position=position,
                name=item,
                text=item,
                data_type=type_ or None,
                length=long or None,
                data_element=means.id if means else None,
                element_text=means_ or None,
                identity_key=means.identity_key if means else False,
                share_type=shared,
                open_to_public=opened,
            )


@lru_cache(maxsize=50_000)
def meaning(name: str) -> DataElement | None:
    """The data element that an item of this name means."""
    found = meant(name)
    return element(found) if found else None


@lru_cache(maxsize=50_000)
def meaning_of(written: str | None, name: str) -> DataElement | None:
    """The data element that a catalogue or a mapping writes, else the one that an item of this name means by law.

    What is written is the name of an element or the number of the standard that defines it.
    """
    if not written:
        return meaning(name)
    known = next((one for one in STANDARDS if _fold(one) == _fold(written)), _BY_IDENTIFIER.get(_fold(written)))
    return element(known) if known is not None else DataElement(id=data_element_id(written), name=written)


def split(cell: str) -> list[str]:
    """The members of a cell at 、；，| and line breaks, but not inside brackets: ``状态（正常、注销）`` is one.

    Where the cell numbers them (``1、姓名；2、年龄``), at their numbers, which are left off.
    """
    if (numbered := _numbered(cell)) is not None:
        return numbered
    if not _SEPARATED.search(cell):
        return [cell]
    inside = _inside(cell)
    parts, start = [], 0
    for index, letter in enumerate(cell):
        if letter in _SEPARATORS and not inside[index]:
            parts.append(cell[start:index].strip())
            start = index + 1
    parts.append(cell[start:].strip())
    return [part for part in parts if part] or [cell]


def _numbered(cell: str) -> list[str] | None:
    """The members of a list that numbers them 1, 2, 3 without a gap, without their numbers; None for other cells."""
    inside = _inside(cell)
    starts = [
        found
        for found in _NUMBERED.finditer(cell)
        if not inside[found.start(1)] or cell[found.start(1) - 1] in "(（"
        if not found.start() or cell[found.start() - 1] in f"{_SEPARATORS}。 \t" or found[0][:1].isspace()
        or found[1] in _CIRCLED or found[0].lstrip()[:1] in "(（"
    ]  # fmt: skip
    numbers = [int(unicodedata.normalize("NFKC", found[1])) for found in starts]
    if len(starts) < 2 or starts[0].start() or numbers != list(range(1, len(numbers) + 1)):
        return None
    ends = [*(found.start() for found in starts[1:]), len(cell)]
    return [cell[found.end() : end].strip(f"{_SEPARATORS}。 \t") for found, end in zip(starts, ends, strict=True)]


def _inside(cell: str) -> list[bool]:
    """Of each character whether it stands in brackets."""
    inside = [False] * len(cell)
    for bracket in _BRACKETS.finditer(cell):
        inside[bracket.start() : bracket.end()] = [True] * (bracket.end() - bracket.start())
    return inside


def _each(cell: str, count: int) -> list[str]:
    if count == 1:
        return [cell]
    parts = split(cell)
    return parts * count if len(parts) == 1 else parts
