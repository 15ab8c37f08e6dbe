"""Places by name, with their GB/T 2260 codes, from the table that python-stdnum ships."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from stdnum import numdb

from catalog.value import Jurisdiction

_NAME = re.compile(r"(?:\[(?P<period>[\d-]*)\])?(?P<name>[^,\[\]]+)")
_GENERIC = frozenset(
    {"市辖区", "县", "郊区", "矿区", "新区", "市区", "城区", "省直辖县级行政单位", "自治区直辖县级行政单位"}
)
"""Names that name no place of their own."""

_SHORT = re.compile(r"(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|自治州|自治县|地区|[省市县区盟旗])$")
LONGEST = 24


def _level(code: str) -> str:
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "county"


@cache
def places() -> Mapping[str, tuple[Jurisdiction, ...]]:
    """Every place by its name, those that still exist first, then the higher ones."""
    found: dict[str, dict[str, tuple[bool, Jurisdiction]]] = {}
    for _length, province, _high, _info, counties in numdb.get("cn/loc").prefixes:
        for _length, rest, _high, info, _children in counties:
            code = province + rest
            for match in _NAME.finditer(info.get("county", "")):
                name, period = match["name"], match["period"] or ""
                if name in _GENERIC:
                    continue
                past = bool(period) and not period.endswith("-")
                place = Jurisdiction(code=code, name=name, level=_level(code))
                found.setdefault(name, {})[code] = (past, place)
    return MappingProxyType(
        {
            name: tuple(
                place for _, place in sorted(rows.values(), key=lambda row: (row[0], _rank(row[1]), row[1].code))
            )
            for name, rows in found.items()
        }
    )


@cache
def _by_code() -> Mapping[str, Jurisdiction]:
    found: dict[str, Jurisdiction] = {}
    for name in sorted(places()):
        for place in places()[name]:
            held = found.get(place.code or "")
            if held is None or places()[held.name][0] != held:  # a name that it still bears goes first
                found[place.code or ""] = place
    return MappingProxyType(found)


def place_of_code(code: str) -> Jurisdiction | None:
    """The place of a GB/T 2260 code, None where the table has none."""
    return _by_code().get(code)


def _rank(place: Jurisdiction) -> int:
    return ("province", "city", "county").index(place.level or "county")


def place_at_start(text: str) -> tuple[Jurisdiction, int] | None:
    """The place whose name a text begins with (simplified), and the length of that name.

    吉林省长春市… is 长春市: each longer name must lie inside the place before it. A name that several counties share is
    taken only after the name of what it lies in, or where only one place still bears it.
    """
    place, length = _inside(text, 0, None)
    while place is not None:
        inner, longer = _inside(text, length, place)
        if inner is None:
            return place, length
        place, length = inner, longer
    return None


def _inside(text: str, start: int, outer: Jurisdiction | None) -> tuple[Jurisdiction | None, int]:
    for end in range(min(len(text), start + LONGEST), start + 1, -1):
        candidates = places().get(text[start:end], ())
        if outer is not None and outer.code is not None:
            prefix = outer.code.removesuffix("0000") if outer.code.endswith("0000") else outer.code[:4]
            candidates = tuple(c for c in candidates if c.code is not None and c.code.startswith(prefix) and c != outer)
        elif len({candidate.code for candidate in candidates[:2]}) > 1 and _rank(candidates[0]) == _rank(candidates[1]):
            continue
        if candidates:
            return candidates[0], end
    return None, start


def short_place(name: str) -> str:
    """广州市 → 广州, 辽宁省 → 辽宁; a name of two characters stays whole."""
    short = _SHORT.sub("", name)
    return short if len(short) >= 2 else name
