"""The items of a dataset of another catalogue: the columns of its schema, where it names one (CSVW)."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.field import Field
from catalog.identifiers import field_id
from catalog.resource import Resource
from catalog.text import fold
from loaders.dcat import words
from loaders.dcat.graph import Graph, Term, Text
from loaders.table.items import meaning

_SCHEMAS = ("dct:conformsTo", "pod:describedBy", "csvw:tableSchema")


def fields(graph: Graph, dataset: str, resource: Resource) -> Iterator[Field]:
    """The columns of the dataset's schemas and of its distributions', in order; a name twice is two items."""
    occurrences: dict[str, int] = {}
    position = 0
    holders: list[Term] = [dataset, *graph.objects(dataset, "dcat:distribution")]
    schemas: dict[Term, None] = {}
    for holder in holders:
        for predicate in _SCHEMAS:
            for found in graph.objects(holder, predicate):
                schemas[graph.value(found, "csvw:tableSchema") or found] = None
    for schema in schemas:
        columns = [each for listed in graph.objects(schema, "csvw:column") for each in graph.items(listed)]
        for column in columns:
            name = _name(graph, column)
            if name is None:
                continue
            key, position = fold(name), position + 1
            occurrences[key] = occurrences.get(key, 0) + 1
            means = meaning(name)
            yield Field(
                id=field_id(resource.id, name, occurrences[key]),
                source=resource.source,
                place=resource.place,
                resource=resource.id,
                position=position,
                name=name,
                text=name,
                data_type=_type(graph, column),
                data_element=means.id if means else None,
                identity_key=means.identity_key if means else False,
                share_type=resource.share_type,
                open_to_public=resource.open_to_public,
            )


def _name(graph: Graph, column: Term) -> str | None:
    for predicate in ("csvw:title", "csvw:titles", "dct:title", "csvw:name"):
        if found := words.best(graph.objects(column, predicate)):
            return " ".join(found.value.split())
    return None


def _type(graph: Graph, column: Term) -> str | None:
    found = graph.value(column, "csvw:datatype")
    if isinstance(found, str):
        found = graph.value(found, "csvw:base") or found
    if found is None:
        return None
    return found.value if isinstance(found, Text) else words.last(found)
