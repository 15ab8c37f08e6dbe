"""Registered catalogues: sheets of information resources with their items, as the national guideline shapes them.

One row per item with the resource's columns repeated or left empty below the first, or one row per resource. A row
whose name or provider is missing is refused; any other bad cell leaves its property out. Either way an issue says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from stdnum.cn import uscc

from catalog.agency import Agency
from catalog.field import Field
from catalog.identifiers import agency_id, field_id, registered_resource_id
from catalog.record import Record
from catalog.resource import Resource
from catalog.text import fold
from catalog.value import Format, MetadataValue, Place, Responsibility
from catalog.vocabulary import (
    AgencyKind,
    Allocation,
    Confidence,
    Kind,
    Openness,
    Origin,
    Role,
    Severity,
    ShareMode,
    ShareType,
)
from loaders.known import Known
from loaders.places import jurisdiction
from loaders.regulation.assignments.elements import element, meant
from loaders.table import values
from loaders.table.report import Report
from loaders.table.sheet import Line, Sheet

KINDS = (Kind.RESOURCE, Kind.FIELD, Kind.AGENCY)
_FULFILS = fold("对应法定资源")


@dataclass(slots=True)
class _Reader:
    sheet: Sheet
    report: Report
    known: Known

    def text(self, line: Line, kind: Kind, name: str) -> str:
        return line.get(self.sheet.columns.get((kind, name)))

    def bad(self, line: Line, kind: Kind, name: str, known: str) -> None:
        cell = self.text(line, kind, name)
        self.report.add(
            "BAD_VALUE",
            f"{cell!r} is no {kind.zh}·{name}",
            row=line.number,
            column=self.sheet.columns[kind, name],
            suggestion=f"known values: {known}",
        )

    def date(self, line: Line, name: str) -> dt.date | None:
        cell = self.text(line, Kind.RESOURCE, name)
        found = values.date(cell)
        if cell and found is None:
            self.bad(line, Kind.RESOURCE, name, "dates such as 2023-04-10")
        return found

    def share_type(self, line: Line) -> ShareType:
        cell = self.text(line, Kind.RESOURCE, "share_type")
        found = values.SHARE_TYPES.get(fold(cell))
        if cell and found is None:
            self.bad(line, Kind.RESOURCE, "share_type", "无条件共享、有条件共享、不予共享")
        return found or ShareType.UNDECLARED

    def openness(self, line: Line) -> Openness:
        cell = self.text(line, Kind.RESOURCE, "open_to_public")
        found = values.OPENNESS.get(fold(cell))
        if cell and found is None:
            self.bad(line, Kind.RESOURCE, "open_to_public", "是、否、有条件开放")
        if found is Openness.OPEN and self.text(line, Kind.RESOURCE, "open_condition"):
            return Openness.CONDITIONAL
        return found or Openness.UNDECLARED

    def modes(self, line: Line) -> tuple[ShareMode, ...]:
        found = []
        for word in values.several(self.text(line, Kind.RESOURCE, "mode")):
            if (mode := values.MODES.get(fold(word))) is not None:
                found.append(mode)
            else:
                self.bad(line, Kind.RESOURCE, "mode", "接口、文件、数据库、邮件、拷盘")
        return tuple(dict.fromkeys(found))

    def formats(self, line: Line) -> tuple[Format, ...]:
        found = []
        for word in values.several(self.text(line, Kind.RESOURCE, "formats")):
            if (known := values.FORMATS.get(fold(word))) is not None:
                found.append(known)
            else:
                self.bad(line, Kind.RESOURCE, "formats", "csv、xlsx、json、xml、pdf、数据库 …")
        return tuple(dict.fromkeys(found))


def read_catalogue(sheet: Sheet, source: str, path: str, known: Known) -> tuple[list[Record], Report]:
    """The agencies, resources and fields of a sheet, and what was wrong with it. ``path`` names it in places."""
    reader = _Reader(sheet, Report(path, source), known)
    used = {key for key in sheet.columns if key[0] in KINDS}
    fulfils = next((i for i, heading in enumerate(sheet.headings) if fold(heading) == _FULFILS), None)
    for column in sheet.unknown(used):
        if column != fulfils:
            reader.report.add(
                "UNKNOWN_COLUMN",
                f"the heading {sheet.headings[column]!r} is not known; its cells are kept as metadata",
                column=column,
                severity=Severity.INFO,
            )
    resources: dict[str, tuple[Line, Resource]] = {}
    agencies: dict[str, Agency] = {}
    fields: dict[str, list[Field]] = {}
    current: str | None = None
    for line in sheet.lines:
        if reader.text(line, Kind.RESOURCE, "name"):
            current = _resource(reader, line, source, fulfils, resources, agencies)
        if current is not None:
            _field(reader, line, resources[current][1], fields.setdefault(current, []))
    return list(_records(agencies, resources, fields)), reader.report


def _records(
    agencies: dict[str, Agency], resources: dict[str, tuple[Line, Resource]], fields: dict[str, list[Field]]
) -> Iterator[Record]:
    yield from agencies.values()
    meanings = {
        element(found).id: element(found) for held in fields.values() for item in held if (found := meant(item.name))
    }
    yield from meanings.values()
    for identifier, (_, resource) in resources.items():
        yield resource
        yield from fields.get(identifier, ())


def _resource(
    reader: _Reader,
    line: Line,
    source: str,
    fulfils: int | None,
    resources: dict[str, tuple[Line, Resource]],
    agencies: dict[str, Agency],
) -> str | None:
    agency = _agency(reader, line)
    if agency is None:
        return None
    agencies.setdefault(agency.id, agency)
    code, name = reader.text(line, Kind.RESOURCE, "code"), reader.text(line, Kind.RESOURCE, "name")
    identifier = registered_resource_id(agency.id, code or name)
    resource = _build(reader, line, identifier, source, agency, fulfils)
    held = resources.get(identifier)
    if held is None:
        resources[identifier] = line, resource
        return identifier
    first = held[1]
    if replace(resource, place=first.place) != first:
        reader.report.add(
            "DUPLICATE_CODE",
            f"row {line.number} gives {code or name!r} again with other values; row {held[0].number} stays",
            row=line.number,
            column=reader.sheet.columns.get((Kind.RESOURCE, "code"), reader.sheet.columns[Kind.RESOURCE, "name"]),
            severity=Severity.ERROR,
            suggestion="give each resource its own code, and repeat its columns unchanged on the rows of its items",
        )
        return None
    return identifier


def _agency(reader: _Reader, line: Line) -> Agency | None:
    name = reader.text(line, Kind.AGENCY, "name")
    if not name:
        reader.report.add(
            "MISSING_PROVIDER",
            f"row {line.number} names no provider and is refused",
            row=line.number,
            column=reader.sheet.columns.get((Kind.AGENCY, "name")),
            severity=Severity.ERROR,
            suggestion="fill in 信息资源提供方",
        )
        return None
    place = jurisdiction(reader.text(line, Kind.RESOURCE, "jurisdiction") or name)
    cell = reader.text(line, Kind.AGENCY, "credit_code")
    code = uscc.compact(cell) if cell else ""
    if code and not uscc.is_valid(code):
        reader.report.add(
            "BAD_CREDIT_CODE",
            f"{cell!r} is no unified social credit code: its check character does not fit",
            row=line.number,
            column=reader.sheet.columns[Kind.AGENCY, "credit_code"],
            suggestion="18 characters as GB 32100 says; the provider is kept by its name",
        )
        code = ""
    return Agency(
        id=agency_id(place.code if place else None, name, credit_code=code or None),
        name=name,
        agency_kind=AgencyKind.BODY,
        jurisdiction=place,
        credit_code=code or None,
    )


def _build(reader: _Reader, line: Line, identifier: str, source: str, agency: Agency, fulfils: int | None) -> Resource:
    def text(name: str) -> str | None:
        return reader.text(line, Kind.RESOURCE, name) or None

    basis = tuple(reader.known.cite(part) for part in _citations(text("basis") or ""))
    for citation in basis:
        if citation.regulation is None:
            reader.report.add(
                "UNRESOLVED_BASIS",
                f"no loaded text is called as {citation.text!r} says; the words are kept",
                row=line.number,
                column=reader.sheet.columns[Kind.RESOURCE, "basis"],
                severity=Severity.INFO,
                suggestion="load the regulation, or write its full title and article",
            )
    update = text("update_frequency")
    return Resource(
        id=identifier,
        source=source,
        place=Place(source=reader.report.path, row=line.number),
        name=text("name") or "",
        origin=Origin.REGISTERED,
        code=text("code"),
        category=text("category"),
        summary=text("summary"),
        jurisdiction=agency.jurisdiction,
        responsibilities=(
            Responsibility(
                agency=agency.id,
                roles=(Role.PROVIDE,),
                allocation=Allocation.DECLARED,
                confidence=Confidence.EXPLICIT,
                literal=agency.name,
                citation=basis[0] if basis else None,
            ),
        ),
        share_type=reader.share_type(line),
        share_condition=text("share_condition"),
        mode=reader.modes(line),
        platform=text("platform"),
        formats=reader.formats(line),
        update_frequency=values.frequency(update) if update else None,
        open_to_public=reader.openness(line),
        open_condition=text("open_condition"),
        cleared=text("cleared") == "是",
        basis=basis,
        fulfils=_fulfilled(reader, line, fulfils, agency),
        metadata=tuple(_metadata(reader, line)),
        contact=text("contact"),
        issued=reader.date(line, "issued"),
        modified=reader.date(line, "modified"),
    )


def _citations(cell: str) -> list[str]:
    return [part.strip() for part in cell.replace(";", "；").split("；") if part.strip()]


def _fulfilled(reader: _Reader, line: Line, column: int | None, agency: Agency) -> tuple[str, ...]:
    name = line.get(column)
    if not name:
        return ()
    found = [
        held.id
        for held in reader.known.statutory.get(fold(name), ())
        if agency.jurisdiction is None
        or held.jurisdiction is None
        or held.jurisdiction.name == agency.jurisdiction.name
    ]
    if not found:
        reader.report.add(
            "UNRESOLVED_DUTY",
            f"no loaded regulation assigns a resource called {name!r} there",
            row=line.number,
            column=column,
            severity=Severity.INFO,
            suggestion="load the regulation that assigns it, together with this sheet or before it",
        )
    return tuple(found)


def _metadata(reader: _Reader, line: Line) -> Iterator[MetadataValue]:
    of_items = {column for (kind, _), column in reader.sheet.columns.items() if kind is Kind.FIELD}
    known = set(reader.sheet.columns.values())
    for column, heading in enumerate(reader.sheet.headings):
        if heading and column not in of_items and line.get(column):
            yield MetadataValue(element=heading, value=line.get(column), known=column in known)


def _field(reader: _Reader, line: Line, resource: Resource, held: list[Field]) -> None:
    name = reader.text(line, Kind.FIELD, "name")
    if not name:
        return
    occurrence = 1 + sum(fold(other.name) == fold(name) for other in held)
    means = element(found) if (found := meant(name)) else None
    held.append(
        Field(
            id=field_id(resource.id, name, occurrence),
            source=resource.source,
            place=Place(source=reader.report.path, row=line.number),
            resource=resource.id,
            position=len(held) + 1,
            name=name,
            text=name,
            data_type=reader.text(line, Kind.FIELD, "data_type") or None,
            length=reader.text(line, Kind.FIELD, "length") or None,
            data_element=means.id if means else None,
            identity_key=means.identity_key if means else False,
            share_type=resource.share_type,
            open_to_public=resource.open_to_public,
        )
    )
