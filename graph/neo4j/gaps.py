"""Keeping gaps right in Neo4j: after every change set, for the subjects that it can have touched."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any

from catalog.clock import Clock
from catalog.codec import encode, from_row, to_row
from catalog.condition import Condition
from catalog.gap import Gap
from catalog.gaps.claim import Finding
from catalog.gaps.law import Grounds
from catalog.gaps.scope import Scope
from catalog.issue import Issue
from catalog.record import Record
from catalog.regulation import Regulation
from catalog.vocabulary import Kind
from graph.gaps import law, making, words
from graph.gaps.rule import Rule
from graph.gaps.table import VERSION
from graph.neo4j.link import Link
from graph.neo4j.nodes import from_node
from graph.neo4j.plan import Plan, by_kind
from graph.neo4j.words import LABELS

Run = Callable[..., Awaitable[dict[str, Any]]]
SUBJECTS = (Kind.RESOURCE, Kind.AGENCY, Kind.DATA_ELEMENT, Kind.DEMAND)

STATE = "MATCH (c:Catalogue {id: 'catalogue'}) RETURN c.gap_rules AS version, c.gap_law AS law"
RULES = "OPTIONAL MATCH (c:Catalogue {id: 'catalogue'}) RETURN c.gap_rules AS version"
REMEMBER = "MATCH (c:Catalogue {id: 'catalogue'}) SET c.gap_rules = $version, c.gap_law = $law"
BEFORE = """
    UNWIND $rows AS row CALL (row) {
        MATCH (r:Resource {id: row}) UNWIND coalesce(r.fulfils, [])
            + COLLECT { MATCH (r)<-[:RESPONSIBLE_FOR]-(a:Agency) RETURN a.id } AS id RETURN id
        UNION MATCH (f:Field {id: row}) UNWIND [f.resource, f.data_element] AS id RETURN id
        UNION MATCH (a:Agency {id: row}) UNWIND a.fills AS id RETURN id
    } RETURN collect(DISTINCT id) AS found
"""
"""What the touched records referred to before the change."""
HOLDERS = "UNWIND $rows AS row MATCH (n:{label} {{id: row}})<-[e]-(g:Gap) RETURN collect(DISTINCT g.subject) AS found"
RELEASE = "UNWIND $rows AS row MATCH (n:{label} {{id: row}})<-[e]-(:Gap) DELETE e"
WIDER: tuple[tuple[Kind, Kind | None, str], ...] = (
    (Kind.RESOURCE, None, "MATCH (:Agency {id: row})-[:RESPONSIBLE_FOR]->(n:Resource) WHERE n.origin = 'STATUTORY'"),
    (Kind.DEMAND, None, "MATCH (:Agency {id: row})-[:DEMANDS]->(n:Demand)"),
    (Kind.DEMAND, None, "MATCH (:Agency {id: row})<-[:ASKED_OF]-(n:Demand)"),
    (Kind.RESOURCE, Kind.RESOURCE, "MATCH (:Resource {id: row})<-[:FULFILS]-(n:Resource)"),
    (Kind.DATA_ELEMENT, Kind.RESOURCE, "MATCH (:Resource {id: row})-[:HAS_FIELD]->(:Field)-[:MEANS]->(n:DataElement)"),
    (Kind.DEMAND, Kind.RESOURCE, "MATCH (:Resource {id: row})<-[:FOR]-(n:Demand)"),
    (Kind.DEMAND, Kind.DATA_ELEMENT, "MATCH (:DataElement {id: row})<-[:FOR]-(n:Demand)"),
)
"""What depends on what was touched: kind of subject, kind touched (None: agencies that changed), how to find it."""
PLACES = """
    CALL () { MATCH (n:Resource) RETURN collect(DISTINCT coalesce(n.jurisdiction_code, n.jurisdiction_name, '')) AS a }
    CALL () { MATCH (n:Agency) RETURN collect(DISTINCT coalesce(n.jurisdiction_code, n.jurisdiction_name, '')) AS b }
    RETURN a + b AS found
"""
_PLACE = "coalesce({0}.jurisdiction_code, {0}.jurisdiction_name, '')"
PLACES_OF = f"""
    CALL () {{
        MATCH (n:Resource) WHERE n.id IN $resources RETURN {_PLACE.format("n")} AS place
        UNION MATCH (n:Agency) WHERE n.id IN $agencies RETURN {_PLACE.format("n")} AS place
        UNION MATCH (e:DataElement)<-[:MEANS]-(:Field)<-[:HAS_FIELD]-(n:Resource) WHERE e.id IN $elements
            AND NOT e.identity_key RETURN {_PLACE.format("n")} AS place
        UNION MATCH (d:Demand) WHERE d.id IN $demands WITH d {words.DEMAND_CYPHER}
            RETURN {words.CYPHER["{demand}"]} AS place
    }} RETURN collect(place) AS found
