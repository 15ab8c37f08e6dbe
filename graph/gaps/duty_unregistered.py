"""DUTY_UNREGISTERED 应登未登: the law assigns an information resource to an agency, and nobody registered it.

What makes it a gap is the assigning article itself (广州细则第十一条: 民政部门……负责……采集、核准与提供), as long as
its text is in force. Registered resources fulfil it by ``fulfils``; one gap stands for each agency that the article
names, owned by the body that fills the office where exactly one does. Parties that are no administrative organs
(用能单位) register nothing. Where the text does not divide lists among agencies, the gap says so and is a warning, or
information for an agency for which nothing in the list speaks; so is a residual class (其他…信息). Who only leads or
maintains (牵头, 维护) gets a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from catalog.gaps.claim import Claim, Finding, citation, unpacked
from catalog.gaps.law import Grounds, cited, plain
from catalog.vocabulary import Allocation, Confidence, GapKind, Kind, Regime, Role, Severity
from graph.gaps.rule import Rule


def claims(found: Finding, grounds: Grounds) -> Iterator[Claim]:
    """One claim for each agency, on the days on which the assigning text is in force."""
    regulation, regime, name, responsibilities, basis, fillers, parties = found.detail
    text = grounds.law.texts.get(regulation)
    if text is None or not text.holds:
        return
    bodies: dict[str, list[str]] = {}
    for office, body in fillers:
        bodies.setdefault(office, []).append(body)
    said: set[str] = set()
    residual = _RESIDUAL.search(name) is not None
    for held in unpacked(responsibilities):
        agency = held["agency"]
        rests_on = citation(held["citation"]) or citation(next(iter(unpacked(basis)), None))
        if agency in said or agency in parties or rests_on is None:
            continue
        said.add(agency)
        filled = bodies.get(agency, [])
        yield Claim(
            key=agency,
            begins=text.begins,
            ends=text.ends,
            citation=rests_on,
            because=(_why(cited(text, rests_on), held, name, residual=residual),),
            message=f"法定{Regime(regime).zh}信息，尚无部门登记",
            evidence=tuple(dict.fromkeys((found.subject, *filter(None, (rests_on.provision,)), agency))),
            severity=_severity(regime, held, residual=residual),
            owner=filled[0] if len(filled) == 1 else agency,
        )


_RESIDUAL = re.compile("^其[他它]|规定[^，。；]{0,16}的其[他它]")
"""The class of whatever other texts assign or demand: nobody can register it under this name."""


_GIVING = frozenset({Role.COLLECT.value, Role.VERIFY.value, Role.PROVIDE.value})
"""Who leads the building of a database (牵头, 维护) need not hold what is in it."""


def _why(where: str, held: Mapping[str, Any], name: str, *, residual: bool) -> str:
    who = plain(held["literal"])
    if residual:
        return f"{where}以兜底条款规定由{who}负责「{name}」，具体内容依其他规定确定。"
    if held["allocation"] == Allocation.UNDIVIDED:
        return f"{where}列有{who}，但未写明「{name}」由其中哪个部门负责。"
    return f"{where}规定由{who}负责「{name}」。"


def _severity(regime: str, held: Mapping[str, Any], *, residual: bool) -> Severity:
    """What the text leaves open is no error: a residual class, an agency that nothing in the list speaks for."""
    open_ = held["allocation"] == Allocation.UNDIVIDED and held["confidence"] != Confidence.HIGH
    if residual or open_:
        return Severity.INFO
    divided = held["allocation"] != Allocation.UNDIVIDED
    gives = not _GIVING.isdisjoint(held["roles"])
    return Severity.ERROR if regime == Regime.SHARING.value and divided and gives else Severity.WARNING


RULE = Rule(
    kind=GapKind.DUTY_UNREGISTERED,
    subject=Kind.RESOURCE,
    provision="设定该职责的条文（现行有效期间）",
    owner="条文指定的责任部门（已对应到具体机关的，为该机关）",
    act="登记该信息资源，并注明对应的法定资源",
    sql="""
        SELECT r.id, NULL, {place}, json_array(
            g.id, r.regime, r.name, r.body ->> '$.responsibilities', r.body ->> '$.basis',
            (SELECT json_group_array(json_array(o.id, b.id)) FROM (
                SELECT DISTINCT value ->> 'agency' AS office FROM json_each(r.body, '$.responsibilities')) h
             CROSS JOIN agency o ON o.id = h.office
             CROSS JOIN link l ON l.path = {path:AGENCY.fills} AND l.target = o.key CROSS JOIN agency b ON b.key =
                 l.holder),
            (SELECT json_group_array(o.id) FROM json_each(r.body, '$.responsibilities') h
             CROSS JOIN agency o ON o.id = h.value ->> 'agency' WHERE o.agency_kind = 'PARTY')), r.key
        FROM resource r JOIN regulation g ON g.key = r.regulation
        WHERE r.origin = 'STATUTORY' {scope} AND NOT EXISTS (
            SELECT 1 FROM link l CROSS JOIN resource f ON f.key = l.holder
            WHERE l.path = {path:RESOURCE.fulfils} AND l.target = r.key AND f.origin = 'REGISTERED')
    """,
    cypher="""
        MATCH (r:Resource) WHERE r.origin = 'STATUTORY' AND r.regulation IS NOT NULL {scope}
        AND NOT EXISTS { MATCH (r)<-[:FULFILS]-(f:Resource) WHERE f.origin = 'REGISTERED' }
        RETURN r.id AS subject, NULL AS owner, {place} AS place, [r.regulation, r.regime, r.name, r.responsibilities,
            r.basis,
            COLLECT { MATCH (r)<-[:RESPONSIBLE_FOR]-(o:Agency)<-[:FILLS]-(b:Agency) RETURN DISTINCT [o.id, b.id] },
            COLLECT { MATCH (r)<-[:RESPONSIBLE_FOR]-(o:Agency) WHERE o.agency_kind = 'PARTY' RETURN o.id }] AS detail
    """,
    claims=claims,
)
