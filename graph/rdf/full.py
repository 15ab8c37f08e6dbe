"""The full view: the harvest view, and what readers of law, rules, schemas and provenance look for.

The nodes that a document names are found from its own statements: whatever of the records is named and not yet there
is read, in as few reads as there are kinds and levels, and written.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Iterator
from contextlib import aclosing
from dataclasses import replace

from catalog.codec import Row
from catalog.errors import BadInput
from catalog.identifiers import kind_of
from catalog.vocabulary import Kind
from graph.port import Store
from graph.rdf import columns, law, rules
from graph.rdf.context import Entry, Publication
from graph.rdf.export import BATCH as RESOURCES
from graph.rdf.export import HARVEST, Document
from graph.rdf.lines import whole
from graph.rdf.nodes import agent, place, referenced, subjects
from graph.rdf.profile import DCAT_AP, Profile
from graph.rdf.syntax import Writer
from graph.rdf.terms import Iri, Subject
from graph.shape import Nested, Shape

AGENCY = whole(Kind.AGENCY)
_ROLES = next(nested.shape for name, nested in whole(Kind.RESOURCE).nested if name == "responsibilities")
RESPONSIBILITY = Shape(
    _ROLES.properties, (*(each for each in _ROLES.nested if each[0] != "agency"), ("agency", Nested("agency", AGENCY)))
)
_SAID = frozenset("origin regime open_list subtypes mode platform metadata".split())
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
    _TEXT, nested=(*_TEXT.nested, ("conditions", Nested("conditions", Shape(frozenset({"condition_kind"})))))
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
BATCH = 500


class FullDocument(Document):
    """A document of the full view in the making."""

    shape = FULL

    def __init__(self, publication: Publication, writer: Writer, profile: Profile = DCAT_AP) -> None:
        super().__init__(publication, writer, profile)
        self._wanted: set[str] = set()
        self._seen: set[str] = set()

    def _resource(self, entry: Entry) -> bytes:
        said = [*subjects(entry), *columns.additions(entry)]
        mine = [each for each in said if not self._shared(each)]
        beside = [*referenced(entry, cited=False), *columns.terms(entry), *filter(self._shared, said)]
        self._note((*mine, *beside))
        return self.each(mine) + self.once(beside)

    def _shared(self, subject: Subject) -> bool:
        """Whether other resources may say the same of it: concepts, and what another catalogue describes."""
        base = self.publication.base
        concept = subject.iri.removeprefix(f"{base}id/concept/")
        return (concept != subject.iri and "/" in concept) or not subject.iri.startswith(base)

    def want(self, identifiers: Iterable[str]) -> None:
        """Records that are to be described, unless they were."""
        self._wanted |= set(identifiers) - self._seen

    async def named(self, store: Store) -> bytes:
        """The nodes of the records that were named and are not there yet, and of those that these name."""
        pieces: list[bytes] = []
        while self._wanted:
            wanted, self._wanted = sorted(self._wanted)[:BATCH], set(sorted(self._wanted)[BATCH:])
            self._seen |= set(wanted)
            for kind, shape in SHAPES.items():
                if ids := [each for each in wanted if kind_of(each) is kind]:
                    rows = [row for row in await store.get(ids, shape, kind) if row is not None]
                    found = await described(store, self.publication, kind, rows)
                    self._note(found)
                    pieces.append(self.once(found))
        return b"".join(pieces)

    def _note(self, found: Iterable[Subject]) -> None:
        self.want(named(self.publication, found))


def named(publication: Publication, found: Iterable[Subject]) -> Iterator[str]:
    """The identifiers of the records that statements name, of the kinds that have nodes of their own."""
    start = f"{publication.base}id/"
    for subject in found:
        for _, term in subject.statements:
            if isinstance(term, Iri) and term.value.startswith(start):
                try:
                    if kind_of(term.value[len(start) :]) in SHAPES:
                        yield term.value[len(start) :]
                except BadInput:
                    continue


async def described(store: Store, publication: Publication, kind: Kind, rows: list[Row]) -> list[Subject]:
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


async def _cleared(store: Store, conditions: list[Row]) -> frozenset[str]:
    """Which of the resources that conditions govern may be named."""
    ids = sorted({each["id"] for row in conditions for each in row["governs"] if kind_of(each["id"]) is Kind.RESOURCE})
    rows = await store.get(ids, Shape(frozenset({"cleared"})), Kind.RESOURCE) if ids else []
    return frozenset(row["id"] for row in rows if row is not None and row["cleared"])


async def full(store: Store, publication: Publication, writer: Writer) -> AsyncGenerator[bytes, None]:
    """The full view of everything cleared for publication and of all law, in pieces of UTF-8.

    It takes several reads: the caller makes sure that the store stood at one revision from the first to the last.
    """
    document = FullDocument(publication, writer)
    text = document.start()
    async with aclosing(_scan(store, Kind.RESOURCE, FULL)) as batches:
        async for rows in batches:
            text += document.resources(row for row in rows if row["cleared"])
            yield text + await document.named(store)
            text = b""
    yield text  # the beginning, where there are no resources at all
    for kind in WHOLE:
        async with aclosing(_scan(store, kind, Shape())) as batches:
            async for rows in batches:
                document.want(row["id"] for row in rows)
                yield await document.named(store)
    yield document.end()


async def _scan(store: Store, kind: Kind, shape: Shape) -> AsyncGenerator[list[Row], None]:
    async for rows in store.scan(kind, shape, batch=RESOURCES):
        yield rows
