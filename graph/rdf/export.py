"""Streaming the harvest view out of a store."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from typing import TypeVar

from catalog.vocabulary import Kind
from graph.port import Store
from graph.rdf.context import Entry, Publication
from graph.rdf.describe import FIELDS_NAMED
from graph.rdf.nodes import catalogue, referenced, subjects
from graph.rdf.syntax import Writer
from graph.rdf.terms import Subject
from graph.shape import Nested, Shape

T = TypeVar("T")

_LAW = Nested("regulation", Shape(frozenset({"title"})))
_AGENCY = Shape(frozenset({"name", "credit_code"}))
_CITATION = Shape(
    frozenset({"text"}),
    (
        ("provision", Nested("provision", Shape(frozenset({"label", "provision_kind"}), (("regulation", _LAW),)))),
        ("regulation", _LAW),
    ),
)
_RESPONSIBILITY = Shape(frozenset({"roles"}), (("agency", Nested("agency", _AGENCY)),))
HARVEST = Shape(
    frozenset(
        "name aliases code category summary jurisdiction share_type share_condition formats update_frequency"
        " open_to_public open_condition cleared contact issued modified loaded".split()
    ),
    (
        ("responsibilities", Nested("responsibilities", _RESPONSIBILITY)),
        ("basis", Nested("basis", _CITATION)),
        ("fields", Nested("fields", Shape(frozenset({"name"})), first=FIELDS_NAMED + 1)),
    ),
)
"""What the harvest view reads of a resource."""


async def harvest(store: Store, publication: Publication, writer: Writer) -> AsyncGenerator[str, None]:
    """The harvest view of everything cleared for publication, in pieces of text.

    Resources come by identifier; a node they refer to is written once, after the first resource that refers to it. The
    memory held is one batch of rows and the IRIs of the nodes referred to. A failure of the store is raised where it
    happens, nothing having been given out if the first batch fails: what was given out is no whole document.
    """
    written: set[str] = set()
    pieces = [writer.start(), *(writer.subject(subject) for subject in _unwritten(catalogue(publication), written))]
    async with _closing(store.scan(Kind.RESOURCE, HARVEST)) as batches:
        async for rows in batches:
            for entry in (Entry(publication, row) for row in rows if row["cleared"]):
                pieces += map(writer.subject, subjects(entry))
                pieces += map(writer.subject, _unwritten(referenced(entry), written))
            if pieces:
                yield "".join(pieces)
            pieces = []
    yield "".join([*pieces, writer.end()])


@asynccontextmanager
async def _closing(batches: AsyncIterator[T]) -> AsyncIterator[AsyncIterator[T]]:
    """A scan that ends, and lets go of what it holds of the store, when nobody reads on."""
    try:
        yield batches
    finally:
        if isinstance(batches, AsyncGenerator):
            await batches.aclose()


def _unwritten(nodes: Iterable[Subject], written: set[str]) -> Iterator[Subject]:
    for subject in nodes:
        if subject.iri not in written:
            written.add(subject.iri)
            yield subject
