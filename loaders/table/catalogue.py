"""Registered catalogues: sheets of information resources with their items, as the national guideline shapes them.

One row per item with the resource's columns repeated or left empty below the first, or one row per resource; items may
stand on another sheet (:mod:`loaders.table.apart`). A row whose name or provider is missing is refused, and so is a
second resource of one code with other values; any other bad cell leaves its property out. Either way an issue says so.
Totals and notes below the rows are none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from catalog.agency import Agency
from catalog.correspondence import Correspondence
from catalog.data_element import DataElement
from catalog.identifiers import registered_resource_id
from catalog.record import Record
from catalog.resource import Resource
from catalog.value import Citation, MetadataValue, Place, Responsibility
from catalog.vocabulary import (
    Allocation,
    Confidence,
    CorrespondenceKind,
    CorrespondenceMethod,
    Kind,
    Origin,
    Role,
    Severity,
)
from loaders.correspondence.build import build
from loaders.table import classes, files, values
from loaders.table.apart import Apart
from loaders.table.besides import NOTE, SECTION, begins_section, besides, continues, suspicious
from loaders.table.differing import differs, item_name, own_choices
from loaders.table.earlier import Earlier
from loaders.table.elements import KNOWN, NAMING, ORDER, PROVIDER, element, elements
from loaders.table.items import items, meaning_of
from loaders.table.provider import Agencies, Providers, literals
from loaders.table.reader import Reader
from loaders.table.report import Report
from loaders.table.sheet import Line, Sheet, heading_key, letter, other_headings


@dataclass(slots=True)
class _Held:
    """A resource and the rows that speak of it; ``cells`` are its own columns, to tell repeated rows by."""

    place: Place
    resource: Resource
    reader: Reader
    cells: tuple[str, ...]
    provider: str = ""
    items: list[Line] = field(default_factory=list)
    more: list[MetadataValue] = field(default_factory=list)
    said: tuple[Correspondence, ...] = ()


@dataclass(slots=True)
class Registered:
    """What the sheets of a load registered so far, by identifier: a second resource of one code is told by it.

    Of the resources of ``earlier`` sheets it keeps digests of identifiers and cells, and where they stand.
    """

    resources: dict[str, _Held] = field(default_factory=dict)
    earlier: Earlier = field(default_factory=Earlier)
    agencies: Agencies = field(default_factory=Agencies)


def read_catalogue(
    sheet: Sheet, source: str, path: str, registered: Registered | None = None, apart: Apart | None = None
) -> tuple[Iterator[Record], Report]:
    """The agencies, resources and fields of a sheet, and what was wrong with it. ``path`` names it in places.

    ``registered`` is shared by the sheets of one load, ``apart`` are items of theirs that stand on sheets of their own.
    The report is whole once the last record was taken.
    """
    registered = registered or Registered()
    reader = Reader(sheet, Report(path, source, sheet.name))
    known_columns = {column for column, heading in enumerate(sheet.headings) if heading_key(heading) in KNOWN}
    naming = [(i, NAMING[key][1]) for i, one in enumerate(sheet.headings) if (key := heading_key(one)) in NAMING]
    for column, heading in enumerate(sheet.headings):
        if heading and column not in known_columns:
            reader.report.unknown_column(sheet, column, "its cells are kept as metadata", Severity.INFO, None)
    of_items = {column for (kind, _), column in sheet.columns.items() if kind is Kind.FIELD}
    own = [column for column in sorted(known_columns) if column not in of_items]
    free = [column for column, heading in enumerate(sheet.headings) if heading and column not in known_columns]
    columns = elements(sheet, own, free)
    found: dict[str, _Held] = {}
    current: _Held | None = None
    providers = Providers(reader, registered.agencies)
    noted = False
    name_of, item_of = reader.cells(Kind.RESOURCE, "name"), reader.cells(Kind.FIELD, "name")
    for line in sheet.lines:
        name = name_of(line)
        first = next(filter(None, line.cells))
        if noted or first in sheet.headings or suspicious(first) or suspicious(name):
            if noted := _is_besides(reader, line, providers, noted):
                continue
            if other_headings(line.cells):
                reader.report.second_table(line)
                break
        if name:
            cells = tuple([line.cells[column] for column in own])
            again = current is not None and _again(cells, current.cells)
            if not again and current is not None and item_of(line) and _same(reader, line, own, current, providers):
                _differs(reader, line, own, current)
            elif not again:
                current = _resource(reader, line, cells, source, naming, registered, providers)
                if current is not None:
                    found.setdefault(current.resource.id, current)
                    if current.resource.place is not None and current.resource.place.row == line.number:
                        current.more.extend(_said(reader, line, columns, providers))
        elif current is None:
            _nameless(reader, line)
        else:
            _differs(reader, line, own, current)
        if current is not None:
            if item_of(line):
                current.items.append(line)
            if free:
                _of_item(reader, line, free, current)
    return _records(registered, found, apart or Apart()), reader.report


def _again(cells: tuple[str, ...], held: tuple[str, ...]) -> bool:
    """Whether a row repeats the columns of the resource above it; what it leaves empty it repeats."""
    return cells == held or all(cell in ("", above) for cell, above in zip(cells, held, strict=True))


def _same(reader: Reader, line: Line, own: Sequence[int], held: _Held, providers: Providers) -> bool:
    """Whether a row names the resource above it: by code, name and provider, whatever else it says; without its code
    by name and provider, where it says otherwise only how its item is shared and open.
    """
    code = reader.plain(line, Kind.RESOURCE, "code")
    if (
        code not in ("", held.resource.code)
        or reader.plain(line, Kind.RESOURCE, "name") != held.resource.name
        or providers.name(line) != held.provider
    ):
        return False
    choices = own_choices(reader)
    return bool(code) or all(
        column in choices or line.cells[column] in ("", above) for column, above in zip(own, held.cells, strict=True)
    )


def _is_besides(reader: Reader, line: Line, providers: Providers, noted: bool) -> bool:
    """Whether a row is no record; said, never dropped in silence. ``noted``: the row above was none either."""
    band = begins_section(line.cells)
    if band and providers.band(band, line):
        return True
    found = besides(
        line.cells,
        reader.sheet.headings,
        name=reader.text(line, Kind.RESOURCE, "name"),
        agency=reader.text(line, Kind.AGENCY, "name"),
        code=reader.text(line, Kind.AGENCY, "credit_code"),
    )
    if found is None and band is not None and not reader.plain(line, Kind.AGENCY, "name"):
        found = SECTION
    if found is None and noted and continues(line.cells):
        found = NOTE
    if found is not None:
        message = f"row {line.number} is {found.what}, no resource: {' '.join(filter(None, line.cells))[:80]!r}"
        reader.report.add(found.code, message, row=line.number, severity=Severity.INFO)
    return found is not None


def _nameless(reader: Reader, line: Line) -> None:
    item = reader.text(line, Kind.FIELD, "name")
    what = f"the item {item[:40]!r} of row {line.number}" if item else f"row {line.number} names no resource, and"
    reader.report.add(
        "MISSING_NAME",
        f"{what} stands below no resource that was read; it is refused",
        row=line.number,
        column=reader.sheet.columns.get((Kind.RESOURCE, "name")),
        severity=Severity.ERROR,
        suggestion="fill in 信息资源名称, or repair the row above that was refused",
    )


def _differs(reader: Reader, line: Line, own: Sequence[int], held: _Held) -> None:
    """What the row of an item has under the resource's headings that its resource does not say."""
    cells = ((column, element(reader, column), above) for column, above in zip(own, held.cells, strict=True))
    differs(reader, line, cells, held.resource, held.more)


