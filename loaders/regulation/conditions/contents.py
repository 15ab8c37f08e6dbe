"""What a catalogue, an application or a class must consist of: 目录应当包括名称、格式…等内容.

Each part becomes an ODRL constraint with the set operator ``hasPart``, so that two texts can be compared part by part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog.value import Constraint
from catalog.vocabulary import Topic

OPENS = re.compile(
    "(?P<hasPart>(?:包括|包含|列明|载明)(?:下列|以下)(?:内容|事项))|(?P<isAnyOf>(?:下列|以下)[^，。；]{0,10}"
    "(?:形式|方式|(?:行为|情形|情况)之一))"
)
"""An introduction whose items are the parts (申请包括下列内容：（一）…), or of which one is enough."""

_LIST = re.compile(
    "(?:目录》?(?:应当?)?(?:包括|包含|载明)|"
    "标明|明确(?=[^，。；]{0,12}的分类)|资源包括|数据库包括|"
    "将(?=[^，。；]{4,80}逐项列出))"
    "(?P<parts>[^，。；：]{2,160}?)(?:等内容|等|逐项列出|$|(?=[，。；]))"
)
_OF = re.compile("^(?:政务信息资源的|政府信息的|共享信息的|共享政府信息(?:的)?|所需共享的|要求共享的)")
_CUT = re.compile("、|(?<![使供提])和|以及")
_OPERANDS = {
    Topic.CATALOGUE_ELEMENTS: "catalogueElement",
    Topic.APPLICATION: "applicationContent",
    Topic.SHARE_TYPE: "shareType",
    Topic.CHANNEL: "channel",
    Topic.PENALTY: "case",
}


def parts(text: str, start: int, end: int, topic: Topic) -> Iterator[tuple[int, int]]:
    """Where the parts of an enumeration stand in ``text[start:end]``."""
    if topic not in (Topic.CATALOGUE_ELEMENTS, Topic.APPLICATION, Topic.SHARE_TYPE):
        return
    for found in _LIST.finditer(text, start, end):
        if found["parts"].startswith(("下列", "以下")):
            continue
        low, high = found.span("parts")
        at = low
        for cut in [*_CUT.finditer(text, low, high), None]:
            stop = cut.start() if cut else high
            skip = _OF.match(text[at:stop])
            first = at + (skip.end() if skip else 0)
            if first < stop:
                yield first, stop
            at = cut.end() if cut else high


def constraint(topic: Topic, part: str, text: str, operator: str = "hasPart") -> Constraint:
    """A part as an ODRL constraint; ``part`` is the reading, ``text`` the characters of the source."""
    return Constraint(
        left_operand=_OPERANDS.get(topic, "content"), operator=operator, right_operand="".join(part.split()), text=text
    )
