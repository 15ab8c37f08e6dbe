"""The five kinds of parentheses at the end of an item, told apart by what stands in them.

A value list （“正常”或者“注销”）, components （区、镇、街道、村）, applicability （适用于…的情况）, a registering
system （工商）; anything else is part of the word: 户籍地镇（街道）.
So is every parenthesis that more of the word follows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

SYSTEMS = frozenset(
    "工商 市监 市场监管 地税 国税 税务 民政 质监 编办 编制 公安 人社 社保 医保 卫生 卫健 卫计 计生 教育 住建 房管 国土 "
    "规划 自然资源 交通 农业 林业 水务 海关 司法 商务 财政 环保 残联 公积金".split()
)
"""Short names of registering systems."""

_QUOTED = re.compile('[“"「『‘]([^“”"「」『』‘’]+)[”"」』’]')
_APPLIES = re.compile("^(?:仅|只)?(?:适用|限于|限|指|用于|针对|属于|如有|有.+的$|无.+的$)|(?:的情况|情形|时|的)$")
_INCLUDES = re.compile("^(?:包括|包含|含|分为|即|分)[：]?")
_BETWEEN = re.compile("、|，|/|／")
_OR = re.compile("或者|或|、|/|／")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """An item without the parentheses that are no part of its name."""

    name: str
    allowed_values: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    qualifier: str | None = None
    applicability: str | None = None


@lru_cache(maxsize=4096)  # names of fields come again and again
def read(text: str) -> Word:
    """Takes the parentheses off the end of an item, one by one, as long as they are no part of the word."""
    word = Word(name="".join(text.split()))
    while (opened := _last_opened(word.name)) > 0:
        base, inside = word.name[:opened], word.name[opened + 1 : -1].strip()
        peeled = _peel(word, base, inside)
        if peeled is None:
            break
        word = peeled
    return word


def _last_opened(name: str) -> int:
    """Where the parenthesis that ends the name opens, -1 where there is none that is balanced."""
    if not name.endswith("）"):
        return -1
    depth = 0
    for at in range(len(name) - 1, -1, -1):
        depth += (name[at] == "）") - (name[at] == "（")
        if depth == 0:
            return at
    return -1


def _peel(word: Word, base: str, inside: str) -> Word | None:
    quoted = tuple(_QUOTED.findall(inside))
    if quoted and not re.sub("或者|或|和|及|以及|、|，|等|为", "", _QUOTED.sub("", inside)).strip():
        return replace(word, name=base, allowed_values=quoted)
    if inside in SYSTEMS:
        return replace(word, name=base, qualifier=inside)
    members = tuple(part for part in _BETWEEN.split(_INCLUDES.sub("", inside).removesuffix("等")) if part)
    if _INCLUDES.match(inside) and members:
        return replace(word, name=base, parts=members)
    if _APPLIES.search(inside):
        return replace(word, name=base, applicability=inside)
    choices = _OR.split(inside)
    if len(choices) > 1 and all(choice in _YES_OR_NO for choice in choices):
        return replace(word, name=base, allowed_values=tuple(choices))
    return replace(word, name=base, parts=members) if len(members) > 1 else None


_YES_OR_NO = frozenset("是 否 有 无 男 女 正常 异常 有效 无效 注销".split())
