"""Streaming the harvest view out of a store."""

from __future__ import annotations

from collections.abc import AsyncIterator

from catalog.vocabulary import Kind
from graph.port import Store
from graph.rdf.context import Entry, Publication
from graph.rdf.describe import FIELDS_NAMED
from graph.rdf.nodes import catalogue, distribution_links, referenced, subjects
from graph.rdf.syntax import Writer
from graph.rdf.terms import Subject
from graph.shape import Nested, Shape

_AGENCY = Shape(frozenset({"name", "credit_code"}))
_CITATION = Shape(
    frozenset({"text"}),
    (
        ("provision", Nested("provision", Shape(frozenset({"label"})))),
        ("regulation", Nested("regulation", Shape(frozenset({"title"})))),
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


async def harvest(store: Store, publication: Publication, writer: Writer) -> AsyncIterator[str]:
    """The harvest view of everything cleared for publication, in pieces of text.

    Resources come by identifier; a node they refer to is written once, after the first resource that refers to it. The
    memory held is one batch of rows and the IRIs of the nodes referred to. A failure of the store is raised where it
    happens: what was given out before it is no whole document.
    """
    written: set[str] = set()
    yield writer.start()
    for subject in catalogue(publication):
        written.add(subject.iri)
        yield writer.subject(subject)
    async for rows in store.scan(Kind.RESOURCE, HARVEST):
        pieces: list[str] = []
        for row in rows:
            if row["cleared"]:
                pieces += (writer.subject(subject) for subject in _nodes(Entry(publication, row), written))
        if pieces:
            yield "".join(pieces)
    yield writer.end()


def _nodes(entry: Entry, written: set[str]) -> list[Subject]:
    nodes = [*subjects(entry), distribution_links(entry)]
    for subject in referenced(entry):
        if subject.iri not in written:
            written.add(subject.iri)
            nodes.append(subject)
    return nodes
