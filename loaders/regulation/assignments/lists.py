"""Cutting a printed list into its items.

``、`` parts the items, and ``，`` does where an item carries an inner list of its own (代码，省、市、县名称，编号).
Nothing is cut inside brackets. 和 and its like part two items only where what stands before them is whole in itself
(相片和户籍信息状态), not where it leans on the word at the end (社区服务和社会实践情况).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

PAIRS = {"（": "）", "《": "》", "“": "”", "「": "」", "『": "』", "〔": "〕", "(": ")"}

_BRACKET = re.compile("[（《“「『〔(]")

DATUM = re.compile(
    "(?:姓名|名称|号码|编号|证号|账号|号|代码|编码|日期|时间|期限|年限|地址|住址|住所|详址|地点|场所|性别|民族|年龄|相片|照片|指纹|签名"
    "|学历|学位|专业|职业|职务|职称|籍贯|国籍|出生地|所在地|电话|邮箱|状态|状况|原因|类型|类别|种类|等级|级别|金额|数额|面积|机关|单位"
    "|部门|行政区划|派出所|居委会|范围|结果|信息|用途|性质|代表人|负责人|联系人|股东|经度|纬度)$"
)
"""What an item that is whole in itself ends with. A maintainer adds what a new list needs."""

LONGEST_NOUN = 4

LEVELS = frozenset(
    "国 国家 省 自治区 直辖市 市 地市 区 县 镇 乡 街道 村 社区 居委会 组 栋 幢 单元 室 年 月 日 季 季度".split()
)
"""Words that share the noun after the last of them: 省、市、县名称."""

_OPEN = re.compile(
    "(?<![平同对均优高初中])等(?:(?:相关|有关)?(?:信息项|信息|内容|事项|数据项|数据|项目|资料|情况|字段|要素)?)$"
)
_REST = re.compile("^(?:法律、法规.*|国家.*|依法.*)?(?:其他|其它).*(?:信息|内容|事项|情况|资料|数据|项目|的)$")
_JOINT = re.compile("以及|和|与|及|并")
_END = "。；;.，、 \n\t\u3000：:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """``text[start:end]`` of a list. ``parts`` are members of an inner list; ``doubtful`` that 和 could part it too."""

    start: int
    end: int
    parts: tuple[str, ...] = ()
    doubtful: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """The items of a list, and whether the list says that it is not complete (等)."""

    items: tuple[Item, ...]
    open_list: bool = False


@lru_cache(maxsize=512)  # the same list stands in mirrors, and in a text printed twice
def cut(text: str) -> Items:
    """The items of a list in order; positions are those of ``text``."""
    start, end = _trim(text, 0, len(text))
    open_list = False
    if match := _OPEN.search(text, start, end):
        open_list, (start, end) = True, _trim(text, start, match.start())
    shut = closed(text)
    tokens = list(_tokens(text, start, end, shut))
    items: list[Item] = []
    for item in _grouped(text, tokens):
        for part in [item] if item.parts else _parted(text, item.start, item.end, shut):
            if part.end - part.start < 60 and _REST.match(text[part.start : part.end]):
                open_list = True  # 其他…信息 names no item, it leaves the list open
            else:
                items.append(part)
    return Items(items=tuple(items), open_list=open_list)


def closed(text: str) -> list[bool]:
    """For each character, whether it stands inside brackets. A bracket without its other half encloses nothing."""
    if not _BRACKET.search(text):
        return [False] * len(text)
    steps = [0] * (len(text) + 1)
    waiting: list[int] = []
    for at, letter in enumerate(text):
        if letter in PAIRS:
            waiting.append(at)
        elif letter in PAIRS.values():
            while waiting:
                opened = waiting.pop()
                if PAIRS[text[opened]] == letter:
                    steps[opened] += 1
                    steps[at + 1] -= 1
                    break
    depth, inside = 0, []
    for step in steps[:-1]:
        depth += step
        inside.append(depth > 0)
    return inside


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _END:
        start += 1
    while end > start and text[end - 1] in _END:
        end -= 1
    return start, end


def _tokens(text: str, start: int, end: int, shut: list[bool]) -> Iterator[tuple[int, int, bool]]:
    """Stretches between separators, each with whether ``，`` (or stronger) stands before it."""
    at, comma = start, True
    for here in range(start, end + 1):
        if here == end or (text[here] in "、，；\n" and not shut[here]):
            low, high = _trim(text, at, here)
            if low < high:
                yield low, high, comma
                comma = False
            if here < end:
                comma = comma or text[here] != "、"
            at = here + 1


def _grouped(text: str, tokens: list[tuple[int, int, bool]]) -> Iterator[Item]:
    """Tokens as items; inner lists put together again."""
    commas = sum(comma for _, _, comma in tokens) > 1
    at = 0
    while at < len(tokens):
        stop = at + 1
        while stop < len(tokens) and not tokens[stop][2]:
            stop += 1
        if commas and _shares_a_noun([text[low:high] for low, high, _ in tokens[at:stop]]):
            yield _inner(text, tokens[at:stop])
        else:
            yield from _runs_of_levels(text, tokens[at:stop])
        at = stop


def _runs_of_levels(text: str, tokens: list[tuple[int, int, bool]]) -> Iterator[Item]:
    at = 0
    while at < len(tokens):
        stop = at
        while stop < len(tokens) and text[slice(*tokens[stop][:2])] in LEVELS:
            stop += 1
        if at < stop < len(tokens) and _level_and_noun(text[slice(*tokens[stop][:2])]):
            yield _inner(text, tokens[at : stop + 1])
            at = stop + 1
        else:
            yield Item(start=tokens[at][0], end=tokens[at][1])
            at += 1


def _shares_a_noun(members: list[str]) -> bool:
    """Whether all but the last lean on the noun that ends the last: 省、市、县名称."""
    *leaning, last = members
    noun = noun_at(last, 0, len(last))
    if not leaning or not noun or noun > 4:
        return False
    return all(len(member) <= 4 and noun_at(member, 0, len(member)) is None for member in leaning)


def _level_and_noun(last: str) -> bool:
    noun = noun_at(last, 0, len(last))
    return noun is not None and last[:noun] in LEVELS


def _inner(text: str, tokens: list[tuple[int, int, bool]]) -> Item:
    last = text[tokens[-1][0] : tokens[-1][1]]
    parts = [text[low:high] for low, high, _ in tokens[:-1]] + [last[: noun_at(last, 0, len(last))]]
    return Item(start=tokens[0][0], end=tokens[-1][1], parts=tuple(parts))


def _parted(text: str, start: int, end: int, shut: list[bool]) -> Iterator[Item]:
    """One token, parted at a connector where what stands before it is whole in itself."""
    joined = _JOINT.match(text, start, end)
    if joined and joined.group() in ("以及", "和", "及") and joined.end() < end:  # …，以及登记日期
        start = joined.end()
    for joint in _JOINT.finditer(text, start, end):
        low, high = joint.span()
        if shut[low] or low <= start or high == end:
            continue
        rest = text[high + 1 : high + 2] in ("他", "它")
        if (
            text[high] == "其" and not rest
        ):  # 法定代表人姓名及其公民身份号码: 其 leans back, so it stays one item with two parts
            yield Item(start=start, end=end, parts=(text[start:low], text[high + 1 : end]))
            return
        strong = joint.group() == "以及" or (text[high] == "其" and rest)
        if not strong and (noun_at(text, start, low) is None or joint.group() == "并"):
            continue
        if not strong and noun_at(text, high, end) == high:  # 证件类型和号码: the rest leans on what stands before
            yield Item(start=start, end=end, doubtful=True)
            return
        yield Item(start=start, end=low)
        start = high
    yield Item(start=start, end=end)


def noun_at(text: str, start: int, end: int) -> int | None:
    """Where the noun starts that makes ``text[start:end]`` whole in itself, None where it has none."""
    match = DATUM.search(text, max(start, end - LONGEST_NOUN), end)
    return match.start() if match else None
