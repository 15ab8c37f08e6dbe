"""Rows among the records of a sheet that are none: totals, notes, signatures, headings once more, hints, examples.

Each is told by all that the row holds, so that a record is never taken for one because of a single cell. What is
told is said by the caller: nothing is left out in silence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from loaders.table.sheet import all_headings

_TOTAL = re.compile(r"(?:合|总|小|共)\s*计|总数")
_COUNT = re.compile(r"[\d.,，]+\s*[项个条类家]?|[:：]")
_NOTE = re.compile(r"(?:注|说明|备注|填表|填报|制表|审核|联系)")
_MORE = re.compile(r"[(（]?[0-9一二三四五六七八九十①-⑳]+[)）.．、:：]?")
_SECTION = re.compile(r"[(（]?[一二三四五六七八九十]+[)）、.．]|第[一二三四五六七八九十]+[章节类部]")
_PERSON = (
    "填表|填报|填写|制表|编制|审核|审批|审签|复核|校对|录入|经办|联系|负责|主管|分管|主要|签发|批准|核准|统计|领导"
    "|签字|签名|签章|盖章|公章|日期|时间|电话|手机|邮箱|传真|地址|单位|部门|科室"
)
_SIGNED = re.compile(
    rf"(?:[^:：]{{0,8}}(?:{_PERSON})[^:：]{{0,8}})[:：].*"
    r"|.*[(（](?:盖章|公章|签章|签字|签名|章)[)）].{0,20}"
    r"|第\s*\d+\s*页.*"
    r"|[0-9〇○零一二三四五六七八九十\s]{0,8}年[0-9一二三四五六七八九十\s]{0,6}月(?:[0-9一二三四五六七八九十\s]{0,6}日)?",
    re.DOTALL,
)
_HINT = re.compile(
    r"[(（]?(?:非?必填|选填|可填|可不填|必选|可选|单选|多选|条件必填|条件必选|下拉选择?|系统生成|自动生成|手动?填写?)"
    r"(?:项|字段)?[)）]?"
)
_EXAMPLE = re.compile(r"[(（【\[]?(?:填写|填报)?(?:示例|样例|举例|范例|例子?)\s*(?:[)）】\]:：].*|\d{0,2})", re.DOTALL)
_FIRST_OF_A_SERIES = ("1", "A", "a", "甲", "一")
_SERIES = ("甲乙丙丁戊己庚辛壬癸", "一二三四五六七八九十")


@dataclass(frozen=True, slots=True)
class Besides:
    """What a row is instead of a record: the code of its issue and the words for it."""

    code: str
    what: str


TOTAL = Besides("TOTAL_ROW", "a total")
NOTE = Besides("NOTE_ROW", "a note")
SECTION = Besides("NOTE_ROW", "the heading of a section")
HEADING = Besides("HEADING_ROW", "the headings once more")
NUMBERS = Besides("HEADING_ROW", "the numbers of the columns")
HINT = Besides("HINT_ROW", "a hint how to fill the columns in")
EXAMPLE = Besides("EXAMPLE_ROW", "an example how to fill the columns in")


_CERTAIN = re.compile(
    f"(?:{_TOTAL.pattern}|{_NOTE.pattern}|{_SECTION.pattern})|(?:{_EXAMPLE.pattern}|{_HINT.pattern}|{_SIGNED.pattern})$",
    re.DOTALL,
)


@lru_cache(maxsize=20_000)
def suspicious(cell: str) -> bool:
    """Whether a row with this first cell, or this name, may be no record: most are told by this alone."""
    return _CERTAIN.match(cell) is not None or cell in all_headings() or _bare(cell) in _FIRST_OF_A_SERIES


def besides(cells: Sequence[str], headings: Sequence[str], *, name: str, agency: str, code: str) -> Besides | None:
    """What a row is that is no record, None for a record.

    ``name`` is the cell of what the record would be called, ``agency`` and ``code`` those of who it would be of.
    """
    filled = [cell for cell in cells if cell]
    first = filled[0]
    if first in headings and len(filled) > 1 and _again(cells, headings):
        return HEADING
    if len(filled) > 2 and _bare(first) in _FIRST_OF_A_SERIES and _series(filled):
        return NUMBERS
    if _HINT.fullmatch(first) and 2 * sum(_HINT.fullmatch(cell) is not None for cell in filled) >= len(filled):
        return HINT
    if _EXAMPLE.fullmatch(first) or (name and _EXAMPLE.fullmatch(name)):
        return EXAMPLE
    if all(map(_SIGNED.fullmatch, filled)):
        return NOTE
    if _TOTAL.match(first) and len(filled) > 1 and all(map(_COUNT.fullmatch, filled[1:])):
        return TOTAL
    if agency and name != first:
        return None
    if _TOTAL.match(first) and not code:
        return TOTAL
    return NOTE if len(filled) <= 2 and _NOTE.match(first) else None


def signed(cell: str) -> bool:
    """Whether a cell is of a signature, such as 填表人：张三, or a date alone."""
    return _SIGNED.fullmatch(cell) is not None


def continues(cells: Sequence[str]) -> bool:
    """Whether a row below a note carries it on: one cell, that begins with a number."""
    filled = {cell for cell in cells if cell}
    return len(filled) == 1 and _MORE.match(filled.pop()) is not None


def begins_section(cells: Sequence[str]) -> str | None:
    """What a band over all columns says behind its number: ``一、市公安局`` → ``市公安局``; None for other rows."""
    filled = {cell for cell in cells if cell}
    if len(filled) != 1:
        return None
    (only,) = filled
    numbered = _SECTION.match(only)
    return only[numbered.end() :].strip() if numbered else None


def _bare(cell: str) -> str:
    return unicodedata.normalize("NFKC", cell).strip("()")


def _again(cells: Sequence[str], headings: Sequence[str]) -> bool:
    same = sum(cell == heading for cell, heading in zip(cells, headings, strict=False) if cell)
    return same >= 2 and 2 * same >= sum(map(bool, cells))


def _series(filled: Sequence[str]) -> bool:
    """Whether the cells count on: 1, 2, 3; A, B, C; 甲, 乙, 1, 2."""
    plain = list(map(_bare, filled))
    begin = 0
    for series in (*_SERIES, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"):
        if plain[0] == series[0]:
            while begin < min(len(plain), len(series)) and plain[begin] == series[begin]:
                begin += 1
            break
    rest = plain[begin:]
    return rest == [str(number) for number in range(1, len(rest) + 1)]
