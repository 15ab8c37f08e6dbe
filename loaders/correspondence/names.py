"""How alike two names are, and why: steps that a person can check, never a distance.

Every comparison is of folded names (script, width, case, white space). The steps, best first: the same (EXACT), one of
the other's aliases (ALIAS), the same without the place, the level and the marks around it (NORMALISED), the same
without the last word (STEM), one inside the other (CONTAINED). Only EXACT and NORMALISED ever link by themselves, and
only under the rule of :mod:`loaders.correspondence.automatic`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from catalog.text import fold
from catalog.value import Jurisdiction
from catalog.vocabulary import CorrespondenceMethod as Method
from loaders.regulation.agency_words import MODIFIERS, STEMS

_MARKS = re.compile("[《》〈〉“”\"'「」『』【】·]")
_EMPTY = re.compile(r"\(\)")
_LEVELS = (
    "自治区",
    "自治县",
    "县级市",
    "省级",
    "市级",
    "区级",
    "县级",
    "本省",
    "本市",
    "本区",
    "本县",
    "省",
    "市",
    "区",
    "县",
)
_SHORT = re.compile("(?:特别行政区|自治区|自治州|自治县|地区|[省市县区州盟旗])$")
_AGENCY_HEADS = tuple(
    sorted("部门 机关 机构 委员会 管理局 管理委员会 办公室 办公厅 局 厅 委 办 单位".split(), key=len, reverse=True)
)
_RESOURCE_HEADS = tuple(
    sorted(
        "基本信息 登记信息表 信息 数据 资料 情况 名录 名单 目录 清单 列表 台账 信息表 数据集".split(),
        key=len,
        reverse=True,
    )
)
LEAST = 2
"""Characters that must be left of a name for it to be compared by what is left."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two names are alike: the method, a score of a hundred, and the step in words."""

    method: Method
    score: int
    why: str


def bare(name: str, place: Jurisdiction | None) -> str:
    """A folded name without marks, place (广州市公安局 → 公安局) and level (市公安局 → 公安局)."""
    found = _EMPTY.sub("", _MARKS.sub("", fold(name)))
    if place is not None:
        full = fold(place.name)
        for prefix in (full, _SHORT.sub("", full)):
            if len(prefix) >= LEAST and found.startswith(prefix) and len(found) - len(prefix) >= LEAST:
                found = found.removeprefix(prefix)
                break
    for level in _LEVELS:
        rest = found.removeprefix(level)
        if rest != found and len(rest) >= LEAST and not _begins_with_stem(found):
            return rest
    return found


def _begins_with_stem(name: str) -> bool:
    """市场监督管理局 is about markets: its first character is no level."""
    return any(name.startswith(stem) for stem in STEMS if stem[0] in "省市区县")


def stem(name: str, heads: tuple[str, ...], modifiers: tuple[str, ...] = ()) -> str:
    """A bare name without its last word and the modifiers before it: 民政行政主管部门 → 民政."""
    for head in heads:
        if name.endswith(head) and len(name) - len(head) >= LEAST:
            name = name.removesuffix(head)
            break
    while True:
        word = next((one for one in modifiers if name.endswith(one) and len(name) - len(one) >= LEAST), None)
        if word is None:
            return name
        name = name.removesuffix(word)


def agencies(registered: str, office: str, place: Jurisdiction | None, aliases: Iterable[str] = ()) -> Likeness | None:
    """How a registered agency's name is like an office's, both in ``place``; None where it is not."""
    found = _alike(registered, office, place, aliases, _AGENCY_HEADS, MODIFIERS)
    if found is not None and found.method is Method.CONTAINED:
        short, long = sorted((bare(registered, place), bare(office, place)), key=len)
        core = stem(short, _AGENCY_HEADS, MODIFIERS)
        if not (long.startswith(core) or stem(long, _AGENCY_HEADS, MODIFIERS).endswith(core)):
            return None  # 民政 stands inside 人民政府 and is no part of it
    return found


def resources(
    registered: str, statutory: str, place: Jurisdiction | None, aliases: Iterable[str] = ()
) -> Likeness | None:
    """How a registered resource's name is like a statutory one's."""
    return _alike(registered, statutory, place, aliases, _RESOURCE_HEADS, ())


def _alike(
    registered: str,
    other: str,
    place: Jurisdiction | None,
    aliases: Iterable[str],
    heads: tuple[str, ...],
    modifiers: tuple[str, ...],
) -> Likeness | None:
    one, two = fold(registered), fold(other)
    if one == two:
        return Likeness(Method.EXACT, 100, "两名相同")
    if one in map(fold, aliases):
        return Likeness(Method.ALIAS, 95, f"“{registered}”是“{other}”的别名")
    one, two = bare(registered, place), bare(other, place)
    if one == two:
        return Likeness(Method.NORMALISED, 90, f"去掉地名、层级和书名号后同为“{one}”")
    first, second = stem(one, heads, modifiers), stem(two, heads, modifiers)
    if first == second:
        return Likeness(Method.STEM, 75, f"去掉末尾的通名后同为“{first}”")
    short, long = sorted((first, second), key=len)
    if len(short) >= LEAST and short in long:
        return Likeness(Method.CONTAINED, 30 + 40 * len(short) // len(long), f"“{long}”包含“{short}”")
    return None
