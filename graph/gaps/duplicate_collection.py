"""DUPLICATE_COLLECTION 重复采集: several agencies of one place register a field that means the same data element.

What makes it a gap is the ban on collecting again what can be had by sharing (广州规定第十三条: 不得重复采集).
Identity keys are excepted: every list needs them to be joined by. Only declared meanings are compared: fields that
merely have the same name are suggested as correspondences, and are compared once somebody accepts that they mean it.

There is one gap for each agency that collects beside others, which owns it, except for those to which a text in force
on the day assigns the collection: a statutory resource that lists the data element, or that a registered resource with
it fulfils, names the agency, or the office it fills, as its collector. While no text does, it is a gap of every one of
them; where all are assigned, of none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any

from catalog.clock import Clock
from catalog.condition import Condition
from catalog.gaps.claim import SHOWN, Claim, Finding, citation, demanded, spans, unpacked
from catalog.gaps.law import Grounds, Text, cited, plain
from catalog.value import Citation
from catalog.vocabulary import ConditionKind, GapKind, Kind, Role, Severity, Topic
from graph.gaps.rule import Demanded, Rule


def demands(said: Condition | Clock) -> Iterable[Demanded]:
    """The ban."""
    return [("", ())] if isinstance(said, Condition) and said.condition_kind is ConditionKind.PROHIBITION else []


@dataclass(frozen=True, slots=True)
class Assignment:
    """A text says that an agency collects a statutory resource."""

    agency: str
    resource: str
    text: Text
    because: str
    provision: str | None

    def holds(self, day: str) -> bool:
        """Whether the text is in force on a day, the first of all where it is empty."""
        return self.text.begins <= day and not (self.text.ends and self.text.ends <= day)


def assignments(rows: Sequence[Sequence[Any]], grounds: Grounds) -> list[Assignment]:
    """Who is to collect, by the statutory resources: the agencies that are named, and those that fill their offices."""
    found: list[Assignment] = []
    for resource, name, regulation, responsibilities, basis, fillers in sorted(rows, key=lambda row: str(row[0])):
        text = grounds.law.texts.get(regulation)
        if text is None or not text.holds:
            continue
        for held in unpacked(responsibilities):
            rests_on = citation(held["citation"]) or citation(next(iter(unpacked(basis)), None))
            if Role.COLLECT.value not in held["roles"] or rests_on is None:
                continue
            because = f"{cited(text, rests_on)}规定由{plain(held['literal'])}负责「{name}」。"
            for agency in (held["agency"], *sorted(body for office, body in fillers if office == held["agency"])):
                found.append(Assignment(agency, resource, text, because, rests_on.provision))
    return found


def stretches(begins: str, ends: str, assigned: Sequence[Assignment]) -> Iterator[tuple[str, str, list[Assignment]]]:
    """The days ``[begins, ends)`` cut where the assignments in force change, with those that are."""
    days = {day for one in assigned for day in (one.text.begins, one.text.ends) if begins < day}
    borders = [begins, *sorted(day for day in days if not ends or day < ends), ends]
    cuts = [(first, last, [one for one in assigned if one.holds(first)]) for first, last in pairwise(borders)]
    for number, (first, last, holding) in enumerate(cuts):
        if number and cuts[number - 1][2] == holding:
            continue
        last = next((then for then, _, other in cuts[number + 1 :] if other != holding), ends)
        yield first, last, holding


def claims(found: Finding, grounds: Grounds) -> Iterator[Claim]:
    """For each agency that is not the law's collector, as long as the ban is in force."""
    held, statutory = found.detail
    collectors: Mapping[str, str] = dict(sorted(held))
    assigned = [one for one in assignments(statutory, grounds) if one.agency in collectors]
    for span, key in spans(grounds, GapKind.DUPLICATE_COLLECTION, "", found.place):
        ban, by = demanded(grounds, span), span.ground.citation
        for number, (begins, ends, holding) in enumerate(stretches(span.begins, span.ends, assigned)):
            stretch = f"{key}~{number}" if number else key
            for agency in sorted(collectors.keys() - {one.agency for one in holding}):
                yield _claim(found, collectors, agency, holding, (begins, ends), by, ban, stretch)


