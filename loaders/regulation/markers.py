"""The marks that begin a part, chapter, section, article, item or sub-item, as they are printed.

Each is one pattern beside the drafting habit it handles. Whether a mark found inside a line begins something, or is
only mentioned (第三十条规定的程序), is for :mod:`loaders.regulation.lines` to decide: it knows what came before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from catalog.numerals import LETTERS, read_numeral
from loaders.regulation.reading import WHITE


class Unit(Enum):
    """What a mark begins; lists are told apart by their style only."""

    PART = "编"
    CHAPTER = "章"
    SECTION = "节"
    ARTICLE = "条"
    PAREN = "（一）"
    CHINESE = "一、"
    ARABIC = "1."
    ARABIC_PAREN = "（1）"
    HALF_PAREN = "1）"
    CIRCLE = "①"


HEADINGS = (Unit.PART, Unit.CHAPTER, Unit.SECTION)
LISTS = (Unit.PAREN, Unit.CHINESE, Unit.ARABIC, Unit.ARABIC_PAREN, Unit.HALF_PAREN, Unit.CIRCLE)

_W = rf"[{WHITE}]"
_NUMBER = rf"(?:[{LETTERS}]{_W}{{0,3}}){{1,12}}"
_CIRCLES = {chr(0x2460 + i): i + 1 for i in range(20)} | {chr(0x3251 + i): i + 21 for i in range(15)}

_LIST = (
    rf"（{_W}?(?P<paren>[零〇○一二三四五六七八九十百廿卅]{{1,5}}){_W}?）"
    rf"|（{_W}?(?P<arabic_paren>[0-9]{{1,3}}){_W}?）"
    r"|(?P<arabic>[0-9]{1,3})(?:[.．](?![0-9])|、)"
    r"|(?P<half_paren>[0-9]{1,3})[）)]"
    rf"|(?P<circle>[{''.join(_CIRCLES)}])"
)
_STRUCTURE = (
    rf"第{_W}{{0,3}}(?P<number>{_NUMBER})(?P<unit>[编章节条])(?:之(?P<extra>[一二三四五六七八九十]{{1,3}})(?![一-鿿]))?"
)

AT_START = re.compile(rf"{_STRUCTURE}|{_LIST}|(?P<chinese>[一二三四五六七八九十]{{1,3}})、")
"""第九条, 第 九 条, 第一百二十条之一, （一）, (一), （1）, 1., 1、, 1）, ①, 一、 where a line begins."""

INSIDE = re.compile(rf"(?<=[。；：，！？”）、{WHITE}])(?:{_STRUCTURE}|{_LIST})")
"""The same inside a line, after punctuation or white space: texts that lost their line breaks."""

HEADING = re.compile(
    rf"(?P<title>[^。；：，！？\r\n]{{0,40}}?){_W}*(?=第{_W}{{0,3}}{_NUMBER}[章节条](?:{_W}|[^的规至、和或及所]))"
)
"""What follows 第一章 on one line with what it heads: 第一章 总 则 第一条 ….."""

MENTIONED = re.compile(
    rf"{_W}*(?:的|规定|所|至|到|、|和|或|及|与|以及|中|第|款|项|之|，|。|；|）|》|，|前款|后段|列举|列|内容|情形|执行)"
)
"""What follows an article's number where it is only spoken of."""

REFERRED = re.compile(
    rf"{_W}*(?:的|所[列称规述指]|、第?|[和或与及至到]第|以及第|第{_NUMBER}[款项]|规定(?:的|，|、|执行|办理|处理|处罚)|，|。|；|）|》)"
)
"""The same, beyond doubt: what even the next number in the sequence must not be followed by."""

ITEM_MENTIONED = re.compile(
    r"(?:项(?![目])|目(?![录标前的])|款(?![项])|[、至到和或及与]+第?(?:（|[0-9①-⑳])|[至到和或]（)"
)
"""What follows an item's number where it is only spoken of: （二）项规定的情形, （一）、（二）."""

LOST = re.compile(
    rf"第?{_W}*[?？□■\ufffd*＊]{{0,4}}{_W}*条(?=[ \u3000\t\u00a0])|[{LETTERS}]{{1,6}}条(?=[ \u3000\t\u00a0])"
)
"""An article whose number, or whose 第, was lost: ``   条 为了…``."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark at ``[start, end)``: ``end`` is where the words after it begin, white space still before them."""

    unit: Unit
    ordinal: int
    label: str
    start: int
    end: int
    extra: int = 0
    lost: bool = False


def mark_of(match: re.Match[str]) -> Mark | None:
    """The mark a match of AT_START or INSIDE is, or None where its number is none."""
    groups = match.groupdict()
    label = "".join(match[0].split())
    start, end = match.span()
    if groups["number"] is not None:
        ordinal = read_numeral("".join(groups["number"].split()))
        extra = read_numeral(groups["extra"]) if groups["extra"] else 0
        return None if ordinal is None else Mark(Unit(groups["unit"]), ordinal, label, start, end, extra or 0)
    for unit in LISTS:
        printed = groups.get(unit.name.lower())
        if printed is not None:
            ordinal = _CIRCLES[printed] if unit is Unit.CIRCLE else read_numeral(printed)
            return None if ordinal is None else Mark(unit, ordinal, label, start, end)
    return None