"""
"""The places of the subjects in scope only: those of everything take a walk over everything."""
OLD = "MATCH (g:Gap) WHERE {which} RETURN collect([g.id, g.source]) AS found"


class Keeper:
    """The gaps of one transaction: what must be looked at again, and what follows from it."""

    def __init__(self, run: Run, rules: Sequence[Rule]) -> None:
        self.run = run
        self.rules = rules
        self.scope = Scope()

    @property
    def needed(self) -> bool:
        """Whether gaps may have changed."""
        return bool(self.rules) and not self.scope.empty

    async def begin(self) -> None:
        """Finds out whether the gaps held are those of the rules; else everything is looked at."""
        if self.rules and (await self.run(STATE)).get("version") != VERSION:
            self.scope = Scope(everything=True)

    def see(self, record: Record) -> None:
        """A record as it will be written."""
        if self.rules:
            self.scope.see(record)

    async def touch(self, plan: Plan) -> None:
        """What a plan will change, before it does, and what that refers to now."""
        if not self.rules:
            return
        touched = {kind: [*plan.updated(kind), *plan.deleted(kind)] for kind in Kind}
        self.scope.touch(touched)
        before = [one for kind in (Kind.RESOURCE, Kind.FIELD, Kind.AGENCY) for one in touched[kind]]
        if before and not self.scope.everything:
            found = (await self.run(BEFORE, rows=before))["found"]
            self.scope.touch(_by_segment(found))
            if touched[Kind.AGENCY]:
                self.scope.renewed.update(_by_segment(found)[Kind.AGENCY])

    async def release(self, plan: Plan) -> None:
        """Takes the references of gaps away from records that go; their subjects will be looked at again."""
        for kind, listed in plan.deletes.items() if self.rules else ():
            if kind is not Kind.GAP and listed:
                rows = [identifier for identifier, _ in listed]
                found = (await self.run(HOLDERS.format(label=LABELS[kind]), rows=rows)).get("found") or []
                self.scope.touch(_by_segment(found))
                await self.run(RELEASE.format(label=LABELS[kind]), rows=rows)

    async def made(self) -> tuple[tuple[Gap, ...], list[tuple[str, str | None]]]:
        """The gaps that follow, and those of the same subjects that no longer do."""
        if self.scope.law:
            await self._read_law()
        everything = self.scope.everything or await self._widened()
        made = await self.derive(None if everything else self.scope)
        which = "true" if everything else "g.subject IN $subjects AND g.id >= ''"  # of both, for an index of both
        subjects = sorted(one for kind in SUBJECTS for one in self.scope.of(kind))
        old = (await self.run(OLD.format(which=which), subjects=[] if everything else subjects))["found"]
        kept = {record.id for record in made}
        return made, sorted((one, source) for one, source in old if one not in kept)

    async def derive(self, scope: Scope | None) -> tuple[Gap, ...]:
        """The gaps of the subjects in scope, of all without one; each identifier once."""
        grounds = await self._grounds()
        places = sorted({"", *(await self._places(scope))})
        where = making.grounded_places(self.rules, grounds, places)
        found: dict[str, Gap] = {}
        for rule in self.rules:
            subjects = None if scope is None else scope.of(rule.subject)
            if where.get(rule.kind.value) == [] or subjects == set():
                continue
            params: dict[str, Any] = {"places": where.get(rule.kind.value, []), "scope": sorted(subjects or ())}
            text = f"CALL () {{ {words.cypher(rule, scoped=scope is not None)} }} "
            rows = await self.run(
                f"{text} RETURN collect([subject, owner, place, detail]) AS found", **params, **rule.words(grounds)
            )
            for row in rows["found"]:
                for record in making.gaps(rule, Finding(*row), grounds):
                    found.setdefault(record.id, record)
        return tuple(found.values())

    async def _places(self, scope: Scope | None) -> list[str]:
        if scope is None:
            found = await self.run(PLACES)
        else:
            found = await self.run(
                PLACES_OF,
                resources=sorted(scope.resources),
                agencies=sorted(scope.agencies),
                elements=sorted(scope.elements),
                demands=sorted(scope.demands),
            )
        places: list[str] = found["found"]
        return places

    async def _grounds(self) -> Grounds:
        held = (await self.run(STATE)).get("law")
        return (law.unpacked(held) if held else law.read_law(self.rules, (), (), ())).reader()

    async def _read_law(self) -> None:
        read = law.read_law(
            self.rules,
            await self._records(Regulation, ""),
            await self._records(Condition, "WHERE n.topic IN $topics", topics=law.topics(self.rules)),
            await self._records(Clock, "WHERE n.clock_kind = 'DURATION'"),
        )
        await self.run(REMEMBER, version=VERSION, law=law.packed(read))

    async def _records(self, of: type[Any], where: str, **params: Any) -> list[Any]:
        text = f"MATCH (n:{LABELS[of.kind]}) {where} RETURN collect(properties(n)) AS found"
        return [from_row(of.kind, from_node(of.kind, node)) for node in (await self.run(text, **params))["found"]]

    async def _widened(self) -> bool:
        """Adds the subjects whose gaps depend on those that were touched; answers whether that is everything."""
        for target, of, match in WIDER:
            sources = self.scope.renewed if of is None else self.scope.of(of)
            if sources and not self.scope.everything:
                text = f"UNWIND $rows AS row {match} RETURN collect(DISTINCT n.id) AS found"
                self.scope.add(target, set((await self.run(text, rows=sorted(sources)))["found"]))
        return self.scope.everything


async def current(link: Link) -> bool:
    """Whether the gaps held are those of this version's rules."""
    return bool((await link.one(RULES))["version"] == VERSION)


async def faults(link: Link, rules: Sequence[Rule]) -> list[Issue]:
    """Gaps that are held otherwise than they follow."""
    if not rules or not await current(link):
        return []

    async def run(text: str, **params: Any) -> dict[str, Any]:
        return await link.one(text, params)

    made = await Keeper(run, rules).derive(None)
    nodes = (await run("MATCH (g:Gap) RETURN collect(properties(g)) AS found"))["found"]
    held = {node["id"]: encode(from_node(Kind.GAP, node)).decode() for node in nodes}
    return list(making.differences(held, {record.id: encode(to_row(record)).decode() for record in made}))


def _by_segment(identifiers: Iterable[str | None]) -> Mapping[Kind, list[str]]:
    found: dict[Kind, list[str]] = {kind: [] for kind in Kind}
    found.update(by_kind(one for one in identifiers if one))
    return found
