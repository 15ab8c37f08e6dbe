"""DUPLICATE_COLLECTION 重复采集: several agencies of one place register a field that means the same data element.

What makes it a gap is the ban on collecting again what can be had by sharing (广州规定第十三条: 不得重复采集).
Identity keys are excepted: every list needs them to be joined by. One gap stands for a data element and a place;
which of the agencies keeps collecting is for them to settle, so it has no owner.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from catalog.clock import Clock
from catalog.condition import Condition
from catalog.gaps.claim import SHOWN, Claim, Finding, demanded, spans
from catalog.gaps.law import Grounds
from catalog.vocabulary import ConditionKind, GapKind, Kind, Severity, Topic
from graph.gaps.rule import Demanded, Rule


def demands(said: Condition | Clock) -> Iterable[Demanded]:
    """The ban."""
    return [("", ())] if isinstance(said, Condition) and said.condition_kind is ConditionKind.PROHIBITION else []


def claims(found: Finding, grounds: Grounds) -> Iterator[Claim]:
    """As long as the ban is in force; the agencies and a field of each are its evidence."""
    (held,) = found.detail
    collectors = sorted(held)
    shown = collectors[: SHOWN // 2]
    for span, key in spans(grounds, GapKind.DUPLICATE_COLLECTION, "", found.place):
        yield Claim(
            key=f"{found.place} {key}",
            begins=span.begins,
            ends=span.ends,
            citation=span.ground.citation,
            because=(demanded(grounds, span),),
            message=f"{len(collectors)}个部门登记了含义相同的信息项",
            evidence=(found.subject, *(agency for agency, _ in shown), *(field for _, field in shown)),
            severity=Severity.WARNING,
            owner=None,
        )


RULE = Rule(
    kind=GapKind.DUPLICATE_COLLECTION,
    subject=Kind.DATA_ELEMENT,
    provision="不得重复采集的条款",
    owner="由相关部门协商确定（不指定）",
    act="确定唯一的责任采集部门，其他部门改为通过共享获取",
    topics=(Topic.NO_REPEATED_COLLECTION,),
    demands=demands,
    sql="""
        SELECT element, NULL, place, json_array(json_group_array(json_array(agency, field))), key FROM (
            SELECT e.id AS element, e.key AS key, {place} AS place, h.value ->> 'agency' AS agency, min(f.id) AS field
            FROM data_element e CROSS JOIN field f ON f.data_element = e.key CROSS JOIN resource r ON r.key =
                f.resource,
            json_each(r.body, '$.responsibilities') h
            WHERE e.body ->> '$.identity_key' = 0 AND r.origin = 'REGISTERED' {scope}
            AND {place} IN (SELECT value FROM json_each(:places))
            GROUP BY e.id, place, agency)
        GROUP BY element, place HAVING count(*) > 1
    """,
    cypher="""
        MATCH (e:DataElement) WHERE NOT e.identity_key {scope}
        MATCH (e)<-[:MEANS]-(f:Field)<-[:HAS_FIELD]-(r:Resource) WHERE r.origin = 'REGISTERED' AND {place} IN $places
        MATCH (r)<-[:RESPONSIBLE_FOR]-(a:Agency)
        WITH e, {place} AS place, a, min(f.id) AS field
        WITH e, place, collect([a.id, field]) AS held WHERE size(held) > 1
        RETURN e.id AS subject, NULL AS owner, place, [held] AS detail
    """,
    claims=claims,
)
