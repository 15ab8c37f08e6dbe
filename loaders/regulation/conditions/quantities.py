"""Amounts in rules, as ODRL constraints: 1万元以下, 每人200元, 5千吨以上不满1万吨, 5%-10%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from catalog.numerals import read_numeral
from catalog.value import Constraint

_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,4})?[百千万亿]{0,2}|[一二两三四五六七八九十百千万亿]{1,9}"
_UNIT = "吨标准煤|吨|元|人次|人|户|件|平方米|公里|千瓦时?|立方米|兆字节|万?条(?!例|件|款|规)"
_AMOUNT = re.compile(
    rf"(?P<each>每[人户件次吨])?(?P<below>不满|不足|低于|少于|未达到?)?(?P<most>不得?超过"
    rf"|最高|至多)?(?P<least>不得?少于|至少|不低于)?"
    rf"(?<![第百千万0-9.一二三四五六七八九十])(?P<number>{_NUMBER})(?P<unit>{_UNIT})(?P<kind>标准煤)?(?P<side>以上"
    rf"|以下|以内)?"
)
_SHARE = re.compile(
    r"(?P<low>[0-9]{1,3}(?:\.[0-9]+)?)[%％](?:[-－—~～至到](?P<high>[0-9]{1,3}(?:\.[0-9]+)?)[%％])?(?P<side>以上"
    r"|以下)?"
)
_SCALE = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_MEASURE = re.compile("([\u4e00-\u9fff]{2,10})$")


def constraints(text: str) -> tuple[Constraint, ...]:
    """The amounts of a rule: 以上 and 以下 include the amount itself; 不满 and 不足 do not (民法典第1259条)."""
    if not ("元" in text or "吨" in text or "%" in text or "％" in text or "以上" in text or "以下" in text):
        return ()
    return tuple(_amounts(text)) + tuple(_shares(text))


def _amounts(text: str) -> Iterator[Constraint]:
    measure = ""
    matches = list(_AMOUNT.finditer(text))
    for match, following in zip_longest(matches, matches[1:]):
        number = _value(match["number"])
        if number is None:
            continue
        before = _MEASURE.search(text[max(0, match.start() - 11) : match.start()])
        money = match["unit"] == "元"
        if before and not measure and not before[1].endswith(("以上", "以下", "以内")):
            measure = before[1].removesuffix("在").removesuffix("达到").removesuffix("达")
        each, unit = match["each"], match["unit"]
        if following and following.start() == match.end() and following["unit"].startswith(unit):
            unit = following["unit"]  # 5千吨以上不满1万吨标准煤: one unit for both
        yield Constraint(
            left_operand="payAmount" if money else (measure or "count"),
            operator=_operator(match),
            right_operand=number,
            unit=f"{unit}/{each[1:]}" if each else unit,
            text=match[0],
        )


def _operator(match: re.Match[str]) -> str:
    if match["below"]:
        return "lt"
    if match["side"] in ("以下", "以内") or match["most"]:
        return "lteq"
    if match["side"] == "以上" or match["least"]:
        return "gteq"
    return "eq"


def _shares(text: str) -> Iterator[Constraint]:
    for match in _SHARE.finditer(text):
        before = _MEASURE.search(text[max(0, match.start() - 11) : match.start()])
        measure = before[1] if before else "percentage"
        side = {"以上": "gteq", "以下": "lteq"}.get(match["side"] or "", "eq")
        ends = (("gteq", match["low"]), ("lteq", match["high"])) if match["high"] else ((side, match["low"]),)
        for operator, number in ends:
            yield Constraint(left_operand=measure, operator=operator, right_operand=number, unit="%", text=match[0])


def _value(printed: str) -> str | None:
    """Plain digits: 1万 and 一万 are 10000, 5千 is 5000."""
    digits = printed.rstrip("百千万亿")
    if digits.replace(".", "").isdigit() and digits.isascii():
        scale = 1
        for letter in printed[len(digits) :]:
            scale *= _SCALE[letter]
        value = float(digits) * scale if "." in digits else int(digits) * scale
        return str(int(value)) if value == int(value) else str(value)
    whole = read_numeral(printed)
    return None if whole is None else str(whole)
