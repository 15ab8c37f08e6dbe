"""What a list under a colon is: its introduction decides whether its items are rules, and which."""

from __future__ import annotations

import re
from enum import Enum


class Listing(Enum):
    """What the items of a list are."""

    NONE = "no list: sentences speak for themselves"
    EXEMPT = "classes exempt from disclosure: each a prohibition"
    FORBIDDEN = "acts that are forbidden: each a prohibition"
    CASES = "cases, each with what is then to be done"
    RULES = "what must be observed: each item a rule, by its own words or because of the introduction"
    DUTIES = "duties of the actor of the introduction: each a duty"
    MISDEEDS = "acts or cases that a sanction in the introduction follows: no rules of their own"
    CONTENTS = "things, data or forms: only a word of rule makes one of them a rule"


_INTRODUCTIONS: tuple[tuple[Listing, str, str], ...] = (
    (Listing.MISDEEDS, "(?:行为|情形|情况)之一", "有下列行为之一的，责令改正："),
    (
        Listing.EXEMPT,
        "免予公开|免于公开|不予公开|不得公开|不予开放|不得开放|(?:下列|以下)[^。；]{2,24}不予共享",
        "下列登记信息免予公开：",
    ),
    (Listing.FORBIDDEN, "(?:不得|禁止|严禁)[^。；]{0,16}(?:下列|以下)", "使用单位不得有下列行为："),
    (
        Listing.CASES,
        "(?:根据|按照|区分|依照)?(?:下列|以下)(?:不同)?(?:情况|情形|规定|方式)[^。；]{0,8}(?:答复|处理|办理|处置|提供)",
        "登记机关根据下列情况分别作出答复：",
    ),
    (
        Listing.RULES,
        "(?:遵守|符合|遵循|按照|依照|坚持|执行|达到|满足)(?:下列|以下)[^。；]{0,6}(?:规定|要求|原则|程序|规则|标准|条件|步骤|流程)[^，。；]{0,12}：$",
        "数据登记应当遵守下列规定：",
    ),
    (Listing.DUTIES, "(?:职责|职能|职权|工作|任务|义务|责任)[^，。；]{0,8}：$", "登记机关履行下列职责："),
    (
        Listing.CONTENTS,
        "包括|内容|(?:公开|公布|提供|采集|报送)[^。；]{0,12}(?:下列|以下)|(?:下列|以下)[^。；]{0,30}(?:信息"
        "|数据)|形式|材料",
        "目录包括下列内容：",
    ),
)
"""What an introduction says, the first that fits, with an example of its own."""

_ROWS = tuple((listing, re.compile(pattern)) for listing, pattern, _ in _INTRODUCTIONS)
EXAMPLES = tuple((listing, example) for listing, _, example in _INTRODUCTIONS)


def listing_of(introduction: str) -> Listing:
    if not introduction:
        return Listing.NONE
    return next((listing for listing, cue in _ROWS if cue.search(introduction)), Listing.NONE)
