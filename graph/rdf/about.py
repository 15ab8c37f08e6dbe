"""What is said of one node: the record, the nodes made of it, and those it names, one step far."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.codec import Row
from catalog.identifiers import kind_of
from catalog.vocabulary import Kind
from graph.port import Store
from graph.rdf import columns
from graph.rdf.context import Entry, Publication
from graph.rdf.full import FULL, SHAPES, described, named
from graph.rdf.lines import whole
from graph.rdf.nodes import referenced, subjects
from graph.rdf.syntax import Writer
from graph.rdf.tables import LITERAL, Line, Table, View, typed
from graph.rdf.terms import Subject
from graph.shape import Nested, Shape

FIELD = Shape(
    whole(Kind.FIELD).properties,
    (*(each for each in whole(Kind.FIELD).nested if each[0] != "resource"),
     ("resource", Nested("resource", Shape(frozenset({"cleared"})))),),
)  # fmt: skip
DESCRIBED = frozenset({Kind.RESOURCE, Kind.FIELD, *SHAPES})
"""The kinds that have a description in RDF."""


@dataclass(frozen=True, slots=True)
class Gone:
    """What was published once: its IRI, and when it was deleted, if it was."""

    iri: str
    deleted: str | None


TOMBSTONE: Table[Gone] = Table(
    "tombstone", View.ALONE, lambda gone: gone.iri,
    (*typed("as:Tombstone"), Line("as:deleted", LITERAL, lambda gone: (gone.deleted,), "xsd:dateTime")),
)  # fmt: skip


async def about(store: Store, publication: Publication, identifier: str, writer: Writer) -> str | None:
    """A document about one node; None where there is no such record, or it is not cleared for publication."""
    found = await _described(store, publication, identifier)
    if found is None:
        return None
    text, written = writer.start(), set()
    for subject in [*found, *await _beside(store, publication, found)]:
        if subject not in written:
            written.add(subject)
            text += writer.subject(subject)
    return text + writer.end()


def tombstone(publication: Publication, identifier: str, deleted: str | None, writer: Writer) -> str:
    """What is left of a record that was published once."""
    said = TOMBSTONE.node(Gone(publication.id(identifier), deleted))
    return writer.start() + writer.subject(said) + writer.end()


async def _described(store: Store, publication: Publication, identifier: str) -> list[Subject] | None:
    kind = kind_of(identifier)
    shape = {Kind.RESOURCE: FULL, Kind.FIELD: FIELD}.get(kind) or SHAPES.get(kind)
    (row,) = await store.get([identifier], shape, kind) if shape else [None]
    if row is None:
        return None
    if kind is Kind.RESOURCE:
        return _resource(publication, row) if row["cleared"] else None
    if kind is Kind.FIELD:
        return list(columns.field(publication, row)) if row["resource"]["cleared"] else None
    return await described(store, publication, kind, [row])


def _resource(publication: Publication, row: Row) -> list[Subject]:
    entry = Entry(publication, row)
    return [
        *subjects(entry), *columns.additions(entry), *referenced(entry, cited=False), *columns.terms(entry),
    ]  # fmt: skip


async def _beside(store: Store, publication: Publication, found: list[Subject]) -> list[Subject]:
    mine = {subject.iri for subject in found}
    wanted = sorted(each for each in set(named(publication, found)) if publication.id(each) not in mine)
    beside: list[Subject] = []
    for kind, shape in SHAPES.items():
        if ids := [each for each in wanted if kind_of(each) is kind]:
            rows = [row for row in await store.get(ids, shape, kind) if row is not None]
            beside += await described(store, publication, kind, rows)
    return [subject for subject in beside if subject.iri not in mine]
