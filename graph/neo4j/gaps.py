"""Keeping gaps right in Neo4j: after every change set, for the subjects that it can have touched."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
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
from graph.neo4j.batching import One, Part, answers
from graph.neo4j.link import Link
from graph.neo4j.nodes import from_node
from graph.neo4j.plan import Held, Plan, by_kind
from graph.neo4j.words import LABELS

SUBJECTS = {
    "resources": Kind.RESOURCE,
    "agencies": Kind.AGENCY,
    "elements": Kind.DATA_ELEMENT,
    "demands": Kind.DEMAND,
}
"""What gaps are about, by the name of a statement's parameter."""

STATE = "OPTIONAL MATCH (c:Catalogue {id: 'catalogue'}) RETURN c.gap_rules AS version, c.gap_law AS law"
KEPT = Part(STATE, {}, ("version", "law"))
"""By which rules gaps are kept, and what they read of the law."""
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
WIDER: tuple[tuple[Kind, str, str], ...] = (
    (Kind.RESOURCE, "renewed", "(:Agency {id: row})-[:RESPONSIBLE_FOR]->(n:Resource {origin: 'STATUTORY'})"),
    (Kind.DEMAND, "renewed", "(:Agency {id: row})-[:DEMANDS]->(n:Demand)"),
    (Kind.DEMAND, "renewed", "(:Agency {id: row})<-[:ASKED_OF]-(n:Demand)"),
    (Kind.RESOURCE, "resources", "(:Resource {id: row})<-[:FULFILS]-(n:Resource)"),
    (
        Kind.DATA_ELEMENT,
        "collected",
        "(:Resource {id: row})<-[:FULFILS*0..1]-(:Resource)-[:HAS_FIELD]->(:Field)-[:MEANS]->(n:DataElement)",
    ),
    (Kind.DEMAND, "resources", "(:Resource {id: row})<-[:FOR]-(n:Demand)"),
    (Kind.DEMAND, "elements", "(:DataElement {id: row})<-[:FOR]-(n:Demand)"),
)
"""What depends on what was touched: kind of subject, what of the scope was touched, how to find it."""
ONCE = (Kind.RESOURCE, "resources")
"""What is asked of what was touched, and not of what that finds: what fulfils is not itself fulfilled."""
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
OLD = "MATCH (g:Gap) WHERE {which} RETURN collect([g.id, g.source, g.digest, g.version, g.created]) AS found"


