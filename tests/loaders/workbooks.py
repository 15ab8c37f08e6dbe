"""Workbooks built for tests, in the formats that offices send."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook

Rows = Sequence[Sequence[Any]]
HEAD = "信息资源名称 信息资源代码 信息资源提供方 信息项名称 共享类型 更新周期 发布日期".split()
GOOD = ["低保对象信息", "301/1", "甲市民政局", "姓名", "有条件共享", "每月", "2024-03-01"]


def xlsx(*sheets: Rows, merged: Iterable[str] = (), names: Sequence[str] = ("目录", "二", "三")) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in zip(names, sheets, strict=False):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for area in merged:
            sheet.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(rows: Rows) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("目录")
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            sheet.write(i, j, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(rows: Rows, down: dict[tuple[int, int], int] | None = None) -> bytes:
    """``down``: (row, column) of a vertically merged cell → over how many rows."""
    down = down or {}
    covered = {(i + k, j) for (i, j), count in down.items() for k in range(1, count)}
    book = OpenDocumentSpreadsheet()
    table = Table(name="目录")
    for i, row in enumerate(rows):
        line = TableRow()
        for j, cell in enumerate(row):
            if (i, j) in covered:
                line.addElement(CoveredTableCell())
                continue
            spans = {"numberrowsspanned": down[i, j], "numbercolumnsspanned": 1} if (i, j) in down else {}
            made = TableCell(valuetype="string", **spans) if cell else TableCell()
            if cell:
                made.addElement(P(text=str(cell)))
            line.addElement(made)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data: bytes, change: dict[str, Any]) -> bytes:
    """A workbook with members replaced, or added where there is none of that name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {**dict.fromkeys(old.namelist()), **change}:
            content = change.get(name)
            if callable(content):
                content = content(old.read(name))
            new.writestr(name, old.read(name) if content is None else content)
    return out.getvalue()
