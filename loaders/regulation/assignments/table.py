"""The drafting patterns, in the order they are tried.

To add one, write a module beside these and give it a row here.
"""

from __future__ import annotations

from collections.abc import Iterator

from catalog.record import Record
from loaders.regulation.assignments.by import by
from loaders.regulation.assignments.catalogues import catalogues
from loaders.regulation.assignments.collection import collection
from loaders.regulation.assignments.context import Article, Context
from loaders.regulation.assignments.databases import databases
from loaders.regulation.assignments.departments import departments
from loaders.regulation.assignments.disclosure import disclosure
from loaders.regulation.assignments.found import Pattern
from loaders.regulation.assignments.kinds import kinds
from loaders.regulation.assignments.reporting import reporting

PATTERNS: tuple[Pattern, ...] = (
    Pattern(name="collection", example="X依照法定职责，负责下列Y信息的采集、核准与提供：…", match=collection),
    Pattern(name="kinds", example="X负责A、B、C等Y信息的采集、核准与提供。", match=kinds),
    Pattern(
        name="departments", example="各部门按照下列分工采集、提供信息：（一）X负责A信息的采集；…", match=departments
    ),
    Pattern(name="catalogues", example="Z目录包括A、B等，分别由X、Y等牵头部门会同W编制并维护。", match=catalogues),
    Pattern(name="databases", example="X负责统筹A、B基础数据库的建设；C数据库由X会同Y建设。", match=databases),
    Pattern(name="by", example="Y信息由X会同Z采集、提供。", match=by),
    Pattern(name="disclosure", example="X应当主动向社会公开下列信息：（一）A；（二）B。", match=disclosure),
    Pattern(name="reporting", example="X应当……，并按规定向Y报送Z报表。", match=reporting),
)


def read(article: Article, context: Context) -> Iterator[Record]:
    """What the article assigns: each block goes to the first pattern that knows it."""
    at = 0
    while at < len(article.blocks):
        found = next((found for pattern in PATTERNS if (found := pattern.match(article, at, context))), None)
        if found:
            yield from found.records
        at += found.used if found else 1
