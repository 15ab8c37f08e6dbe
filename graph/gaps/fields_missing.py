"""FIELDS_MISSING 信息项缺失: a registered resource fulfils a statutory one without fields that the law lists.

What makes it a gap is the listing article (广州细则第九条: 下列户籍登记信息：（一）……), while its text is in force.
A field is there where the registered resource has one that means the same data element, or one of its names.
"""

from __future__ import annotations

from collections.abc import Iterator

from catalog.gaps.claim import SHOWN, Claim, Finding, citation, unpacked
from catalog.gaps.law import Grounds, cited
from catalog.vocabulary import GapKind, Kind, Severity
from graph.gaps.rule import Rule


def claims(found: Finding, grounds: Grounds) -> Iterator[Claim]:
    """One claim for each statutory resource, on the days on which its text is in force."""
    statutory, regulation, name, responsibilities, basis, fields = found.detail
    text = grounds.law.texts.get(regulation)
    held = [*unpacked(basis), *(one["citation"] for one in unpacked(responsibilities) if one["citation"])]
    rests_on = citation(held[0]) if held else None
    if text is None or not text.holds or rests_on is None:
        return
    missing = sorted(fields)
    listed = "、".join(label for _, label, _ in missing)
    yield Claim(
        key=statutory,
        begins=text.begins,
        ends=text.ends,
        citation=rests_on,
        because=(f"{cited(text, rests_on)}列明「{name}」包括{listed}。",),
        message=f"缺少法定信息项{len(missing)}项：{listed}",
        evidence=(found.subject, statutory, *(id_ for *_, id_ in missing[:SHOWN])),
        severity=Severity.WARNING,
        owner=found.owner,
    )


RULE = Rule(
    kind=GapKind.FIELDS_MISSING,
    subject=Kind.RESOURCE,
    provision="列明信息项的条文（现行有效期间）",
    owner="登记该资源的部门",
    act="补登所列信息项，或注明其含义对应的数据元",
    sql="""
        SELECT r.id, {owner}, {place}, json_array(s.id, g.id, s.name, s.body ->> '$.responsibilities', s.body ->>
        '$.basis', json_group_array(json_array(f.position, f.name, f.id))), r.key
        FROM link l CROSS JOIN resource r ON r.key = l.holder CROSS JOIN resource s ON s.key = l.target
        CROSS JOIN regulation g ON g.key = s.regulation CROSS JOIN field f ON f.resource = s.key
        WHERE l.path = {path:RESOURCE.fulfils} AND r.origin = 'REGISTERED' AND s.origin = 'STATUTORY' {scope}
        AND NOT EXISTS (SELECT 1 FROM field h WHERE h.resource = r.key AND (
            h.data_element = f.data_element OR fold(h.name) = fold(f.name)
            OR EXISTS (SELECT 1 FROM json_each(f.body, '$.aliases') a WHERE fold(a.value) = fold(h.name))
            OR EXISTS (SELECT 1 FROM json_each(h.body, '$.aliases') a WHERE fold(a.value) = fold(f.name))))
        GROUP BY r.key, s.key
    """,
    cypher="""
        MATCH (s:Resource)<-[:FULFILS]-(r:Resource) WHERE r.origin = 'REGISTERED' AND s.origin = 'STATUTORY' {scope}
        MATCH (s)-[:HAS_FIELD]->(f:Field) WHERE NOT EXISTS { MATCH (r)-[:HAS_FIELD]->(h:Field) WHERE
            h.data_element = f.data_element OR h.folded = f.folded
            OR EXISTS { MATCH (f)-[:ALIAS]->(t:Text) WHERE t.folded = h.folded }
            OR EXISTS { MATCH (h)-[:ALIAS]->(t:Text) WHERE t.folded = f.folded } }
        WITH r, s, collect([f.position, f.name, f.id]) AS fields WHERE s.regulation IS NOT NULL
        RETURN r.id AS subject, {owner} AS owner, {place} AS place,
            [s.id, s.regulation, s.name, s.responsibilities, s.basis, fields] AS detail
    """,
    claims=claims,
)
