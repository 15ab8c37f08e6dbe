"""Whose sheet it is where no column says so: a line above the table (填报单位：长春市民政局), its title, its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from loaders.table.sheet import Line, Sheet

_LABEL = re.compile(
    r"(?:^|[\s,，;；])(?:填报|填表|填写|编制|提供|报送|上报|责任|数源|需求|申请|申报|主管|所属|采集|牵头)*"
    r"(?:单位|部门|机构|机关|提供方|需求方)(?:名称|全称)?\s*(?:[(（](?:盖章|公章|签章|全称|章)[)）])?\s*[:：]\s*"
    r"(?P<agency>[^\s:：,，;；(（_＿]*)"
)
_ASKS = re.compile(
    r"(?:申请|需求)(?:单位|部门|方)[^,，。;；]{0,8}[:：]|^.{0,20}需求(?:调查|汇总|登记|申请)?(?:表|清单|目录)(?:[(（].*)?$"
)
_ENDS = re.compile(
    r"(?:局|委|委员会|厅|办|办公室|政府|法院|检察院|管委会|中心|公司|联合会|总工会|妇联|残联|工商联|红十字会|分局|支队"
    r"|总队|大队|海关|海事处|办事处|银行|研究院|图书馆|档案馆|气象台|(?<=[\u4e00-\u9fff]{2})部)$"
)
_ABOUT = re.compile(
    r"(?:[(（].*[)）]|\d{4}年?度?|关于|公共|政务|政府|信息|数据|资源|共享|开放|需求|目录|清单|汇总|登记|调查|申请|采集|明细|表|的)+$"
)
_NUMBER = re.compile(
    r"^(?:\d{4}年度?|(?:附件|附表|表)\s*[(（]?[\d一二三四五六七八九十]{1,3}[)）.．、:：\-_]*"
    r"|[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3}(?=[)）.．、:：]))[)）.．、:：\-_]*(?!年|月))"
)


@dataclass(frozen=True, slots=True)
class Owner:
    """An agency, and where it is named: ``line`` of the sheet and index of the column, or the sheet's name."""

    agency: str
    line: int | None = None
    column: int | None = None


def owner(sheet: Sheet) -> Owner | None:
    """The agency that a sheet is of, by the plainest word for it; None where nothing says it."""
    return next((found for find in (_labelled, _titled, _named) for found in find(sheet)), None)


def asks(sheet: Sheet) -> bool:
    """Whether a sheet without a column of those who ask says above its table, or by its name, that it asks."""
    texts = [cell for line in sheet.above for cell in line.cells]
    return "需求" in (sheet.name or "") or any(_ASKS.search(text) for text in texts)


def agency_in(title: str) -> str | None:
    """The agency that a title is about: ``2.市公安局政务信息资源目录`` → ``市公安局``."""
    plain = _ABOUT.sub("", _NUMBER.sub("", "".join(title.split())))
    return plain if len(plain) >= 3 and _ENDS.search(plain) else None


@lru_cache(maxsize=10_000)
def agencies_in(cell: str) -> tuple[str, ...]:
    """The agencies that a cell names, one after the other: divided only where each part is called as one."""
    parts = [part.strip() for part in re.split("[、，,；;/\n]", cell) if part.strip()]
    return tuple(parts) if len(parts) > 1 and all(map(_ENDS.search, parts)) else (cell,)


def _labelled(sheet: Sheet) -> Iterator[Owner]:
    for line in sheet.above:
        for column, cell in _cells(line):
            if (found := _LABEL.search(cell)) is not None:
                agency = found["agency"]
                following = (text for index, text in _cells(line) if index > column and text != cell)
                if not agency and found.end() == len(cell):
                    agency = next(following, "")
                if len(agency) >= 2 and not _LABEL.search(agency):
                    yield Owner(agency, line.number, column)


def _titled(sheet: Sheet) -> Iterator[Owner]:
    for line in sheet.above:
        for column, cell in _cells(line):
            if len(cell) <= 40 and (agency := agency_in(cell)) is not None:
                yield Owner(agency, line.number, column)


def _named(sheet: Sheet) -> Iterator[Owner]:
    if sheet.name and (agency := agency_in(sheet.name)) is not None:
        yield Owner(agency)


def _cells(line: Line) -> Sequence[tuple[int, str]]:
    return [(index, cell) for index, cell in enumerate(line.cells) if cell]
