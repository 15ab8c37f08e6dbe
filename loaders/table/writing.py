"""Writing registered catalogues in the table they are read from: a template, a workbook, comma-separated text.

Headings come from the field table. A cell that was read is written as it was read, so that what is exported loads as
it was. Records in, bytes out; equal records give equal bytes.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from catalog.field import Field
from catalog.headings import ITEM_OPEN, ITEM_SHARED
from catalog.resource import Resource
from catalog.table import by_name
from catalog.vocabulary import FrequencyCode, Kind, Openness, ShareType
from loaders.table.elements import FULFILS, RELATES
from loaders.table.files import DOWNLOADS, SIZES, period_text
from loaders.table.sheet import LISTS, letter

SHEET = "信息资源目录"
ROWS = 90_000
"""Rows of one sheet, at a resource's boundary: below what is read of one."""
_COLUMNS = (
    (Kind.RESOURCE, "name code"),
    (Kind.AGENCY, "name credit_code"),
    (Kind.RESOURCE, "category summary formats"),
    (Kind.FIELD, "name data_type length element_text"),
    (Kind.RESOURCE, "share_type share_condition mode platform open_to_public open_condition update_frequency"),
    (Kind.RESOURCE, "issued modified basis"),
)
_LAST = ((Kind.RESOURCE, "contact jurisdiction cleared temporal licence"),)


def _headings(groups: Iterable[tuple[Kind, str]]) -> tuple[str, ...]:
    return tuple(by_name(kind)[name].headings[0] for kind, names in groups for name in names.split())


HEADINGS = (*_headings(_COLUMNS), FULFILS, RELATES, *_headings(_LAST), DOWNLOADS, SIZES)
"""The headings of a catalogue, in the order of the guideline's table."""
ITEM, TYPE, LENGTH, ELEMENT = _headings(((Kind.FIELD, "name data_type length element_text"),))
OPEN_WORDS = {Openness.OPEN: "是", Openness.CONDITIONAL: "有条件开放", Openness.CLOSED: "否"}
CODE_LISTS: Mapping[str, tuple[str, ...]] = {
    by_name(kind)[name].headings[0]: words
    for kind, name, words in (
        (Kind.RESOURCE, "share_type", tuple(t.zh for t in ShareType if t is not ShareType.UNDECLARED)),
        (Kind.RESOURCE, "open_to_public", tuple(OPEN_WORDS.values())),
        (Kind.RESOURCE, "update_frequency", tuple(t.zh for t in FrequencyCode)),
        (Kind.RESOURCE, "mode", ("数据库", "文件", "接口", "邮件", "拷盘", "纸质报表", "电子文档")),
        (Kind.RESOURCE, "formats", ("csv", "xlsx", "json", "xml", "pdf", "docx", "txt", "数据库", "图形图像", "其他")),
        (Kind.RESOURCE, "cleared", ("是", "否")),
        (
            Kind.FIELD,
            "data_type",
            tuple(
                "字符型C 数值型N 货币型Y 日期型D 日期时间型T 逻辑型L 备注型M 通用型G 双精度型B 整型I 浮点型F".split()
            ),
        ),
    )
}
"""The words of the guideline for the columns that have a list of them."""
SEVERAL = frozenset(_headings(((Kind.RESOURCE, "mode formats"),)))
"""Columns whose cells may hold several words: a list is shown, and anything may be written."""
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SAVED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


@dataclass(frozen=True, slots=True)
class Entry:
    """A resource with its items, and what the rows say of records beside it: its provider, what it fulfils."""

    resource: Resource
    fields: Sequence[Field]
    provider: str
    credit_code: str | None
    fulfils: Sequence[str] = ()
    related: Sequence[str] = ()


def columns(entries: Iterable[Entry]) -> tuple[str, ...]:
    """The headings that these entries need: the known ones, then those of elements without a place in the table, and
    those under which an item says otherwise than its resource.
    """
    more: dict[str, None] = {}
    for entry in entries:
        items = {field.name for field in entry.fields}
        for field in entry.fields:
            more.update(dict.fromkeys(_otherwise(entry.resource, field)))
        for value in entry.resource.metadata:
            more.setdefault(_heading(value.element, items)[1])
    return (*HEADINGS, *(heading for heading in more if heading not in HEADINGS))


def table(entry: Entry, headings: Sequence[str]) -> Iterator[list[str]]:
    """The rows of a resource: one for each item, or one."""
    items = {field.name for field in entry.fields}
    of_items: dict[tuple[str, str], str] = {}
    read = any(value.known and value.element == HEADINGS[0] for value in entry.resource.metadata)
    cells = {} if read else _known(entry)  # what was read from a table is written as it was read
    for value in entry.resource.metadata:
        item, heading = _heading(value.element, items)
        if item:
            of_items[item, heading] = value.value
        else:
            cells[heading] = value.value
    row = [cells.get(heading, "") for heading in headings]
    places = {heading: index for index, heading in enumerate(headings)}
    for field in entry.fields:
        own = list(row)
        own[places[ITEM]] = field.text
        own[places[TYPE]], own[places[LENGTH]] = field.data_type or "", field.length or ""
        own[places[ELEMENT]] = field.element_text or ""
        for heading, word in _otherwise(entry.resource, field).items():
            own[places[heading]] = word
        for (item, heading), text in of_items.items():
            if item == field.name:
                own[places[heading]] = text
        yield own
    if not entry.fields:
        yield row


