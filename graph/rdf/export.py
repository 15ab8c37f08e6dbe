"""Streaming the harvest view out of a store."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from functools import cached_property
from typing import TypeVar

from catalog.codec import Row
from catalog.text import all_traditional
from catalog.vocabulary import Kind
from graph.port import Store
from graph.rdf.compiled import Compiled
from graph.rdf.context import Entry, Publication
from graph.rdf.describe import FIELDS_NAMED
from graph.rdf.nodes import catalogue
from graph.rdf.once import Once
from graph.rdf.profile import DCAT_AP, Profile
from graph.rdf.syntax import Writer
from graph.rdf.terms import Subject
from graph.shape import Nested, Shape

T = TypeVar("T")
BATCH = 200
"""How many resources are read at once: their rows are what is held."""
PIECE = 20
"""How many resources' text is given out at once. Texts of megabytes cost more to get memory for than to write."""

_LAW = Nested("regulation", Shape(frozenset({"title"})))
AGENCY = Shape(frozenset({"name", "credit_code"}))
_CITATION = Shape(
    frozenset({"text"}),
    (
        ("provision", Nested("provision", Shape(frozenset({"label", "provision_kind"}), (("regulation", _LAW),)))),
        ("regulation", _LAW),
    ),
)
_RESPONSIBILITY = Shape(frozenset({"roles"}), (("agency", Nested("agency", AGENCY)),))
HARVEST = Shape(
    frozenset(
        "name aliases code category summary jurisdiction share_type share_condition formats update_frequency"
        " open_to_public open_condition cleared contact temporal licence mode platform issued modified loaded"
        " metadata".split()
    ),
    (
        ("responsibilities", Nested("responsibilities", _RESPONSIBILITY)),
        ("basis", Nested("basis", _CITATION)),
        ("fields", Nested("fields", Shape(frozenset({"name"})), first=FIELDS_NAMED + 1)),
        ("related", Nested("related", Shape(frozenset({"cleared"})))),
    ),
)
"""What the harvest view reads of a resource."""


async def harvest(
    store: Store, publication: Publication, writer: Writer, profile: Profile = DCAT_AP
) -> AsyncGenerator[bytes, None]:
    """The harvest view of everything cleared for publication, in pieces of UTF-8.

    Resources come by identifier; a node they refer to is written once, after the first resource that refers to it. The
    memory held is one batch of rows, and a bounded number of texts and of names of nodes. A failure of the store is
    raised where it happens, nothing having been given out if the first batch fails: what was given out is no whole
    document.
    """
    document = Document(publication, writer, profile)
    before = document.start()
    async with _closing(store.scan(Kind.RESOURCE, document.shape, batch=BATCH)) as batches:
        async for rows in batches:
            for piece in document.pieces([row for row in rows if row["cleared"]]):
                yield before + piece
                before = b""
    yield before + document.end()


class Document:
    """A document in the making, in UTF-8. What is referred to is written once, after the first that refers to it."""

    shape = HARVEST

    def __init__(self, publication: Publication, writer: Writer, profile: Profile = DCAT_AP) -> None:
        self.publication, self.writer = publication, writer
        self.shape = Shape(self.shape.properties | profile.read, self.shape.nested)
        self._written = Once()
        self._profile = profile

    def start(self, *first: Subject) -> bytes:
        """The beginning: nodes of the document's own, then the catalogue."""
        return self.writer.start().encode() + self.once(first) + self.once(catalogue(self.publication))

    def resources(self, rows: Iterable[Row]) -> bytes:
        """Resources, and what they refer to."""
        held = list(rows)
        names = all_traditional([row["name"] for row in held])
        return b"".join(
            [self._resource(Entry(self.publication, row, 0, name)) for row, name in zip(held, names, strict=True)]
        )

    @cached_property
    def _compiled(self) -> Compiled:
        return Compiled(self.publication, self.writer, self._profile)

    def pieces(self, rows: Sequence[Row]) -> Iterator[bytes]:
        """The same in pieces, as an export gives it out."""
        for start in range(0, len(rows), PIECE):
            yield self.resources(rows[start : start + PIECE])

    def _resource(self, entry: Entry) -> bytes:
        own, references = self._compiled.resource(entry, self.writer)
        if not references:
            return own
        return own + self.once(node for reference in references for node in reference.nodes(entry))

    def each(self, nodes: Iterable[Subject]) -> bytes:
        """Nodes that no other resource refers to."""
        return "".join(map(self.writer.subject, nodes)).encode()

    def once(self, nodes: Iterable[Subject]) -> bytes:
        """Nodes, save those that were written before."""
        return "".join([self.writer.subject(node) for node in nodes if self._written.new(node.iri)]).encode()

    async def named(self, store: Store) -> bytes:
        """What else the nodes written so far name and this view has; the harvest view has all it names by then."""
        return b""

    def end(self) -> bytes:
        """The end."""
        return self.writer.end().encode()


@asynccontextmanager
async def _closing(batches: AsyncIterator[T]) -> AsyncIterator[AsyncIterator[T]]:
    """A scan that ends, and lets go of what it holds of the store, when nobody reads on."""
    try:
        yield batches
    finally:
        if isinstance(batches, AsyncGenerator):
            await batches.aclose()
