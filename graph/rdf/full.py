"""The full view: the harvest view, and what readers of law, rules, schemas and provenance look for.

The nodes that a page names are found from its own statements: whatever of the records is named and not yet there is
read, in as few reads as there are kinds and levels, and written. A whole document writes each kind of record in a pass
of its own, straight from a scan, so that nothing has to be remembered of what has no bound.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Collection, Iterable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import replace

from catalog.codec import Row
from catalog.errors import BadInput
from catalog.identifiers import kind_of
from catalog.vocabulary import Kind
from graph.port import Store
from graph.rdf import columns, law, links, rules
from graph.rdf.context import Entry, Publication
from graph.rdf.export import BATCH as RESOURCES
from graph.rdf.export import HARVEST, Document
from graph.rdf.lines import whole
from graph.rdf.nodes import CITED, agent, place
from graph.rdf.profile import DCAT_AP, Profile
from graph.rdf.syntax import Writer
from graph.rdf.terms import Iri, Subject
from graph.shape import Nested, Shape

AGENCY = whole(Kind.AGENCY)
_ROLES = next(nested.shape for name, nested in whole(Kind.RESOURCE).nested if name == "responsibilities")
RESPONSIBILITY = Shape(
    _ROLES.properties, (*(each for each in _ROLES.nested if each[0] != "agency"), ("agency", Nested("agency", AGENCY)))
)
_SAID = frozenset("origin regime open_list subtypes mode platform".split())
FULL = Shape(
    HARVEST.properties | _SAID,
    (
        ("responsibilities", Nested("responsibilities", RESPONSIBILITY)),
        ("fields", Nested("fields", whole(Kind.FIELD))),
        ("regulation", Nested("regulation", Shape())),
        ("fulfils", Nested("fulfils", Shape(frozenset({"cleared"})))),
        ("related", Nested("related", Shape(frozenset({"cleared"})))),
        *(each for each in HARVEST.nested if each[0] == "basis"),
    ),
)
"""What the full view reads of a resource."""
_TEXT = whole(Kind.REGULATION)
REGULATION = replace(
    _TEXT,
    nested=(
        *_TEXT.nested,
        ("conditions", Nested("conditions", Shape(frozenset({"condition_kind"})))),
        ("related_by", Nested("related_by", Shape(frozenset({"kind"}), (("by", Nested("by", Shape())),)))),
    ),
)
SHAPES = {
    Kind.AGENCY: AGENCY,
    Kind.REGULATION: REGULATION,
    Kind.PROVISION: law.PROVISION,
    Kind.DATA_ELEMENT: whole(Kind.DATA_ELEMENT),
    Kind.CONDITION: whole(Kind.CONDITION),
    Kind.CLOCK: whole(Kind.CLOCK),
}
"""The kinds whose nodes are written when they are named, and what is read of them."""
WHOLE = (Kind.REGULATION, Kind.PROVISION, Kind.DATA_ELEMENT)
"""The kinds that a whole document has all of, named or not."""
NAMED = (Kind.CONDITION, Kind.CLOCK, Kind.AGENCY)
"""The kinds that it has as far as they are named, each after those that name it."""
BATCH = 500


class FullDocument(Document):
    """A document of the full view in the making: of the kinds ``passing``, all records come unasked."""

    shape = FULL

    def __init__(
        self,
        publication: Publication,
        writer: Writer,
        profile: Profile = DCAT_AP,
        *,
        passing: Collection[Kind] = (),
    ) -> None:
        super().__init__(publication, writer, profile)
        self._passing = frozenset(passing)
        self._wanted: set[str] = set()
        self._seen: set[str] = set()

    def _resource(self, entry: Entry) -> bytes:
        own, references = self._compiled.resource(entry, self.writer)
        added = list(columns.additions(entry))
        mine = [each for each in added if not self._shared(each)]
        beside = [node for each in references if each is not CITED for node in each.nodes(entry)]
        beside += [*columns.terms(entry), *filter(self._shared, added)]
        beside = [each for each in beside if _record(self.publication, each.iri) is None]
        self._note((*mine, *beside), self._cited(entry))
        return own + self.each(mine) + self.once(beside)

    def _cited(self, entry: Entry) -> Iterator[str]:
        """The laws that a resource's own nodes name; the agencies that they name are said to be responsible too."""
        cited = (links.law(self.publication, citation) for citation in entry.row["basis"])
        return (record for iri in cited if iri and (record := _record(self.publication, iri)) is not None)

    def _shared(self, subject: Subject) -> bool:
        """Whether other resources may say the same of it: concepts, and what another catalogue describes."""
        base = self.publication.base
        concept = subject.iri.removeprefix(f"{base}id/concept/")
        return (concept != subject.iri and "/" in concept) or not subject.iri.startswith(base)

    async def records(self, store: Store, kind: Kind, rows: Sequence[Row]) -> bytes:
        """Records of a passing kind, or those of another kind that were named."""
        if kind not in self._passing:
            rows = [row for row in rows if row["id"] in self._wanted]
            self._seen |= (found := {row["id"] for row in rows})
            self._wanted -= found
        return await self._described(store, kind, rows)

    async def named(self, store: Store) -> bytes:
        """The nodes of the records that were named and are not there yet, and of those that these name."""
        pieces: list[bytes] = []
        while self._wanted:
            wanted, self._wanted = sorted(self._wanted)[:BATCH], set(sorted(self._wanted)[BATCH:])
            self._seen |= set(wanted)
            for kind, shape in SHAPES.items():
                if ids := [each for each in wanted if kind_of(each) is kind]:
                    rows = [row for row in await store.get(ids, shape, kind) if row is not None]
                    pieces.append(await self._described(store, kind, rows))
        return b"".join(pieces)

    async def _described(self, store: Store, kind: Kind, rows: Sequence[Row]) -> bytes:
        found = await described(store, self.publication, kind, rows)
        self._note(found)
        ours = {row["id"] for row in rows}
        own, beside = dict[str, Subject](), list[Subject]()
        for each in found:
            if _record(self.publication, each.iri) in ours:
                own.setdefault(each.iri, each)
            else:
                beside.append(each)
        return self.each(own.values()) + self.once(beside)

    def _note(self, found: Collection[Subject], beside: Iterable[str] = ()) -> None:
        """Records that are named, here or beside, and not among what was found, as a resource's own policy is."""
        there = {subject.iri for subject in found}
        for each in (*beside, *named(self.publication, found)):
            known = each in self._seen or self.publication.id(each) in there
            if not known and kind_of(each) not in self._passing:
                self._wanted.add(each)


