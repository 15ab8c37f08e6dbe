"""Profiles of the harvest view: the table with rows added and left out, for other words than DCAT-AP's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.table import Ref, by_name, value_rows
from catalog.vocabulary import Kind
from graph.rdf.nodes import REFERENCES, Reference
from graph.rdf.table import TABLE, Node, Row

DCAT_AP_IRI = "http://data.europa.eu/r5r/"


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile: its name in addresses and options, its IRI, what it is called, and its table.

    ``rows`` are in the order written, those of a node together; ``references`` say which nodes are described beside.
    """

    name: str
    iri: str
    title: str
    rows: tuple[Row, ...] = TABLE
    references: tuple[Reference, ...] = REFERENCES

    @property
    def read(self) -> frozenset[str]:
        """The plain properties of a resource that the profile reads and the harvest view may not."""
        named = {name for row in self.rows for name in row.of} | {name for each in self.references for name in each.of}
        return frozenset(name for name in named if _plain(name))


def adapted(
    name: str,
    iri: str,
    title: str,
    *,
    adds: Iterable[Row] = (),
    leaves_out: Iterable[tuple[Node, str]] = (),
    references: tuple[Reference, ...] = REFERENCES,
) -> Profile:
    """DCAT-AP's table with rows more, each after the last of its node, and without some: by node and predicate.

    Raises ValueError for a row that is to be left out and is not there, or added for a node that the table lacks.
    """
    gone, more = frozenset(leaves_out), tuple(adds)
    if missing := gone - {(row.node, row.predicate) for row in TABLE}:
        raise ValueError(f"the table has no row {sorted(missing)}")
    nodes = list(dict.fromkeys(row.node for row in TABLE))
    if missing_nodes := {row.node for row in more} - set(nodes):
        raise ValueError(f"the table has no node {sorted(missing_nodes)}")
    kept = [row for row in TABLE if (row.node, row.predicate) not in gone]
    rows = tuple(row for node in nodes for row in (*kept, *more) if row.node is node)
    return Profile(name, iri, title, rows, references)


def _plain(name: str) -> bool:
    known = by_name(Kind.RESOURCE)
    if name not in known or isinstance(known[name].type, Ref):
        return False
    value = known[name].value_class
    return value is None or not any(isinstance(inner.type, Ref) for inner in value_rows(value))


DCAT_AP = Profile("dcat-ap", DCAT_AP_IRI, "DCAT-AP 3.0.1")
