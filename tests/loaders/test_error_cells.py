"""Errors of formulas: in every format an empty cell and an issue at the cell."""

from __future__ import annotations

import io
import struct

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.field import Field
from catalog.resource import Resource
from loaders.load import File, load
from loaders.table import biff
from loaders.table.error_cells import BIFF, SHOWN, ErrorCell
from tests.loaders.workbooks import GOOD, HEAD, Rows, ods, repacked, xls, xlsx

ITEM = HEAD.index("信息项名称")
MARK = "此处有误"
"""The value of the cell that is made an error."""
ROWS: Rows = [HEAD, [*GOOD[:ITEM], MARK, *GOOD[ITEM + 1 :]], [*GOOD[:ITEM], "性别", *GOOD[ITEM + 1 :]]]


def excel(cell: bytes) -> bytes:
    def broken(xml: bytes) -> bytes:
        start = xml.index(b'<c r="D2"')
        return xml[:start] + cell + xml[xml.index(b"</c>", start) + 4 :]

    return repacked(xlsx(ROWS), {"xl/worksheets/sheet1.xml": broken})


def old_excel(formula: bool = False) -> bytes:
    """An .xls with #REF! at D2 of its second sheet, as a value or as what a formula gave."""
    book = xlwt.Workbook()
    book.add_sheet("说明").write(0, 0, "一")
    sheet = book.add_sheet("目录")
    for i, row in enumerate(ROWS):
        for j, cell in enumerate(row):
            if cell != MARK:
                sheet.write(i, j, cell)
            elif formula:
                sheet.write(i, j, xlwt.Formula("1/0"))
            else:
                sheet.row(i).set_cell_error(j, "#REF!")
    out = io.BytesIO()
    book.save(out)
    data = out.getvalue()
    if formula:
        at = data.index(struct.pack("<HH", 1, ITEM), data.index(b"\x06\x00", 0x600)) + 6
        while struct.unpack_from("<HH", data, at - 10)[0] != 6:
            at = data.index(struct.pack("<HH", 1, ITEM), at) + 6
        data = data[:at] + b"\x02\0\x17\0\0\0\xff\xff" + data[at + 8 :]
    return data


def open_document(attributes: str, said: str) -> bytes:
    def broken(xml: bytes) -> bytes:
        old = f'<table:table-cell office:value-type="string"><text:p>{MARK}</text:p></table:table-cell>'.encode()
        assert old in xml
        return xml.replace(old, f"<table:table-cell {attributes}>{said}</table:table-cell>".encode())

    return repacked(ods(ROWS), {"content.xml": broken})


FORMULA = 'table:formula="of:=1/0"'
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" calcext:value-type="error"'
SHAPES = {
    "xlsx, value of a formula": ("a.xlsx", excel(b'<c r="D2" t="e"><f>A1/0</f><v>#REF!</v></c>'), "#REF!"),
    "xlsx, formula shared": ("a.xlsx", excel(b'<c r="D2" s="1" t="e"><f t="shared" si="0"/><v>#N/A</v></c>'), "#N/A"),
    "xlsx, text": ("a.xlsx", excel(b'<c r="D2" t="inlineStr"><is><t>#NAME?</t></is></c>'), "#NAME?"),
    "xls, value": ("a.xls", old_excel(), "#REF!"),
    "xls, value of a formula": ("a.xls", old_excel(formula=True), "#REF!"),
    "xls, text": ("a.xls", xls([[cell if cell != MARK else "#N/A" for cell in row] for row in ROWS]), "#N/A"),
    "ods, LibreOffice": (
        "a.ods",
        open_document(
            f'{FORMULA} office:value-type="string" office:string-value="" {CALC}', "<text:p>#DIV/0!</text:p>"
        ),
        "#DIV/0!",
    ),
    "ods, without a name": (
        "a.ods",
        open_document(f'{FORMULA} office:value-type="float" office:value="0"', "<text:p>Err:502</text:p>"),
        "Err:502",
    ),
    "ods, with a remark": (
        "a.ods",
        open_document(
            f'{FORMULA} office:value-type="string"',
            "<office:annotation><text:p>为什么</text:p></office:annotation><text:p>#REF!</text:p>",
        ),
        "#REF!",
    ),
    "ods, typed": ("a.ods", open_document('office:value-type="error"', ""), "(unnamed)"),
    "ods, text": ("a.ods", open_document('office:value-type="string"', "<text:p>#N/A</text:p>"), "#N/A"),
    "csv": ("a.csv", "\n".join(",".join(row) for row in ROWS).replace(MARK, "#VALUE!").encode(), "#VALUE!"),
}


