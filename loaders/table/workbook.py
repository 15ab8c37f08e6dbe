"""Workbooks (.xlsx, .xlsm, .xls, .ods) as grids of text, and what is wrong with them. Bytes in, nothing executed.

Every cell becomes the text a person would have typed: dates as 2024-03-01, whole numbers without a point. Formulas give
the value they were saved with; one that was saved with an error gives an empty cell and an issue, as does a text that
is one (#N/A pasted as a value, or in a workbook saved as text).
"""

from __future__ import annotations

import datetime as dt
import io
import posixpath
import zipfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import python_calamine as calamine

from catalog.issue import Issue
from catalog.vocabulary import Severity
from loaders.table import error_cells
from loaders.table.container import CELLS, OLE, ZIP, Contents, Refused, bound, inspect
from loaders.table.report import Report
from loaders.table.sheet import LISTS, Grid, alike, cells, separator

ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods")
_TEXTS = (".csv", ".tsv")
_SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of a workbook in order, hidden ones too, and its issues. A refused workbook has no sheets."""

    grids: tuple[Grid, ...]
    issues: tuple[Issue, ...]


def is_workbook(path: str, data: bytes) -> bool:
    """Whether a file is to be read as a workbook: by its ending, or a list whose bytes are a workbook's."""
    name = path.lower()
    return name.endswith(ENDINGS) or (name.endswith(_TEXTS) and data.startswith((ZIP, OLE)))


def read_workbook(data: bytes, path: str, source: str) -> Workbook:
    """The grids of a workbook. ``path`` names it in places; ``source`` is its identifier."""
    report = Report(path, source)
    try:
        contents = inspect(data)
        grids = tuple(_grids(data, contents, report))
    except Refused as refused:
        report.add(refused.code, refused.message, severity=Severity.ERROR, suggestion=refused.suggestion)
        return Workbook((), tuple(report.issues))
    if contents.macros:
        report.add("MACROS_IGNORED", "the workbook has macros; they were not read or run", severity=Severity.INFO)
    if not any(any(map(any, grid.rows)) for grid in grids):
        report.add(
            "EMPTY_WORKBOOK",
            "no sheet of the workbook has a cell with anything in it",
            severity=Severity.ERROR,
            suggestion="if it should have, it is damaged: open it in a spreadsheet program and save it again",
        )
    return Workbook(grids, tuple(report.issues))


def read_separated(text: str, path: str, source: str) -> Workbook:
    """The one grid of comma-, semicolon- or tab-separated text, as :func:`read_workbook`."""
    report = Report(path, source)
    rows = cells(text)
    if '"' in text:
        _unclosed(rows, separator(text), report)
    if "#" in text or "Err:" in text:
        errors = list(error_cells.printed(rows))
        error_cells.blank(rows, errors)
        error_cells.report(errors, report)
    return Workbook((Grid(rows),), tuple(report.issues))


def _unclosed(rows: Sequence[Sequence[str]], delimiter: str, report: Report) -> None:
    """Says where a cell has swallowed rows, as it does behind a quotation mark that nothing closes."""
    width = max(map(len, rows), default=0)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if "\n" in cell and (lost := sum(one.count(delimiter) >= width - 1 for one in cell.split("\n")[1:])):
                report.add(
                    "UNCLOSED_QUOTE",
                    f"the cell runs on over {lost} more lines that look like rows; they are read as its text",
                    row=number,
                    column=column,
                    severity=Severity.ERROR,
                    suggestion='close the quotation mark (") in this cell, or double the ones inside it',
                )


def _grids(data: bytes, contents: Contents, report: Report) -> Iterator[Grid]:
    errors, hidden = contents.errors, contents.hidden
    if (errors or any(hidden.values())) and (members := _sheet_names(data)):
        errors = {members.get(member, member): found for member, found in errors.items()}
        hidden = {members.get(member, member): found for member, found in hidden.items()}
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            size = 0
            for place, sheet in enumerate(workbook.sheets_metadata):
                if sheet.typ is not calamine.SheetTypeEnum.WorkSheet:
                    continue
                found = workbook.get_sheet_by_name(sheet.name)
                bound(found.total_height, found.total_width)
                size += found.total_height * found.total_width
                if size > CELLS:
                    raise Refused(
                        "TOO_MANY_ROWS",
                        f"the sheets have more than {CELLS:,} cells together",
                        "split the workbook into several files",
                    )
                left = [""] * (found.start[1] if found.start else 0)  # rows come from the first column that is filled
                rows = list(
                    alike(
                        left + [cell.strip() if type(cell) is str else text(cell) for cell in row]
                        for row in found.iter_rows()
                    )
                )
                wrong = [*errors.get(sheet.name, ()), *contents.errors_by_place.get(place, ())]
                error_cells.blank(rows, wrong)
                if contents.suspect:
                    wrong += error_cells.printed(rows)
                    error_cells.blank(rows, wrong)
                report.sheet = sheet.name
                error_cells.report(wrong, report)
                if sheet.visible is not calamine.SheetVisibleEnum.Visible and rows and sheet.name != LISTS:
                    report.add(
                        "HIDDEN_SHEET",
                        "the sheet is hidden; it is read as the others are",
                        severity=Severity.INFO,
                        suggestion="delete it, where it is not meant to count",
                    )
                _hidden(rows, hidden.get(sheet.name, ()), report)
                report.sheet = None
                merged = found.merged_cell_ranges
                yield Grid(
                    rows=rows,
                    name=sheet.name,
                    merged=tuple((*first, *last) for first, last in merged)
                    if merged is not None
                    else tuple(contents.merged.get(sheet.name, ())),
                )
    except calamine.PasswordError as error:
        raise Refused(
            "ENCRYPTED_WORKBOOK", "the workbook is protected by a password", "save a copy without a password"
        ) from error
    except Refused:
        raise
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        code = "ENCRYPTED_WORKBOOK" if "password" in str(error).lower() else "DAMAGED_WORKBOOK"
        raise Refused(code, f"the workbook cannot be read: {error}", "open it and save it again as .xlsx") from error


def _hidden(rows: Sequence[Sequence[str]], numbers: Collection[int], report: Report) -> None:
    """Says that rows with cells are hidden, as a filter leaves them."""
    listed = sorted(number for number in numbers if number <= len(rows) and any(rows[number - 1]))
    if listed:
        report.add(
            "HIDDEN_ROWS",
            f"{len(listed)} rows are hidden, the first is row {listed[0]}; they are read as the others are",
            row=listed[0],
            severity=Severity.INFO,
            suggestion="show them (clear the filter), and delete those that are not meant to count",
        )


def text(cell: Any) -> str:
    """A cell as text, without white space at its ends; lines inside a cell stay lines."""
    match cell:
        case str():
            return cell.strip()
        case bool():
            return "是" if cell else "否"
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
        case dt.datetime():
            return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ")
        case dt.date() | dt.time():
            return cell.isoformat()
        case _:
            return str(cell)


def _sheet_names(data: bytes) -> dict[str, str]:
    """Member of an Excel workbook → the name of the sheet it holds; empty where the workbook does not tell."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
            relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except (KeyError, ElementTree.ParseError, zipfile.BadZipFile):
        return {}
    targets = {each.get("Id"): posixpath.join("xl", each.get("Target", "")) for each in relations}
    return {
        targets.get(each.get(_RELATION), "").lstrip("/"): each.get("name", "")
        for each in book.iter(f"{_SPREADSHEET}sheet")
    }
