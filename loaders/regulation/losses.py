"""Set phrases of official prose that stand with a character missing, and what they may have read.

A row is a pattern that finds the damaged phrase, the plausible reading, and a damaged sentence of our own. The text is
never repaired: a reading is only suggested, in an Issue.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Loss:
    """A damaged phrase, what it may have read, an example."""

    cue: re.Pattern[str]
    reading: str
    example: str


def _row(cue: str, reading: str, example: str) -> Loss:
    return Loss(re.compile(cue), reading, example)


LOSSES: tuple[Loss, ...] = (
    _row("业务主机关", "业务主管机关", "数据由业务主机关更新。"),
    _row("(?<![民君])主部门", "主管部门", "报数据主部门备案。"),
    _row("(?<=[一-鿿])(?<![政官省市县区州])府信息", "政府信息", "不得新建新府信息系统。"),
    _row("共享政信息", "共享政府信息", "及时查核共享政信息。"),
    _row("共享求", "共享需求", "根据共享求编制目录。"),
    _row("(?<![共分])享利用", "共享利用", "提供给其他单位享利用。"),
    _row("(?<![执运发银同])行成本", "行政成本", "降低行成本，提高效能。"),
    _row("(?<!主)管公共事务|(?<!管)理公共事务", "管理公共事务", "具有管公共事务职能的组织。"),
    _row("对[^，。；]{2,12}(?<!存)在争议的", "…有争议的", "对共享条件在争议的，由主管部门协调。"),
)

ANY = re.compile("|".join(loss.cue.pattern for loss in LOSSES))
"""Whether a look at each row is worth it."""

_SPACE = "[ \u3000\u00a0]{1,4}"
GAPS: tuple[Loss, ...] = (
    _row(rf"(?<=[涉及密属]){_SPACE}秘密", "国家秘密", "除涉及 秘密外，均予公开。"),
    _row(
        rf"(?:根据|依照|按照|符合|遵守|执行){_SPACE}和(?:地方|本[市省县区]|省|市)", "国家和…", "应当符合 和本市的标准。"
    ),
    _row(rf"的{_SPACE}机关公文", "国家机关公文", "网上公开的 机关公文应当规范。"),
)
"""Where a white space stands in a sentence: what a filter of words may have taken out."""


def suggested(around: str) -> str | None:
    """What the words around a gap may have read."""
    return next((f"It may have read {gap.reading}." for gap in GAPS if gap.cue.search(around)), None)
