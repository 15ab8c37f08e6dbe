"""What a text rests on, implements and repeals, by the names in 《》 that its own words put in that place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog.value import Citation, RegulationRelation
from catalog.vocabulary import RegulationRelationKind
from loaders.regulation.tree import Act, Node

_RESTS = re.compile(
    r"(?:根据|依据|依照|按照|遵照|贯彻落实|贯彻实施|贯彻执行|贯彻|落实|实施|执行)(?=《)(?P<names>[^。；]{0,600}?)(?=，(?!《)|。|；|$)"
)
_JOINED = re.compile(r"《[^《》]{1,100}》(?:（[^（）]{1,40}）)?")
_LINK = re.compile(r"^(?:[、和及与]|以及|，|或者|或)?$")
_IMPLEMENTS = re.compile(
    r"^(?:(?P<place>.*?))(?:实施|贯彻)?《(?P<quoted>[^《》]+)》(?:的)?(?:实施)?(?:细则|办法|规定|意见|方案)"
    r"|^(?P<plain>.+?(?:条例|规定|办法|法|规则))(?:的)?实施(?:细则|办法|意见|方案)"
)
_REPEALED = re.compile(
    r"《([^《》]{2,100})》(?:（[^（）]{1,60}）)?(?:[、和]?《[^《》]{2,100}》(?:（[^（）]{1,60}）)?){0,20}(?:自即日起|同时|即行|相应)?(?:予以)?废止"
)
_NAME = re.compile(r"《([^《》]{2,100})》")


def bases(source: str, article: Node) -> Iterator[Citation]:
    """The names that article 1 says the text rests on: 根据《A》、《B》等…, but not a name mentioned otherwise.

    Of a run of names each is one, as long as nothing but 、 or 和 stands between them.
    """
    reading = article.reading
    for clause in _RESTS.finditer(reading.text):
        at = clause.start("names")
        for name in _JOINED.finditer(reading.text, at, clause.end("names")):
            if not _LINK.match(reading.text[at : name.start()]):
                break
            start, end = reading.span(*name.span())
            yield Citation(text=source[start:end])
            at = name.end()


def implemented(title: str) -> RegulationRelation | None:
    """《X》实施细则, X实施细则, 实施《X》办法: the text implements X."""
    match = _IMPLEMENTS.match(title)
    if match is None:
        return None
    name = match["quoted"] or match["plain"]
    return RegulationRelation(kind=RegulationRelationKind.IMPLEMENTS, title=name)


def repealed(source: str, act: Act, article: Node, provision: str) -> Iterator[RegulationRelation]:
    """《X》同时废止."""
    reading = article.reading
    for match in _REPEALED.finditer(reading.text):
        start, end = reading.span(*match.span())
        for name in _NAME.finditer(match[0]):
            yield RegulationRelation(
                kind=RegulationRelationKind.REPEALS,
                title=name[1],
                citation=Citation(text=source[start:end], provision=provision),
            )
