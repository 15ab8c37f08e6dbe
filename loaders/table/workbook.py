"""Workbooks (.xlsx, .xlsm, .xls, .ods) as grids of text, and what is wrong with them. Bytes in, nothing executed.

Every cell becomes the text a person would have typed: dates as 2024-03-01, whole numbers without a point. Formulas give
the value they were saved with; one that was saved with an error gives an empty cell and an issue.
"""

from __future__ import annotations

import datetime as dt
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import python_calamine as calamine

from catalog.issue import Issue
from catalog.vocabulary import Severity
from loaders.table.container import CELLS, OLE, ZIP, Contents, Refused, bound, inspect
from loaders.table.report import Report
from loaders.table.sheet import Grid

ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods")
_TEXTS = (".csv", ".tsv")
_REFERENCE = re.compile(r"([A-Z]+)(\d+)")
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
        grids = tuple(_grids(data, contents))
    except Refused as refused:
        report.add(refused.code, refused.message, severity=Severity.ERROR, suggestion=refused.suggestion)
        return Workbook((), tuple(report.issues))
    if contents.macros:
        report.add("MACROS_IGNORED", "the workbook has macros; they were not read or run", severity=Severity.INFO)
    _errors(data, contents, report)
    return Workbook(grids, tuple(report.issues))


def _grids(data: bytes, contents: Contents) -> Iterator[Grid]:
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            cells = 0
            for sheet in workbook.sheets_metadata:
                if sheet.typ is not calamine.SheetTypeEnum.WorkSheet:
                    continue
                found = workbook.get_sheet_by_name(sheet.name)
                bound(found.total_height, found.total_width)
                cells += found.total_height * found.total_width
                if cells > CELLS:
                    raise Refused(
                        "TOO_MANY_ROWS",
                        f"the sheets have more than {CELLS:,} cells together",
                        "split the workbook into several files",
                    )
                rows = found.to_python(skip_empty_area=False)
                merged = found.merged_cell_ranges
                yield Grid(
                    rows=[[cell.strip() if type(cell) is str else text(cell) for cell in row] for row in rows],
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


def _errors(data: bytes, contents: Contents, report: Report) -> None:
    if not any(contents.errors.values()):
        return
    names = _sheet_names(data)
    for member, cells in sorted(contents.errors.items()):
        report.sheet = names.get(member)
        for reference, value in cells:
            place = _REFERENCE.fullmatch(reference)
            report.add(
                "FORMULA_ERROR",
                f"the formula of cell {reference} gives {value or 'an error'}; the cell is taken as empty",
                row=int(place[2]) if place else None,
                column=_column(place[1]) if place else None,
                suggestion="repair the formula, or write the value",
            )
    report.sheet = None


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


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