def named(publication: Publication, found: Iterable[Subject]) -> Iterator[str]:
    """The identifiers of the records that statements name, of the kinds that have nodes of their own."""
    for subject in found:
        for _, term in subject.statements:
            record = _record(publication, term.value) if isinstance(term, Iri) else None
            if record is not None and publication.id(record) == term.value:
                yield record


def _record(publication: Publication, iri: str) -> str | None:
    """The identifier of the record of such a kind that an IRI names, or a node below; None for any other IRI."""
    start = f"{publication.base}id/"
    if not iri.startswith(start):
        return None
    record = "/".join(iri[len(start) :].split("/", 2)[:2])
    try:
        return record if kind_of(record) in SHAPES else None
    except BadInput:
        return None


async def described(store: Store, publication: Publication, kind: Kind, rows: Sequence[Row]) -> list[Subject]:
    """The nodes of records of one kind, and the terms that they are described with."""
    found: list[Subject] = []
    cleared = await _cleared(store, rows) if kind is Kind.CONDITION else frozenset()
    for row in rows:
        match kind:
            case Kind.AGENCY:
                found += agent(publication, row)
            case Kind.REGULATION:
                found += law.regulation(publication, row)
                found += rules.policy(publication, row)
                found += [place(publication, row["jurisdiction"])] if row["jurisdiction"] else []
            case Kind.PROVISION:
                found += law.provision(publication, row)
            case Kind.DATA_ELEMENT:
                found += law.element(publication, row)
            case Kind.CONDITION:
                governed = [each["id"] for each in row["governs"]]
                named = [each for each in governed if each in cleared or kind_of(each) is not Kind.RESOURCE]
                found += rules.condition(publication, row, named)
            case Kind.CLOCK:
                found += rules.clock(publication, row)
    return found


async def _cleared(store: Store, conditions: Sequence[Row]) -> frozenset[str]:
    """Which of the resources that conditions govern may be named."""
    ids = sorted({each["id"] for row in conditions for each in row["governs"] if kind_of(each["id"]) is Kind.RESOURCE})
    rows = await store.get(ids, Shape(frozenset({"cleared"})), Kind.RESOURCE) if ids else []
    return frozenset(row["id"] for row in rows if row is not None and row["cleared"])


async def full(store: Store, publication: Publication, writer: Writer) -> AsyncGenerator[bytes, None]:
    """The full view of everything cleared for publication and of all law, in pieces of UTF-8.

    It takes several reads: the caller makes sure that the store stood at one revision from the first to the last.
    """
    document = FullDocument(publication, writer, passing=WHOLE)
    before = document.start()
    async with aclosing(_scan(store, Kind.RESOURCE, FULL)) as batches:
        async for rows in batches:
            for piece in document.pieces([row for row in rows if row["cleared"]]):
                yield before + piece
                before = b""
    yield before  # where there are no resources at all
    for kind in (*WHOLE, *NAMED):
        async with aclosing(_scan(store, kind, SHAPES[kind])) as batches:
            async for rows in batches:
                yield await document.records(store, kind, rows)
    yield await document.named(store) + document.end()


async def _scan(store: Store, kind: Kind, shape: Shape) -> AsyncGenerator[list[Row], None]:
    async for rows in store.scan(kind, shape, batch=RESOURCES):
        yield rows
