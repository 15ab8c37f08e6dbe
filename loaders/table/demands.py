"""Demand lists: which agency wants what, for what purpose, under which authority (信息资源需求调查表)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

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
from loaders.table.above import agencies_in, owner
from loaders.table.besides import NOTE, besides, continues
from loaders.table.items import split
from loaders.table.report import Report
from loaders.table.sheet import Line, Sheet, heading_key, other_headings

KINDS = (Kind.DEMAND, Kind.FIELD)
_COUNTS = frozenset({"序号", "行号"})
"""Headings of columns that only count the rows."""
_REMARK = re.compile("[，,；;：:（(。]")
_RESOURCE = re.compile(r".{2}(?:信息|数据|目录|名单|名录|记录|档案|台账|资料|证照|许可|清单|库|表)$")
"""How names of resources end."""
_USED = (*((Kind.DEMAND, each.name) for each in rows(Kind.DEMAND)), (Kind.FIELD, "name"))


@dataclass(slots=True)
class _List:
    """One demand list as it is read: what it needs for its rows, and what they gave so far."""

    sheet: Sheet
    source: str
    known: Known
    report: Report
    asker: str = ""
    agencies: dict[str, Agency] = field(default_factory=dict)
    meanings: dict[str, DataElement] = field(default_factory=dict)
    demands: dict[str, Demand] = field(default_factory=dict)


def read_demands(sheet: Sheet, source: str, path: str, known: Known) -> tuple[list[Record], Report]:
    """The demands of a sheet and the agencies they name that are not known yet, and what was wrong with it.

    A row that names only items asks for them as the row above does. Cells with several askers or resources are as many
    demands. Totals, notes and the like are none, and said.
    """
    held = _List(sheet, source, known, Report(path, source, sheet.name))
    for column in sheet.unknown(_USED):
        if heading_key(sheet.headings[column]) in _COUNTS:
            continue
        known_headings = "、".join(each.headings[0] for each in rows(Kind.DEMAND) if each.headings)
        held.report.unknown_column(
            sheet, column, "its cells are left out", Severity.WARNING, f"known headings: {known_headings}"
        )
    _asker_above(held)
    above: Line | None = None
    noted = False
    for line in sheet.lines:
        if noted := _is_besides(held, line, noted):
            continue
        if other_headings(line.cells):
            held.report.second_table(line)
            break
        below = _below(sheet, line, above)
        demands = list(_demands(held, below))
        above = below if demands else None
        for demand in demands:
            if demand.id not in held.demands:
                held.demands[demand.id] = demand
                continue
            held.report.add(
                "DUPLICATE_DEMAND",
                f"row {line.number} asks again what an earlier row asks; the first stays",
                row=line.number,
                severity=Severity.ERROR,
            )
    return [*held.agencies.values(), *held.meanings.values(), *held.demands.values()], held.report


def _asker_above(held: _List) -> None:
    if (Kind.DEMAND, "agency") in held.sheet.columns or (found := owner(held.sheet)) is None:
        return
    held.asker = found.agency
    held.report.add(
        "ASKER_ABOVE",
        f"no column names who asks; {'the name of the sheet' if found.line is None else f'row {found.line}'} does: "
        f"{found.agency}",
        row=found.line,
        column=found.column,
        severity=Severity.INFO,
        suggestion="if that is not who asks, add a column 需求部门",
    )


def _is_besides(held: _List, line: Line, noted: bool) -> bool:
    """Whether a row is no demand; said. ``noted``: the row above was none either."""
    name, agency = _text(held.sheet, line, "what"), _text(held.sheet, line, "agency")
    found = besides(line.cells, held.sheet.headings, name=name, agency=agency, code="")
    if found is None and noted and continues(line.cells):
        found = NOTE
    if found is not None:
        message = f"row {line.number} is {found.what}, no demand: {' '.join(filter(None, line.cells))[:80]!r}"
        held.report.add(found.code, message, row=line.number, severity=Severity.INFO)
    return found is not None


def _below(sheet: Sheet, line: Line, above: Line | None) -> Line:
    """The row, with what it leaves empty from the row above where it names nothing but items."""
    names = _text(sheet, line, "what") or _text(sheet, line, "agency")
    if above is None or names or not _text(sheet, line, "name", Kind.FIELD):
        return line
    cells = (cell or above.get(column) for column, cell in enumerate(line.cells))
    return Line(line.number, tuple(cells))


def _text(sheet: Sheet, line: Line, name: str, kind: Kind = Kind.DEMAND) -> str:
    cell = line.get(sheet.columns.get((kind, name)))
    if not cell:
        others = (line.get(column) for column in sheet.others.get((kind, name), ()))
        cell = next(filter(None, others), "")
    return cell


def _demands(held: _List, line: Line) -> Iterator[Demand]:
    """The demands of a row, none where it is refused."""
    sheet, report = held.sheet, held.report
    item_cell = _text(sheet, line, "name", Kind.FIELD)
    asking, wanted = _text(sheet, line, "agency") or held.asker, _text(sheet, line, "what")
    for name, zh, cell in (("agency", "需求部门", asking), ("what", "信息资源名称", wanted or item_cell)):
        if not cell:
            report.add(
                "MISSING_VALUE",
                f"row {line.number} names no {zh} and is refused",
                row=line.number,
                column=sheet.columns.get((Kind.DEMAND, name)),
                severity=Severity.ERROR,
                suggestion=f"fill in {zh}",
            )
            return
    date_cell = _text(sheet, line, "requested")
    (status, remark), requested = _status(sheet, line, report), _requested(sheet, line, report)
    history = tuple(_answered(sheet, line, status, remark, report))
    items = split(item_cell) if item_cell and wanted else []
    wishes = resources_in(wanted) if wanted else split(item_cell)
    providers = _providers(held, line, len(wishes))
    for asker in agencies_in(asking):
        for wish, provider in zip(wishes, providers, strict=True):
            elements = {(means := element(found)).id: means for item in (*items, wish) if (found := meant(item))}
            what = wish + (f"{ITEMS}{'、'.join(items)}" if items else "")
            held.meanings |= elements
            yield Demand(
                id=demand_id(asker, what, date_cell or None),
                source=held.source,
                place=Place(source=report.path, sheet=report.sheet, row=line.number),
                agency=_agency(asker, held.known, held.agencies).id,
                what=what,
                provider=_agency(provider, held.known, held.agencies).id if provider else None,
                elements=tuple(elements),
                purpose=_text(sheet, line, "purpose") or None,
                authority=tuple(Citation(text=part) for part in values.citations(_text(sheet, line, "authority"))),
                status=status,
                requested=requested,
                history=history,
            )


def resources_in(cell: str) -> list[str]:
    """The resources that a cell asks for: divided at lines and semicolons, by numbers, and at 、 only between names
    that are each called as a resource is (婚姻登记信息、户籍信息, not 出生、死亡登记信息)."""
    parts = split(cell)
    whole = [part.strip() for part in re.split("[；;\n]", cell) if part.strip()]
    return parts if len(parts) > 1 and (len(parts) == len(whole) or all(map(_RESOURCE.search, parts))) else whole


def _providers(held: _List, line: Line, count: int) -> Sequence[str]:
    """Who is asked for each of the row's resources: one for all, or as many as these, in order."""
    cell = _text(held.sheet, line, "provider")
    named = agencies_in(cell)
    if len(named) == 1:
        return named * count
    if len(named) == count:
        return named
    held.report.add(
        "SEVERAL_PROVIDERS",
        f"{len(named)} providers are named for {count} of what is asked: {cell[:200]!r}; none is taken",
        row=line.number,
        column=held.sheet.columns[Kind.DEMAND, "provider"],
        suggestion="write a row for each provider",
    )
    return [""] * count


