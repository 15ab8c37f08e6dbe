"""RDF files of one load: parsed first, since pages lean on each other, then read in the order of their paths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

from catalog.issue import Issue
from catalog.record import Record
from catalog.resource import Resource
from catalog.source import Source
from catalog.vocabulary import Origin, Severity
from loaders.dcat.dataset import datasets, read_datasets
from loaders.dcat.graph import Graph
from loaders.dcat.itself import said_of_itself
from loaders.dcat.own import read_own
from loaders.dcat.report import Report
from loaders.dcat.rows import own_base
from loaders.dcat.syntax import Syntax, read
from loaders.dcat.taken import Taken
from loaders.known import Known

_DCAT = ("dcat:Catalog", "dcat:Dataset", "dcat:DatasetSeries", "dcat:DataService", "dcat:Distribution")


@dataclass(frozen=True, slots=True)
class _Document:
    source: Source
    graph: Graph
    report: Report


@dataclass(slots=True)
class Documents:
    """The RDF files of a load. ``copies`` are the sources among them that Mulu exported itself.

    ``given`` are the identifiers of the records that only these gave.
    """

    base: str
    issues: list[Issue] = field(default_factory=list)
    copies: set[str] = field(default_factory=set)
    given: set[str] = field(default_factory=set)
    _held: list[_Document] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self._held)

    def add(self, source: Source, data: bytes, syntax: Syntax) -> bool:
        """Parses a file; whether it is a catalogue, or a part of one. What is wrong with it is among the issues."""
        report = Report(source.path, source.id, data=data)
        graph = read(syntax, data, len(self._held) + 1, f"file:///{quote(source.path)}", report)
        catalogue = graph is not None and next(graph.typed(*_DCAT), None) is not None
        if graph is not None and not catalogue:
            report.add(
                "NO_DATASETS",
                "the file holds RDF and no catalogue (DCAT): other files may lean on what it describes",
                severity=Severity.INFO,
            )
        if graph is None or not catalogue:
            self.issues.extend(report.issues)
        if graph is not None:
            self._held.append(_Document(source, graph, report))
        return catalogue

    def records(self, known: Known, registered: Iterable[Record]) -> Iterator[Record]:
        """The records of the files added; ``registered`` are those that this load has from other files."""
        taken = Taken(known, self.base)
        others: set[str] = set()
        for one in registered:
            others.add(one.id)
            if isinstance(one, Resource) and one.origin is Origin.REGISTERED:
                taken.resources[one.id] = (one.place.source if one.place else "another file", "")
        for held in self._held:
            held.graph.beside = [other.graph for other in self._held if other is not held]
        for held in self._held:
            if next(held.graph.typed(*_DCAT), None) is None:
                continue
            base = own_base(held.graph, self.base)
            if base is not None:
                self.copies.add(held.source.id)
                for record in read_own(held.graph, base, held.source.id, held.report):
                    for one in (record, *said_of_itself(record, held.source)):
                        self.given.add(one.id)
                        yield one
            start = f"{base}id/resource/" if base is not None else None
            foreign = [each for each in datasets(held.graph) if start is None or not each.startswith(start)]
            for record in read_datasets(held.graph, foreign, held.source.id, held.report, taken):
                others.add(record.id)
                yield record
            self.issues.extend(held.report.issues)
        self.given -= others
