"""Demand lists: which agency wants what, for what purpose, under which authority (信息资源需求调查表)."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.agency import Agency, denoted
from catalog.data_element import DataElement
from catalog.demand import Demand
from catalog.identifiers import agency_id, demand_id
from catalog.record import Record
from catalog.table import by_name, rows
from catalog.text import fold
from catalog.value import Citation, DemandEvent, Place
from catalog.vocabulary import AgencyKind, DemandStatus, Kind, Severity
from loaders.correspondence.wanted import ITEMS
from loaders.known import Known
from loaders.places import jurisdiction
from loaders.regulation.assignments.elements import element, meant
from loaders.table import values
from loaders.table.report import Report
from loaders.table.sheet import Line, Sheet, heading_key

KINDS = (Kind.DEMAND, Kind.FIELD)
_COUNTS = frozenset({"序号", "行号"})
"""Headings of columns that only count the rows."""
_USED = (*((Kind.DEMAND, each.name) for each in rows(Kind.DEMAND)), (Kind.FIELD, "name"))


def read_demands(sheet: Sheet, source: str, path: str, known: Known) -> tuple[list[Record], Report]:
    """The demands of a sheet and the agencies they name that are not known yet, and what was wrong with it."""
    report = Report(path, source, sheet.name)
    agencies: dict[str, Agency] = {}
    meanings: dict[str, DataElement] = {}
    demands: dict[str, Demand] = {}
    for column in sheet.unknown(_USED):
        if heading_key(sheet.headings[column]) in _COUNTS:
            continue
        report.add(
            "UNKNOWN_COLUMN",
            f"the heading {sheet.headings[column]!r} is none of a demand list; its cells are left out",
            column=column,
            suggestion="known headings: " + "、".join(each.headings[0] for each in rows(Kind.DEMAND) if each.headings),
        )
    for line in sheet.lines:
        demand = _demand(sheet, line, source, known, agencies, meanings, report)
        if demand is None:
            continue
        if demand.id in demands:
            report.add(
                "DUPLICATE_DEMAND",
                f"row {line.number} asks again what an earlier row asks; the first stays",
                row=line.number,
                severity=Severity.ERROR,
            )
            continue
        demands[demand.id] = demand
    return [*agencies.values(), *meanings.values(), *demands.values()], report


def _demand(
    sheet: Sheet,
    line: Line,
    source: str,
    known: Known,
    agencies: dict[str, Agency],
    meanings: dict[str, DataElement],
    report: Report,
) -> Demand | None:
    def text(name: str, kind: Kind = Kind.DEMAND) -> str:
        return line.get(sheet.columns.get((kind, name)))

    for name, zh in (("agency", "需求部门"), ("what", "信息资源名称")):
        if not text(name):
            report.add(
                "MISSING_VALUE",
                f"row {line.number} names no {zh} and is refused",
                row=line.number,
                column=sheet.columns.get((Kind.DEMAND, name)),
                severity=Severity.ERROR,
                suggestion=f"fill in {zh}",
            )
            return None
    asker = _agency(text("agency"), known, agencies)
    provider = _agency(text("provider"), known, agencies) if text("provider") else None
    status_cell, date_cell = text("status"), text("requested")
    status, requested = values.DEMAND_STATUSES.get(fold(status_cell)), values.date(date_cell)
    for name, cell, understood in (
        ("status", status_cell, status is not None),
        ("requested", date_cell, requested is not None),
    ):
        if cell and not understood:
            report.add(
                "BAD_VALUE",
                f"{cell!r} is no {by_name(Kind.DEMAND)[name].zh} that is known; "
                + (f"{DemandStatus.SUBMITTED.zh} is taken" if name == "status" else "the demand is loaded without it"),
                row=line.number,
                column=sheet.columns[Kind.DEMAND, name],
                suggestion="known values: " + "、".join(term.zh for term in DemandStatus)
                if name == "status"
                else "dates such as 2026-11-09",
            )
    history = tuple(_answered(sheet, line, text("history"), status or DemandStatus.SUBMITTED, report))
    items = values.several(text("name", Kind.FIELD))
    elements = {(means := element(found)).id: means for item in (*items, text("what")) if (found := meant(item))}
    what = text("what") + (f"{ITEMS}{'、'.join(items)}" if items else "")
    meanings |= elements
    return Demand(
        id=demand_id(text("agency"), what, date_cell or None),
        source=source,
        place=Place(source=report.path, sheet=report.sheet, row=line.number),
        agency=asker.id,
        what=what,
        provider=provider.id if provider else None,
        elements=tuple(elements),
        purpose=text("purpose") or None,
        authority=tuple(Citation(text=part) for part in values.citations(text("authority"))),
        status=status or DemandStatus.SUBMITTED,
        requested=requested,
        history=history,
    )


def _answered(sheet: Sheet, line: Line, cell: str, status: DemandStatus, report: Report) -> Iterator[DemandEvent]:
    """The step that led to the status, on the day that the list gives for it."""
    at = values.date(cell) if cell else None
    if at is not None and status is not DemandStatus.SUBMITTED:
        yield DemandEvent(at=at, status=status)
    elif cell:
        report.add(
            "BAD_VALUE",
            f"{cell!r} is no date"
            if at is None
            else f"answered on {cell}, but its status is {status.zh}: no answer is told",
            row=line.number,
            column=sheet.columns[Kind.DEMAND, "history"],
            suggestion="dates such as 2026-11-09" if at is None else "write the answer as its status, such as 答复同意",
        )


def _agency(name: str, known: Known, agencies: dict[str, Agency]) -> Agency:
    place = jurisdiction(name)
    named = Agency(id=agency_id(place, name), name=name, agency_kind=AgencyKind.BODY, jurisdiction=place)
    namesakes = {one.id: one for one in known.agencies.get(fold(name), ())}
    found = denoted(namesakes.get(named.id, named), namesakes.values())
    return found if found.id in namesakes else agencies.setdefault(found.id, found)
