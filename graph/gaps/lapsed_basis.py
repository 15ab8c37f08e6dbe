"""LAPSED_BASIS 依据失效: a resource rests only on texts that are expired, repealed or drafts.

What makes it a gap is the end of the cited text: the article on its validity where it has one (广州细则第四十九条:
有效期5年), else the cited article. It begins on the first day on which the last of the texts is no longer in force;
what rests on a draft has never had a basis. A citation of a text that is not loaded tells nothing, so there is no gap.
"""

from __future__ import annotations

from collections.abc import Iterator

from catalog.gaps.claim import Claim, Finding, citation, unpacked
from catalog.gaps.law import Grounds, cited
from catalog.vocabulary import GapKind, Kind, Severity
from graph.gaps.rule import Rule


def claims(found: Finding, grounds: Grounds) -> Iterator[Claim]:
    """From the day on which the last of the texts ended; always, where all are drafts."""
    assigned, basis, responsibilities = found.detail
    cited_rows = unpacked(basis) or [one["citation"] for one in unpacked(responsibilities) if one["citation"]]
    regulations = [assigned] if assigned else [row["regulation"] for row in cited_rows]
    texts = [(regulation, grounds.law.texts.get(regulation)) for regulation in regulations]
    ends: list[tuple[str, str]] = []
    for regulation, text in texts:
        if text is None or not (text.draft or text.ends):
            return
        ends.append(("" if text.draft else text.ends, regulation))
    if not ends:
        return
    begins, regulation = max(ends, key=lambda end: end[0])
    text = grounds.law.texts[regulation]
    first = next((row for row in cited_rows if row["regulation"] == regulation), cited_rows[0] if cited_rows else None)
    rests_on = citation(first)
    makes = rests_on if text.draft else text.validity or rests_on
    if makes is None:
        return
    why = (
        f"{cited(text, makes)}：{text.name}尚为草案，从未施行。"
        if text.draft
        else f"{cited(text, makes)}：{text.name}自{begins}起失效。"
    )
    yield Claim(
        begins=begins,
        ends="",
        citation=makes,
        because=(why, *([f"所依据的是{cited(text, rests_on)}。"] if rests_on and rests_on != makes else ())),
        message="所依据的文件仍是草案" if text.draft else f"所依据的文件自{begins}起失效",
        evidence=tuple(
            dict.fromkeys(
                (found.subject, regulation, *((rests_on.provision,) if rests_on and rests_on.provision else ()))
            )
        ),
        severity=Severity.INFO if text.draft else Severity.WARNING,
        owner=found.owner,
    )


RULE = Rule(
    kind=GapKind.LAPSED_BASIS,
    subject=Kind.RESOURCE,
    provision="所引文件规定其有效期的条款；没有的，为所引条款",
    owner="登记该资源的部门；法定资源为条文指定的部门",
    act="改引现行有效的条款，或确认职责已终止；尚为草案的，待其施行后再作依据",
    words=lambda grounds: {"ended": sorted(id_ for id_, text in grounds.law.texts.items() if text.draft or text.ends)},
    sql="""
        SELECT r.id, {owner}, {place},
            json_array(CASE r.origin WHEN 'STATUTORY' THEN (SELECT g.id FROM regulation g WHERE g.key = r.regulation)
                END,
            r.body ->> '$.basis', r.body ->> '$.responsibilities'), r.key
        FROM resource r WHERE r.key IN (
            SELECT l.holder FROM json_each(:ended) x CROSS JOIN regulation g ON g.id = x.value
            CROSS JOIN link l ON l.path = {path:RESOURCE.basis.regulation} AND l.target = g.key CROSS JOIN resource h
                ON h.key = l.holder
            WHERE h.origin = 'REGISTERED'
            UNION SELECT s.key FROM json_each(:ended) x CROSS JOIN regulation g ON g.id = x.value
            CROSS JOIN resource s ON s.regulation = g.key WHERE s.origin = 'STATUTORY') {scope}
    """,
    cypher="""
        MATCH (r:Resource) WHERE (r.origin = 'STATUTORY' AND r.regulation IN $ended OR r.origin = 'REGISTERED' AND
        EXISTS { MATCH (r)-[c:CITES]->(g:Regulation) WHERE c.path = 'basis.regulation' AND g.id IN $ended }) {scope}
        RETURN r.id AS subject, {owner} AS owner, {place} AS place,
            [CASE r.origin WHEN 'STATUTORY' THEN r.regulation END, r.basis, r.responsibilities] AS detail
    """,
    claims=claims,
)