def _differs_apart(reader: Reader, line: Line, held: _Held) -> None:
    """The same of a row on a sheet of items, which names its resource and says more of it."""
    said = {each.element: each.value for each in held.more if each.known}
    sheet = reader.sheet
    naming = {*reader.columns(Kind.RESOURCE, "name"), *reader.columns(Kind.RESOURCE, "code")}
    of_items = {column for key in sheet.columns if key[0] is Kind.FIELD for column in reader.columns(*key)}
    for column, heading in enumerate(sheet.headings):
        if column not in naming and column not in of_items and heading_key(heading) in KNOWN:
            name = element(reader, column)
            differs(reader, line, [(column, name, said.get(name, ""))], held.resource, held.more)


def _records(registered: Registered, found: Mapping[str, _Held], apart: Apart) -> Iterator[Record]:
    used = {r.agency for held in found.values() for r in held.resource.responsibilities}
    yield from (agency for agency in registered.agencies.known.values() if agency.id in used)
    meanings: dict[str, DataElement] = {}
    for held in found.values():
        reader = held.reader
        if not held.items and (elsewhere := apart.take(held.resource)) is not None:
            reader, held.items = elsewhere.reader, elsewhere.lines
            free = [i for i, one in enumerate(reader.sheet.headings) if one and heading_key(one) not in KNOWN]
            for line in held.items:
                _of_item(reader, line, free, held)
                _differs_apart(reader, line, held)
        fields = list(items(reader, held.resource, held.items))
        for item in fields:
            if means := meaning_of(item.element_text, item.name):
                meanings[means.id] = means
        yield from held.said
        yield replace(held.resource, metadata=tuple(held.more))
        yield from fields
    yield from meanings.values()
    for identifier, held in registered.resources.items():
        registered.earlier.add(identifier, held.place, held.cells)
    registered.resources.clear()