@pytest.mark.parametrize(("path", "data", "value"), SHAPES.values(), ids=SHAPES)
def test_an_error_is_an_empty_cell_and_an_issue_at_its_place(path, data, value):
    loaded = load([File(path, data)])
    (issue,) = (one for one in loaded.problems if one.code == "FORMULA_ERROR")
    assert issue.place is not None
    sheet = None if path.endswith("csv") else "目录"
    assert (issue.place.source, issue.place.sheet, issue.place.row, issue.place.column) == (path, sheet, 2, "D")
    assert value in issue.message and issue.suggestion
    assert [one.name for one in loaded.records if isinstance(one, Field)] == ["性别"]
    assert len([one for one in loaded.records if isinstance(one, Resource)]) == 1


@pytest.mark.parametrize("cell", ["#1号楼", "Error", "Err:", "N/A", "#REF", "见#REF!"])
def test_what_only_looks_like_an_error_is_a_value(cell):
    loaded = load([File("a.csv", "\n".join(",".join(row) for row in ROWS).replace(MARK, cell).encode())])
    assert [one.name for one in loaded.records if isinstance(one, Field)] == [cell, "性别"]
    assert loaded.problems == ()


@pytest.mark.parametrize("repeated", ["table:number-columns-repeated", "table:number-rows-repeated"])
def test_thousands_of_errors_are_counted(repeated):
    def broken(xml: bytes) -> bytes:
        cell = f'<table:table-cell {FORMULA} office:value-type="float" office:value="0"'
        rows, columns = ("", f' {repeated}="9000"') if "columns" in repeated else (f' {repeated}="9000"', "")
        row = f"<table:table-row{rows}>{cell}{columns}><text:p>#REF!</text:p></table:table-cell></table:table-row>"
        return xml.replace(b"</table:table>", row.encode() + b"</table:table>")

    loaded = load([File("a.ods", repacked(ods([HEAD, GOOD]), {"content.xml": broken}))])
    codes = [one.code for one in loaded.problems]
    assert (codes.count("FORMULA_ERROR"), codes.count("FORMULA_ERRORS")) == (SHOWN, 1)
    (counted,) = (one for one in loaded.problems if one.code == "FORMULA_ERRORS")
    assert f"{9000 - SHOWN:,}" in counted.message
    assert len([one for one in loaded.records if isinstance(one, Resource)]) == 1


def compound(stream: bytes) -> bytes:
    """A compound file whose one stream is so short that it lies among the small ones."""
    free, end = 0xFFFFFFFF, 0xFFFFFFFE
    smalls = -(-len(stream) // 64)
    held = -(-smalls * 64 // 512)
    header = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16 + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 2, 1, end, 0) + struct.pack("<109I", 0, *([free] * 108))
    table = [0xFFFFFFFD, end, end, *(number + 4 for number in range(held - 1)), end]
    small = [*range(1, smalls), end]

    def entry(name: str, kind: int, start: int, size: int) -> bytes:
        text = name.encode("utf-16-le")
        return text.ljust(64, b"\0") + struct.pack("<HB49xIII", len(text) + 2, kind, start, size, 0)

    return b"".join(
        [
            header,
            struct.pack("<128I", *table, *([free] * (128 - len(table)))),
            (entry("Root Entry", 5, 3, smalls * 64) + entry("Workbook", 2, 0, len(stream))).ljust(512, b"\0"),
            struct.pack("<128I", *small, *([free] * (128 - len(small)))),
            stream.ljust(held * 512, b"\0"),
        ]
    )


def biff_record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def test_a_short_workbook_lies_among_the_small_streams():
    part = biff_record(0x0809, b"\0" * 16)
    start = len(part) + 4 + 6 + 4
    book = part + biff_record(0x0085, struct.pack("<IH", start, 0)) + biff_record(0x000A, b"")
    sheet = part + biff_record(0x0205, struct.pack("<HHHBB", 6, 3, 0, 0x2A, 1)) + biff_record(0x000A, b"")
    data = compound(book + sheet)
    assert biff.error_cells(data) == {0: [ErrorCell(6, 3, "#N/A")]}


WHOLE = old_excel()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 1200), st.binary(min_size=1, max_size=4)), max_size=6), st.integers(0, len(WHOLE))
)
def test_damaged_workbooks_have_no_errors_or_some_and_end(changes, length):
    data = bytearray(WHOLE)
    for at, new in changes:
        data[at : at + len(new)] = new
    for found in biff.error_cells(bytes(data[:length])).values():
        assert all(cell.value in (*BIFF.values(), "") for cell in found)
