"""NO_PROVIDER 无人提供: an agency demands what nobody provides.

What makes it a gap is the article on demands beyond the catalogue (广州规定第十九条: 属于政府信息共享目录之外的,
广州细则第三十六条) or the duty to provide what can be shared (郑州办法第十七条). A demand is met by the resource or
the provider that it names, or by any registered resource with a field that means one of its data elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from catalog.clock import Clock
from catalog.condition import Condition
from catalog.gaps.claim import Claim, Finding, claimed
from catalog.gaps.law import Grounds, plain
from catalog.vocabulary import GapKind, Kind, Topic
from graph.gaps.rule import Demanded, Rule
from graph.gaps.words import DEMAND_CYPHER, DEMAND_SQL

_BEYOND = re.compile("目录》?之外|应当向其他[^，。]{0,8}提供可以共享")


def demands(said: Condition | Clock) -> Iterable[Demanded]:
    """A rule for what the catalogue does not hold yet, or the duty to provide."""
    return [("", ())] if _BEYOND.search(plain(said.text)) else []


def claims(found: Finding, grounds: Grounds) -> Iterator[Claim]:
    """From the day it was asked."""
    requested, what = found.detail
    message = f"需求「{what}」没有提供部门，目录中也没有登记的资源可以满足"
    return claimed(found, grounds, GapKind.NO_PROVIDER, message, begins=requested or "")


RULE = Rule(
    kind=GapKind.NO_PROVIDER,
    subject=Kind.DEMAND,
    provision="目录之外信息的共享条款，或提供可共享信息的义务",
    owner="需求部门（由其提出协商或提请决定）",
    act="与可能掌握该信息的部门协商；协商不成的，按争议程序提请决定",
    topics=(Topic.APPLICATION, Topic.DISPUTE, Topic.SHARING_DEFAULT),
    demands=demands,
    sql=f"""
        SELECT d.id, a.id, {{demand}}, json_array(d.body ->> '$.requested', d.body ->> '$.what'), d.key {DEMAND_SQL}
        WHERE d.status NOT IN ('PROVIDED', 'WITHDRAWN', 'REPLIED_YES') AND d.provider IS NULL {{scope}}
        AND {{demand}} IN (SELECT value FROM json_each(:places))
        AND (d.resource IS NULL OR json_array_length(r.body, '$.responsibilities') = 0)
        AND NOT EXISTS (
            SELECT 1 FROM json_each(d.body, '$.elements') x CROSS JOIN data_element e ON e.id = x.value
            CROSS JOIN field f ON f.data_element = e.key CROSS JOIN resource g ON g.key = f.resource WHERE g.origin =
                'REGISTERED')
    """,
    cypher=f"""
        {DEMAND_CYPHER} WHERE NOT d.status IN ['PROVIDED', 'WITHDRAWN', 'REPLIED_YES'] AND d.provider IS NULL {{scope}}
        AND {{demand}} IN $places AND (d.resource IS NULL OR r.responsibilities IS NULL)
        AND NOT EXISTS {{ MATCH (d)-[:FOR]->(:DataElement)<-[:MEANS]-(:Field)<-[:HAS_FIELD]-(g:Resource)
            WHERE g.origin = 'REGISTERED' }}
        RETURN d.id AS subject, a.id AS owner, {{demand}} AS place, [d.requested, d.what] AS detail
    """,
    claims=claims,
)