def _said(
    reader: Reader, line: Line, columns: Sequence[tuple[int, str, bool]], providers: Providers
) -> Iterator[MetadataValue]:
    """The elements of a resource's first row, always in one order: its provider too, where it stands elsewhere."""
    above = providers.name(line) if not reader.text(line, Kind.AGENCY, "name") else ""
    for column, name, known in columns:
        if above and (not known or ORDER.get(name, len(ORDER)) > ORDER[PROVIDER]):
            yield MetadataValue(element=PROVIDER, value=above, known=True)
            above = ""
        if cell := line.cells[column]:
            yield MetadataValue(element=name, value=cell, known=known)
    if above:
        yield MetadataValue(element=PROVIDER, value=above, known=True)


def _of_item(reader: Reader, line: Line, free: Sequence[int], held: _Held) -> None:
    """Cells under unknown headings that differ from the resource's first row belong to the row's item."""
    item = item_name(reader, line)
    for column in free:
        cell, heading = line.get(column), reader.sheet.headings[column]
        if cell and not any(m.element == heading and m.value == cell for m in held.more):
            held.more.append(MetadataValue(element=f"{item}·{heading}", value=cell, known=False))


def _resource(
    reader: Reader,
    line: Line,
    cells: tuple[str, ...],
    source: str,
    naming: Sequence[tuple[int, CorrespondenceKind]],
    registered: Registered,
    providers: Providers,
) -> _Held | None:
    agencies = providers.of(line)
    if not agencies:
        return None
    code, name = reader.code(line), reader.plain(line, Kind.RESOURCE, "name")
    identifier = registered_resource_id(agencies[0].id, code or name)
    if (held := registered.resources.get(identifier)) is not None:
        if held.cells == cells:
            return held
        first, others = f"row {held.place.row}", True
    elif (before := registered.earlier.get(identifier)) is not None:
        place = before.place
        first = ":".join(str(part) for part in (place.source, place.sheet, place.row) if part is not None)
        others = not before.says(cells)
    else:
        provider = providers.name(line)
        named = literals(provider, agencies)
        resource = _build(reader, line, identifier, code, source, tuple(zip(agencies, named, strict=True)))
        assert resource.place is not None
        held = registered.resources[identifier] = _Held(resource.place, resource, reader, cells, provider)
        held.said = tuple(_named(resource, line, naming))
        return held
    reader.report.add(
        "DUPLICATE_CODE",
        f"row {line.number} gives {code or name!r} again{' with other values' if others else ''}; {first} stays",
        row=line.number,
        column=reader.sheet.columns.get((Kind.RESOURCE, "code"), reader.sheet.columns[Kind.RESOURCE, "name"]),
        severity=Severity.ERROR,
        suggestion="give each resource its own code, and repeat its columns unchanged on the rows of its items",
    )
    return None


def _build(
    reader: Reader, line: Line, identifier: str, code: str, source: str, agencies: Sequence[tuple[Agency, str]]
) -> Resource:
    def text(name: str) -> str | None:
        return reader.text(line, Kind.RESOURCE, name) or None

    basis = tuple(Citation(text=part) for part in values.citations(text("basis") or ""))
    update = text("update_frequency")
    return Resource(
        id=identifier,
        source=source,
        place=Place(source=reader.report.path, sheet=reader.report.sheet, row=line.number),
        name=reader.plain(line, Kind.RESOURCE, "name"),
        origin=Origin.REGISTERED,
        code=code or None,
        category=text("category") or classes.printed(reader, line),
        summary=text("summary"),
        jurisdiction=agencies[0][0].jurisdiction,
        responsibilities=tuple(
            Responsibility(
                agency=agency.id,
                roles=(Role.PROVIDE,),
                allocation=Allocation.DECLARED,
                confidence=Confidence.EXPLICIT,
                literal=literal,
                citation=basis[0] if basis else None,
            )
            for agency, literal in agencies
        ),
        share_type=reader.share_type(line),
        share_condition=reader.condition(line, "share_condition", "share_type") or None,
        mode=reader.modes(line),
        platform=text("platform"),
        formats=files.with_files(reader, line, reader.formats(line)),
        update_frequency=values.frequency(update) if update else None,
        open_to_public=reader.openness(line),
        open_condition=reader.condition(line, "open_condition", "open_to_public") or None,
        cleared=text("cleared") == "是",
        basis=basis,
        contact=text("contact"),
        temporal=files.period(reader, line),
        licence=text("licence"),
        issued=reader.date(line, "issued"),
        modified=reader.date(line, "modified"),
    )


def _named(
    resource: Resource, line: Line, naming: Sequence[tuple[int, CorrespondenceKind]]
) -> Iterator[Correspondence]:
    """What the row says of other resources, to be linked once they are there."""
    assert resource.place is not None
    for column, kind in naming:
        if cell := line.get(column):
            yield build(
                resource.source,
                replace(resource.place, column=letter(column)),
                kind,
                CorrespondenceMethod.COLUMN,
                subject_name=resource.name,
                subject_code=resource.code,
                object_name=cell,
                subject=resource.id,
            )
