"""Gaps as a table for the meeting where they are discussed: one row a gap, and what was checked beside them."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from catalog.errors import BadInput
from catalog.vocabulary import GapKind, Severity
from mulu.gaps import ACTS, cited, ordered, owner, subject, told
from mulu.tables import write

HEADINGS = (
    "序号", "责任部门", "缺口类型", "严重程度", "对象", "对象标识", "说明", "依据", "理由", "建议办理",
    "起始日", "终止日", "证据", "缺口标识",
)  # fmt: skip
WIDTHS = (6, 22, 14, 10, 28, 26, 40, 34, 48, 34, 12, 12, 40, 26)
SHEET, CHECKED = "缺口清单", "检查范围"


def rows(found: Mapping[str, Any]) -> Iterator[list[str | int]]:
    """The cells of each gap, by owner."""
    for number, gap in enumerate(ordered(found["nodes"]), start=1):
        kind = GapKind(gap["kind"])
        yield [
            number,
            owner(gap),
            kind.zh,
            Severity(gap["severity"]).zh,
            subject(gap),
            gap["subject"]["id"],
            gap["message"],
            cited(gap),
            "\n".join(gap["because"]),
            ACTS[kind],
            gap["begins"] or "",
            gap["ends"] or "",
            "\n".join(told(one) for one in gap["evidence"]),
            gap["id"],
        ]


def table(found: Mapping[str, Any], on: str, form: str, output: Path | None) -> None:
    """Writes the table as csv (with a byte order mark, as Excel wants it) or xlsx."""
    if form == "csv":
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(HEADINGS)
        writer.writerows([_plain(cell) for cell in row] for row in rows(found))
        write(text.getvalue().encode("utf-8-sig"), output)
        return
    if output is None and sys.stdout.isatty():
        raise BadInput("a workbook is not for a terminal", suggestion="name a file with -o, or redirect")
    write(workbook(found, on), output)


def workbook(found: Mapping[str, Any], on: str) -> bytes:
    """A workbook: the gaps, filterable, the headings staying in sight; then the counts and what was checked."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book: Any = Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet.append(HEADINGS)
    for row in rows(found):
        sheet.append([_plain(cell) for cell in row])
    for column, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    wrapped = Alignment(wrap_text=True, vertical="top")
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.alignment = wrapped
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE6F0")
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(HEADINGS))}{sheet.max_row}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    second = book.create_sheet(CHECKED)
    second.append(["法律适用日期", on])
    second.append(["缺口合计", found["totalCount"]])
    for one in found["counts"]:
        second.append([GapKind(one["kind"]).zh, one["count"]])
    for line in found["checked"]:
        second.append(["检查范围", _plain(line)])
    for cells in second.iter_rows():
        for cell in cells:
            cell.alignment = wrapped
    second.column_dimensions["A"].width = 18
    second.column_dimensions["B"].width = 100
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _plain(cell: str | int) -> str | int:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