def _status(sheet: Sheet, line: Line, report: Report) -> tuple[DemandStatus, str | None]:
    """Where the demand stands, and what the cell remarks behind it: 不同意，涉及隐私."""
    cell = _text(sheet, line, "status")
    if not cell:
        return DemandStatus.SUBMITTED, None
    found = values.DEMAND_STATUSES.get(fold(cell))
    if found is not None:
        return found, None
    word, *rest = _REMARK.split(cell, maxsplit=1)
    found = values.DEMAND_STATUSES.get(fold(word))
    if found is not None:
        return found, rest[0].strip("）) 。") or None
    report.add(
        "BAD_VALUE",
        f"{cell!r} is no {by_name(Kind.DEMAND)['status'].zh} that is known; {DemandStatus.SUBMITTED.zh} is taken",
        row=line.number,
        column=sheet.columns[Kind.DEMAND, "status"],
        suggestion="known values: " + "、".join(term.zh for term in DemandStatus),
    )
    return DemandStatus.SUBMITTED, None


def _requested(sheet: Sheet, line: Line, report: Report) -> dt.date | None:
    cell = _text(sheet, line, "requested")
    found = values.date(cell)
    if cell and found is None:
        zh = by_name(Kind.DEMAND)["requested"].zh
        report.add(
            "BAD_VALUE",
            f"{cell!r} is no {zh} that is known; the demand is loaded without it",
            row=line.number,
            column=sheet.columns[Kind.DEMAND, "requested"],
            suggestion="dates such as 2026-11-09",
        )
    return found


def _answered(
    sheet: Sheet, line: Line, status: DemandStatus, remark: str | None, report: Report
) -> Iterator[DemandEvent]:
    """The step that led to the status, on the day that the list gives for it, with what it remarks."""
    cell = _text(sheet, line, "history")
    at = values.date(cell) if cell else None
    if at is not None and status is not DemandStatus.SUBMITTED:
        yield DemandEvent(at=at, status=status, note=remark)
        return
    if cell:
        report.add(
            "BAD_VALUE",
            f"{cell!r} is no date"
            if at is None
            else f"answered on {cell}, but its status is {status.zh}: no answer is told",
            row=line.number,
            column=sheet.columns[Kind.DEMAND, "history"],
            suggestion="dates such as 2026-11-09" if at is None else "write the answer as its status, such as 答复同意",
        )
    if remark is not None:
        report.add(
            "REMARK_WITHOUT_DATE",
            f"no day is given for {status.zh}; what is remarked is left out: {remark!r}",
            row=line.number,
            column=sheet.columns[Kind.DEMAND, "status"],
            severity=Severity.INFO,
            suggestion="give the day of the answer as 答复日期",
        )


def _agency(name: str, known: Known, agencies: dict[str, Agency]) -> Agency:
    place = jurisdiction(name)
    named = Agency(id=agency_id(place, name), name=name, agency_kind=AgencyKind.BODY, jurisdiction=place)
    namesakes = {one.id: one for one in known.agencies.get(fold(name), ())}
    found = denoted(namesakes.get(named.id, named), namesakes.values())
    return found if found.id in namesakes else agencies.setdefault(found.id, found)
