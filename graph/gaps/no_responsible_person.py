"""NO_RESPONSIBLE_PERSON 缺少责任人: an agency registers resources and names no person to ask for any of them.

What makes it a gap is the article that each agency designates somebody for sharing (广州规定第二十九条:
指定专人负责政府信息共享工作, 广州细则第八条: 指定专人担任……信息共享责任人). The catalogue's place for it is the
contact of a resource: one is enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from catalog.clock import Clock
from catalog.condition import Condition
from catalog.gaps.claim import Claim, Finding, claim, spans
from catalog.gaps.law import Grounds, plain
from catalog.vocabulary import GapKind, Kind, Severity, Topic
from graph.gaps.rule import Demanded, Rule

_PERSON = re.compile("(?=.*(?:专人|责任人|联络员|专职人员))(?=.*(?:共享|目录|信息资源))(?!.*归档)")


def demands(said: Condition | Clock) -> Iterable[Demanded]:
    """The duty to designate somebody for sharing."""
    return [("", ())] if _PERSON.search(plain(said.text)) else []


def claims(found: Finding, grounds: Grounds) -> Iterator[Claim]:
    """As long as a text demands a named person."""
    number, first = found.detail
    message = f"登记的{number}项信息资源都没有写明联系人"
    for span, key in spans(grounds, GapKind.NO_RESPONSIBLE_PERSON, "", found.place):
        yield claim(found, grounds, span, f"{found.place} {key}", message, beside=(first,), severity=Severity.INFO)


RULE = Rule(
    kind=GapKind.NO_RESPONSIBLE_PERSON,
    subject=Kind.AGENCY,
    provision="要求指定专人负责信息共享工作的条款",
    owner="该部门",
    act="指定信息共享责任人，并在目录中写明联系方式",
    topics=(Topic.STAFFING, Topic.RESPONSIBILITY),
    demands=demands,
    sql="""
        SELECT a.id, a.id, {place} AS place, json_array(count(*), min(r.id)), a.key
        FROM (SELECT a.key AS key, a.id AS id FROM agency a WHERE 1 {scope} AND NOT EXISTS (
            SELECT 1 FROM link m CROSS JOIN resource h ON h.key = m.holder
            WHERE m.path = {path:RESOURCE.responsibilities.agency} AND m.target = a.key
            AND h.origin = 'REGISTERED' AND h.regime = 'SHARING' AND instr(h.body, '"contact":null') = 0)) a
        CROSS JOIN link l ON l.path = {path:RESOURCE.responsibilities.agency} AND l.target = a.key
        CROSS JOIN resource r ON r.key = l.holder
        WHERE r.origin = 'REGISTERED' AND r.regime = 'SHARING' AND {place} IN (SELECT value FROM json_each(:places))
        GROUP BY a.key, place
    """,
    cypher="""
        MATCH (a:Agency) WHERE NOT EXISTS { MATCH (a)-[:RESPONSIBLE_FOR]->(h:Resource)
            WHERE h.origin = 'REGISTERED' AND h.regime = 'SHARING' AND h.contact IS NOT NULL } {scope}
        MATCH (a)-[:RESPONSIBLE_FOR]->(r:Resource)
        WHERE r.origin = 'REGISTERED' AND r.regime = 'SHARING' AND {place} IN $places
        WITH a, {place} AS place, count(r) AS number, min(r.id) AS first
        RETURN a.id AS subject, a.id AS owner, place, [number, first] AS detail
    """,
    claims=claims,
)
