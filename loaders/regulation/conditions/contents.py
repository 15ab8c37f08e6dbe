"""What a catalogue, an application or a class must consist of: 目录应当包括名称、格式…等内容.

Each part becomes an ODRL constraint with the set operator ``hasPart``, so that two texts can be compared part by part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog.value import Constraint
from catalog.vocabulary import Topic

OPENS = re.compile(
    "(?P<hasPart>(?:包括|包含|列明|载明|注明|标明|明确|具备|提交|符合|满足)(?:下列|以下)[^，。；]{0,6}(?:内容|事项|材料|要素|条件|信息项|要求))"
    "|(?P<isAnyOf>(?:下列|以下)[^，。；]{0,10}(?:形式|方式|途径|渠道|(?:行为|情形|情况)之一))"
)
"""An introduction whose items are the parts (申请包括下列内容：（一）…), or of which one is enough."""

_LIST = re.compile(
    "(?:(?:目录|元数据|清单|申请书?|申请材料|申请表|需求)》?(?:中|的内容)?(?:应当?|须|需)?(?:包括|包含|载明|列明|注明|标明|明确)|"
    "(?P<told>(?:标明|注明|载明|列明|标注|明确)(?=[^，。；、]{1,40}(?:、|和)))|(?P<asked>说明(?=[^，。；、]{1,20}、))|资源包括|数据库包括|"
    "(?:信息资源|数据资源|政务数据|公共数据|数据|信息)的?(?:共享|开放)?(?:类型|属性)?(?:按照?[^，。；]{2,12})?(?:分为|划分为)|"
    "将(?=[^，。；]{4,80}逐项列出))"
    "(?P<parts>[^，。；：]{2,160}?)(?:等(?:内容|要素|信息|事项|要求|属性)|等|[二两三四]类|[二两三四]种类型|逐项列出|$|(?=[，。；]))"
)
_DIVIDES = re.compile("分为|包括")
_CHANNELS = re.compile(
    "(?:采用|采取|通过|(?<!可)以)(?P<parts>[^，。；：]{2,60}?(?:、[^，。；：、]{1,30}?){1,12})等(?:多种|其他)?(?:形式|方式|途径|渠道)"
)
"""By what an application, a disclosure or a complaint may be made: 采用信函、电报等形式."""

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
    """Where the parts of an enumeration stand in ``text[start:end]``; empty where the topic has none."""
    if topic not in (Topic.CATALOGUE_ELEMENTS, Topic.APPLICATION, Topic.SHARE_TYPE):
        return
    for found in _LIST.finditer(text, start, end):
        if found["parts"].startswith(("下列", "以下")) or (topic is Topic.SHARE_TYPE and not _DIVIDES.search(found[0])):
            continue
        if found["asked"] and topic is not Topic.APPLICATION:
            continue
        yield from _cut(text, *found.span("parts"))


def channels(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the ways by which something may be done stand in ``text[start:end]``, whatever the topic."""
    if "等" not in text[start:end]:
        return
    for found in _CHANNELS.finditer(text, start, end):
        yield from _cut(text, *found.span("parts"))


def _cut(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
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