def _otherwise(resource: Resource, field: Field) -> dict[str, str]:
    """What an item says for itself, by heading: nothing where it is as its resource."""
    found = {}
    if field.share_type is not resource.share_type:
        found[ITEM_SHARED] = field.share_type.zh
    if field.open_to_public is not resource.open_to_public:
        found[ITEM_OPEN] = field.open_to_public.zh
    return found


def _heading(element: str, items: set[str]) -> tuple[str, str]:
    item, dot, heading = element.partition("·")
    return (item, heading) if dot and heading and item in items else ("", element)


def _known(entry: Entry) -> dict[str, str]:
    """The cells of a resource's own columns, in the words of the guideline."""
    held = entry.resource
    cells: dict[str, str] = {}

    def put(kind: Kind, name: str, text: str | None) -> None:
        cells[by_name(kind)[name].headings[0]] = text or ""

    put(Kind.AGENCY, "name", entry.provider)
    put(Kind.AGENCY, "credit_code", entry.credit_code)
    for name in ("name", "code", "category", "summary", "share_condition", "platform", "open_condition", "contact"):
        put(Kind.RESOURCE, name, getattr(held, name))
    for name in ("issued", "modified"):
        day = getattr(held, name)
        put(Kind.RESOURCE, name, day.isoformat() if day else "")
    put(Kind.RESOURCE, "share_type", "" if held.share_type is ShareType.UNDECLARED else held.share_type.zh)
    put(Kind.RESOURCE, "open_to_public", OPEN_WORDS.get(held.open_to_public, ""))
    put(Kind.RESOURCE, "update_frequency", held.update_frequency.text if held.update_frequency else "")
    put(Kind.RESOURCE, "mode", "、".join(mode.zh for mode in held.mode))
    put(Kind.RESOURCE, "formats", "、".join(format_.label for format_ in held.formats))
    put(Kind.RESOURCE, "basis", "；".join(citation.text for citation in held.basis))
    put(Kind.RESOURCE, "jurisdiction", held.jurisdiction.name if held.jurisdiction else "")
    put(Kind.RESOURCE, "cleared", "是" if held.cleared else "否")
    put(Kind.RESOURCE, "temporal", period_text(held.temporal))
    put(Kind.RESOURCE, "licence", held.licence)
    if any(each.download_url for each in held.formats):
        cells[DOWNLOADS] = "\n".join(each.download_url or "-" for each in held.formats)
        cells[SIZES] = "\n".join("-" if each.byte_size is None else str(each.byte_size) for each in held.formats)
    cells[FULFILS], cells[RELATES] = "；".join(entry.fulfils), "；".join(entry.related)
    return cells


def comma_separated(entries: Sequence[Entry]) -> bytes:
    """The table as CSV in UTF-8 with the mark that spreadsheet programs know it by."""
    headings = columns(entries)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headings)
    for entry in entries:
        writer.writerows(table(entry, headings))
    return out.getvalue().encode("utf-8-sig", errors="replace")


def workbook(entries: Sequence[Entry]) -> bytes:
    """The table as a workbook, with the code lists on a sheet of their own; large ones go on over several sheets."""
    book = Workbook(write_only=True)
    headings = columns(entries)
    sheet, number, count = _sheet(book, SHEET, headings), 1, 0
    for entry in entries:
        rows = list(table(entry, headings))
        if count and count + len(rows) > ROWS:
            number, count = number + 1, 0
            sheet = _sheet(book, f"{SHEET}{number}", headings)
        for row in rows:
            sheet.append([cell(sheet, text) for text in row])
        count += len(rows)
    _lists(book)
    return saved(book)


def template() -> bytes:
    """An empty workbook to fill in."""
    return workbook(())


def _sheet(book: Any, name: str, headings: Sequence[str]) -> Any:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "B2"
    for index, heading in enumerate(headings):
        sheet.column_dimensions[get_column_letter(index + 1)].width = max(12, 2 * len(heading) + 4)
    for position, (heading, words) in enumerate(CODE_LISTS.items()):
        column, of = letter(headings.index(heading)), letter(position)
        check = DataValidation(
            type="list",
            formula1=f"'{LISTS}'!${of}$2:${of}${len(words) + 1}",
            allow_blank=True,
            showErrorMessage=heading not in SEVERAL,
        )
        check.error, check.errorTitle = f"{LISTS}中没有这个值", heading
        check.add(f"{column}2:{column}{ROWS}")
        sheet.data_validations.append(check)
    sheet.append([head(sheet, heading) for heading in headings])
    return sheet


def _lists(book: Any) -> None:
    sheet = book.create_sheet(LISTS)
    sheet.append([head(sheet, heading) for heading in CODE_LISTS])
    for index in range(max(map(len, CODE_LISTS.values()))):
        sheet.append([words[index] if index < len(words) else None for words in CODE_LISTS.values()])


def head(sheet: Any, heading: str) -> Any:
    cell = WriteOnlyCell(sheet, value=heading)
    cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE6F0")
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    return cell


def cell(sheet: Any, text: str) -> Any:
    """Text, always: what begins with = is no formula, and a code of digits keeps them all."""
    if not text:
        return None
    plain = _FORBIDDEN.sub("", text)[:32_767]
    if plain[:1] not in "=#":
        return plain
    cell = WriteOnlyCell(sheet, value=plain)
    cell.data_type = "s"
    return cell


def saved(book: Any) -> bytes:
    """The bytes of a workbook without the time at which it was saved."""
    first, out = io.BytesIO(), io.BytesIO()
    book.save(first)
    with zipfile.ZipFile(first) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for member in made.infolist():
            content = made.read(member)
            if member.filename == "docProps/core.xml":
                content = _SAVED.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            entry = zipfile.ZipInfo(member.filename, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(entry, content)
    return out.getvalue()
