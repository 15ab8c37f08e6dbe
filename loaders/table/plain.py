"""A table of words as CSV or as a workbook of one sheet, colours and all: what people take to a meeting."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils import get_column_letter

from loaders.table.writing import cell, head, saved

Rows = Sequence[Sequence[str]]


def plain_csv(headings: Sequence[str], rows: Rows) -> bytes:
    """The table in UTF-8 with the mark that spreadsheet programs know it by."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig", errors="replace")


def plain_workbook(
    name: str, headings: Sequence[str], rows: Rows, *, colours: Mapping[str, str] | None = None, notes: Rows = ()
) -> bytes:
    """The table as a sheet of that name; cells that hold one of the words of ``colours`` are painted (RRGGBB).

    ``notes`` go on a second sheet. Equal tables give equal bytes.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "B2"
    for index, heading in enumerate(headings):
        width = 36 if index == 0 else max(10, min(24, 2 * len(heading) + 2))
        sheet.column_dimensions[get_column_letter(index + 1)].width = width
    sheet.append([head(sheet, heading) for heading in headings])
    fills = {word: PatternFill("solid", fgColor=colour) for word, colour in (colours or {}).items()}
    for row in rows:
        sheet.append([_painted(sheet, text, fills[text]) if text in fills else cell(sheet, text) for text in row])
    if notes:
        second = book.create_sheet("说明")
        second.column_dimensions["A"].width = 100
        for note in notes:
            second.append([cell(second, text) for text in note])
    return saved(book)


def _painted(sheet: object, text: str, fill: PatternFill) -> WriteOnlyCell:
    found = WriteOnlyCell(sheet, value=text)
    found.fill = fill
    found.alignment = Alignment(horizontal="center")
    return found
