"""NO_BASIS 缺少依据: a resource is declared as not shared, or as shared conditionally, without a citation.

What makes it a gap is the article that demands the basis of such a declaration (郑州办法第十四条:
列为不予共享类政府信息资源的，业务主管机关应当提供法律、法规依据). Where no text demands it for a share type, there
is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from catalog.clock import Clock
from catalog.condition import Condition
from catalog.gaps.claim import Claim, Finding, claimed
from catalog.gaps.law import Grounds, plain
from catalog.vocabulary import GapKind, Kind, ShareType, Topic
from graph.gaps.rule import Demanded, Rule

_BASIS = re.compile("依据|理由")
_WORDS = {
    ShareType.NOT_SHARED: re.compile("不予共享"),
    ShareType.CONDITIONAL: re.compile("(?<!无)(?:有|附)条件共享|受限共享"),
}


def demands(said: Condition | Clock) -> Iterable[Demanded]:
    """The share types whose basis is demanded."""
    words = plain(said.text)
    return [(term.value, ()) for term, pattern in _WORDS.items() if _BASIS.search(words) and pattern.search(words)]


def claims(found: Finding, grounds: Grounds) -> Iterator[Claim]:
    """As long as a text demands the basis."""
    (share_type,) = found.detail
    message = f"登记为「{ShareType(share_type).zh}」，没有写明依据"
    return claimed(found, grounds, GapKind.NO_BASIS, message, variant=share_type)


RULE = Rule(
    kind=GapKind.NO_BASIS,
    subject=Kind.RESOURCE,
    provision="要求说明不予共享（或有条件共享）依据的条款",
    owner="登记该资源的部门",
    act="补充所依据的法律、法规条款，或改为共享",
    topics=(Topic.SHARE_TYPE, Topic.EXEMPTION),
    demands=demands,
    words=lambda grounds: {"types": list(grounds.variants(GapKind.NO_BASIS))},
    each=True,
    sql="""
        CASE WHEN r.share_type IN (SELECT value FROM json_each(:types)) AND r.body ->> '$.basis[0]' IS NULL
        THEN json_array(r.share_type) END
    """,
    cypher="""
        MATCH (r:Resource) WHERE r.share_type IN $types AND r.origin = 'REGISTERED' AND r.regime = 'SHARING'
        {scope} AND {place} IN $places AND r.basis IS NULL
        RETURN r.id AS subject, {owner} AS owner, {place} AS place, [r.share_type] AS detail
    """,
    claims=claims,
)