def _claim(
    found: Finding,
    collectors: Mapping[str, str],
    agency: str,
    holding: Sequence[Assignment],
    days: tuple[str, str],
    ban: Citation,
    because: str,
    key: str,
) -> Claim:
    lawful = sorted({one.agency for one in holding})
    others = (one for one in collectors if one != agency and one not in lawful)
    shown = [*lawful[: SHOWN // 2], *islice(others, max(0, SHOWN // 2 - len(lawful)))]
    beside = f"与另外{len(collectors) - 1}个部门登记了含义相同的信息项"
    said = [part for one in holding for part in (one.resource, one.provision) if part]
    return Claim(
        key=f"{found.place} {agency} {key}",
        begins=days[0],
        ends=days[1],
        citation=ban,
        because=tuple(dict.fromkeys((because, *(one.because for one in holding)))),
        message=f"{beside}，{'法定由其他部门采集' if lawful else '没有条文指定由谁采集'}",
        evidence=tuple(
            dict.fromkeys(
                (found.subject, collectors[agency], *said[:SHOWN], *shown, *(collectors[one] for one in shown))
            )
        ),
        severity=Severity.WARNING,
        owner=agency,
    )


RULE = Rule(
    kind=GapKind.DUPLICATE_COLLECTION,
    subject=Kind.DATA_ELEMENT,
    provision="不得重复采集的条款",
    owner="重复采集的部门（现行条文指定采集的部门除外；没有指定的，为每个采集部门）",
    act="改为通过共享获取；没有条文指定的，先确定唯一的责任采集部门",
    topics=(Topic.NO_REPEATED_COLLECTION,),
    demands=demands,
    sql="""
        SELECT element, NULL, place, json_array(json_group_array(json_array(agency, field)), (
            SELECT json_group_array(json_array(s.id, s.name, g.id, s.body ->> '$.responsibilities', s.body ->>
                '$.basis', (SELECT json_group_array(json_array(o.id, b.id)) FROM (
                    SELECT DISTINCT value ->> 'agency' AS office FROM json_each(s.body, '$.responsibilities')) h
                 CROSS JOIN agency o ON o.id = h.office
                 CROSS JOIN link l ON l.path = {path:AGENCY.fills} AND l.target = o.key
                 CROSS JOIN agency b ON b.key = l.holder)))
            FROM (
                SELECT DISTINCT t.key AS key FROM field f CROSS JOIN resource r ON r.key = f.resource
                CROSS JOIN json_each(json_insert(r.body -> '$.fulfils', '$[#]', r.id)) x
                CROSS JOIN resource t ON t.id = x.value
                WHERE f.data_element = found.key AND t.origin = 'STATUTORY'
                AND (r.origin = 'STATUTORY' OR instr(r.body, '"fulfils":[]') = 0)) one
            CROSS JOIN resource s ON s.key = one.key CROSS JOIN regulation g ON g.key = s.regulation)), key
        FROM (
            SELECT e.id AS element, e.key AS key, {place} AS place, h.value ->> 'agency' AS agency, min(f.id) AS field
            FROM data_element e CROSS JOIN field f ON f.data_element = e.key CROSS JOIN resource r ON r.key =
                f.resource,
            json_each(r.body, '$.responsibilities') h
            WHERE e.body ->> '$.identity_key' = 0 AND r.origin = 'REGISTERED' {scope}
            AND {place} IN (SELECT value FROM json_each(:places))
            GROUP BY e.id, place, agency) found
        GROUP BY element, place HAVING count(*) > 1
    """,
    cypher="""
        MATCH (e:DataElement) WHERE NOT e.identity_key {scope}
        MATCH (e)<-[:MEANS]-(f:Field)<-[:HAS_FIELD]-(r:Resource) WHERE r.origin = 'REGISTERED' AND {place} IN $places
        MATCH (r)<-[:RESPONSIBLE_FOR]-(a:Agency)
        WITH e, {place} AS place, a, min(f.id) AS field
        WITH e, place, collect([a.id, field]) AS held WHERE size(held) > 1
        RETURN e.id AS subject, NULL AS owner, place, [held, COLLECT {
            MATCH (e)<-[:MEANS]-(:Field)<-[:HAS_FIELD]-(:Resource)-[:FULFILS*0..1]->(s:Resource)
            WHERE s.origin = 'STATUTORY' AND s.regulation IS NOT NULL WITH DISTINCT s
            RETURN [s.id, s.name, s.regulation, s.responsibilities, s.basis,
                COLLECT { MATCH (s)<-[:RESPONSIBLE_FOR]-(o:Agency)<-[:FILLS]-(b:Agency) RETURN DISTINCT [o.id, b.id] }]
            }] AS detail
    """,
    claims=claims,
)