class Keeper:
    """The gaps of one transaction: what must be looked at again, and what follows from it."""

    def __init__(self, one: One, rules: Sequence[Rule]) -> None:
        self.one = one
        self.rules = rules
        self.scope = Scope()
        self._law: str | None = None

    @property
    def needed(self) -> bool:
        """Whether gaps may have changed."""
        return bool(self.rules) and not self.scope.empty

    def begin(self, kept: Mapping[str, Any]) -> None:
        """Told what is kept (``KEPT``): where the gaps held are not those of the rules, everything is looked at."""
        self._law = kept["law"]
        if self.rules and kept["version"] != VERSION:
            self.scope = Scope(everything=True)

    async def run(self, text: str, **params: Any) -> dict[str, Any]:
        """The only record of a statement."""
        return await self.one(text, params)

    def see(self, record: Record, held: Held | None) -> None:
        """A record as it will be written, and what is held of it."""
        if not self.rules or self.scope.law:
            return
        if held is not None and (before := held.record(record.kind)) is not None:
            self.scope.change(before, record)
        else:
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

    async def made(self) -> tuple[tuple[Gap, ...], list[tuple[str, str | None]], dict[str, Held]]:
        """The gaps that follow, those of the same subjects that no longer do, and what is held of them all."""
        if self.scope.law:
            await self._read_law()
        scope = None if self.scope.everything or await self._widened() else self.scope
        places, old = await answers(self.one, [_places(scope), _old(scope)])
        made = await self.derive(scope, places["found"])
        kept = {record.id for record in made}
        gone = sorted((one, source) for one, source, *_ in old["found"] if one not in kept)
        return made, gone, {one: Held(*beside) for one, _, *beside in old["found"]}

    async def derive(self, scope: Scope | None, places: Iterable[str]) -> tuple[Gap, ...]:
        """The gaps of the subjects in scope, of all without one; each identifier once. ``places`` are theirs."""
        grounds = (law.unpacked(self._law) if self._law else law.read_law(self.rules, (), (), ())).reader()
        where = making.grounded_places(self.rules, grounds, sorted({"", *places}))
        found: dict[str, Gap] = {}
        async for rule, rows in self._facts(scope, where, grounds):
            for row in rows:
                for record in making.gaps(rule, Finding(*row), grounds):
                    found.setdefault(record.id, record)
        return tuple(found.values())

    async def _facts(
        self, scope: Scope | None, where: Mapping[str, list[str]], grounds: Grounds
    ) -> AsyncIterator[tuple[Rule, list[list[Any]]]]:
        """What the rules find: of subjects in scope all in one statement, of everything each in its own."""
        asked: list[tuple[Rule, Part]] = []
        for rule in self.rules:
            places = where.get(rule.kind.value)
            subjects = sorted(scope.of(rule.subject)) if scope is not None and places != [] else []
            if scope is None and places == []:
                continue
            params = {"places": places or [], "scope": subjects, **rule.words(grounds)}
            text = f"CALL () {{ {words.cypher(rule, scoped=scope is not None)} }}"
            text += " RETURN collect([subject, owner, place, detail]) AS found"
            asked.append((rule, Part(text, params, ("found",))))
        if scope is None:
            for rule, part in asked:
                yield rule, (await self.one(part.text, part.params))["found"]
            return
        told = await answers(self.one, [part for _, part in asked])
        for (rule, _), record in zip(asked, told, strict=True):
            yield rule, record["found"]

    async def _read_law(self) -> None:
        read = law.read_law(
            self.rules,
            await self._records(Regulation, ""),
            await self._records(Condition, "WHERE n.topic IN $topics", topics=law.topics(self.rules)),
            await self._records(Clock, "WHERE n.clock_kind = 'DURATION'"),
        )
        self._law = law.packed(read)
        await self.run(REMEMBER, version=VERSION, law=self._law)

    async def _records(self, of: type[Any], where: str, **params: Any) -> list[Any]:
        text = f"MATCH (n:{LABELS[of.kind]}) {where} RETURN collect(properties(n)) AS found"
        return [from_row(of.kind, from_node(of.kind, node)) for node in (await self.run(text, **params))["found"]]

    async def _widened(self) -> bool:
        """Adds the subjects whose gaps depend on those that were touched; answers whether that is everything."""
        scope = self.scope
        statutory = set(scope.resources)
        await self._wider({each: scope.renewed for each in WIDER if each[1] == "renewed"})
        scope.collected |= scope.resources - statutory
        asked: dict[str, set[str]] = {}
        while not scope.everything:
            new = {of: getattr(scope, of) - asked.get(of, set()) for of in ("resources", "collected", "elements")}
            steps = {each: new[each[1]] for each in WIDER if each[1] in new and (not asked or each[:2] != ONCE)}
            if not any(steps.values()):
                break
            asked = {of: asked.get(of, set()) | some for of, some in new.items()}
            await self._wider(steps)
        return scope.everything

    async def _wider(self, steps: Mapping[tuple[Kind, str, str], Collection[str]]) -> None:
        text = "UNWIND $rows AS row MATCH {} RETURN collect(DISTINCT n.id) AS found"
        parts = [
            (target, Part(text.format(match), {"rows": sorted(sources)}, ("found",)))
            for (target, _, match), sources in steps.items()
            if sources
        ]
        if parts and not self.scope.everything:
            told = await answers(self.one, [part for _, part in parts])
            for (target, _), record in zip(parts, told, strict=True):
                self.scope.add(target, set(record["found"]))


def _places(scope: Scope | None) -> Part:
    """The places of subjects."""
    if scope is None:
        return Part(PLACES, {}, ("found",))
    listed = {name: sorted(scope.of(kind)) for name, kind in SUBJECTS.items()}
    return Part(PLACES_OF, listed, ("found",))


def _old(scope: Scope | None) -> Part:
    """The gaps held of subjects, with their sources."""
    if scope is None:
        return Part(OLD.format(which="true"), {}, ("found",))
    subjects = sorted(one for kind in SUBJECTS.values() for one in scope.of(kind))
    return Part(OLD.format(which="g.subject IN $subjects AND g.id >= ''"), {"subjects": subjects}, ("found",))


async def current(link: Link) -> bool:
    """Whether the gaps held are those of this version's rules."""
    return bool((await link.one(RULES))["version"] == VERSION)


async def faults(link: Link, rules: Sequence[Rule]) -> list[Issue]:
    """Gaps that are held otherwise than they follow."""
    if not rules or not await current(link):
        return []

    keeper = Keeper(link.one, rules)
    keeper.begin(await link.one(STATE))
    made = await keeper.derive(None, (await link.one(PLACES))["found"])
    nodes = (await link.one("MATCH (g:Gap) RETURN collect(properties(g)) AS found"))["found"]
    held = {node["id"]: encode(from_node(Kind.GAP, node)).decode() for node in nodes}
    return list(making.differences(held, {record.id: encode(to_row(record)).decode() for record in made}))


def _by_segment(identifiers: Iterable[str | None]) -> Mapping[Kind, list[str]]:
    found: dict[Kind, list[str]] = {kind: [] for kind in Kind}
    found.update(by_kind(one for one in identifiers if one))
    return found
