"""How whole a resource's metadata is, as quality measurements (DQV). Full view.

Only what its own record shows is measured: the data itself is not here, and nothing is said of its quality. Each is a
share of one with two decimals. Source: DQV; the elements are the core ones of 政务信息资源目录编制指南（试行）.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from graph.rdf.context import PAGE_FORMAT, Entry, Publication
from graph.rdf.describe import description
from graph.rdf.named import Named
from graph.rdf.table import Node
from graph.rdf.tables import CONCEPT, IRI, LANGUAGE, LITERAL, Line, Table, View, typed
from graph.rdf.terms import Subject, expand

ELEMENTS = (
    "category", "name", "code", "responsibilities", "summary", "formats", "fields", "share_type", "mode",
    "open_to_public", "update_frequency",
)  # fmt: skip
"""The core elements of the guideline that no other one makes needless.

Without the date of publication, for which the export has another where none is declared.
"""
COMPLETENESS = "completeness"
DIMENSIONS = {COMPLETENESS: ("完整性", "completeness")}


@dataclass(frozen=True, slots=True)
class Metric:
    """A measure: its word in IRIs, what it is called and means, and of how many it finds how many."""

    name: str
    zh: str
    en: str
    means: str
    counted: Callable[[Entry], tuple[int, int]]


def _declared(entry: Entry) -> tuple[int, int]:
    said = {name for name in ELEMENTS if entry.row[name] not in (None, "", "UNDECLARED", [])}
    if entry.row["summary"] == description(Entry(entry.publication, {**entry.row, "summary": None})):
        said.discard("summary")  # a sentence that an export made, and that came back
    if [form["label"] for form in entry.row["formats"]] == [PAGE_FORMAT["label"]]:
        said.discard("formats")
    return len(said), len(ELEMENTS)


def _with(name: str) -> Callable[[Entry], tuple[int, int]]:
    return lambda e: (sum(bool(each[name]) for each in e.row["fields"]), len(e.row["fields"]))


METRICS = (
    Metric("elements-declared", "目录要素完整率", "share of catalogue elements declared",
           f"目录编制指南{len(ELEMENTS)}项核心元数据中已填写的占比", _declared),
    Metric("items-typed", "信息项类型完整率", "share of items with a data type", "写明数据类型的信息项占比",
           _with("data_type")),
    Metric("items-linked", "信息项关联率", "share of items that mean a data element", "已关联数据元的信息项占比",
           _with("data_element")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """A resource by a metric that it can be measured by."""

    entry: Entry
    metric: Metric
    value: str

    @property
    def iri(self) -> str:
        """The measurement's IRI, below the resource's."""
        return f"{Node.DATASET.iri(self.entry)}/measured/{self.metric.name}"


def _metric(publication: Publication, metric: Metric) -> str:
    return publication.iri("id/concept/metric", metric.name)


def _dimension(publication: Publication) -> str:
    return publication.iri("id/concept/quality-dimension", COMPLETENESS)


DATASET: Table[Entry] = Table(
    "dataset measured", View.FULL, Node.DATASET.iri,
    (Line("dqv:hasQualityMeasurement", IRI, lambda e: (each.iri for each in _measured(e))),), adds_to=("dcat:Dataset",),
)  # fmt: skip
MEASUREMENT: Table[Measured] = Table(
    "measurement", View.FULL, lambda m: m.iri,
    (
        *typed("dqv:QualityMeasurement"),
        Line("dqv:computedOn", IRI, lambda m: (Node.DATASET.iri(m.entry),)),
        Line("dqv:isMeasurementOf", IRI, lambda m: (_metric(m.entry.publication, m.metric),)),
        Line("dqv:value", LITERAL, lambda m: (m.value,), "xsd:decimal"),
    ),
)  # fmt: skip
METRIC: Table[tuple[Publication, Metric]] = Table(
    "metric", View.FULL, lambda of: _metric(*of),
    (
        *typed("dqv:Metric", "skos:Concept"),
        Line("skos:prefLabel", LANGUAGE, lambda of: (of[1].zh,)),
        Line("skos:prefLabel", LANGUAGE, lambda of: (of[1].en,), language="en"),
        Line("skos:definition", LANGUAGE, lambda of: (of[1].means,)),
        Line("dqv:expectedDataType", CONCEPT, lambda _: (expand("xsd:decimal"),)),
        Line("dqv:inDimension", IRI, lambda of: (_dimension(of[0]),)),
    ),
)  # fmt: skip
DIMENSION: Table[Named] = Table(
    "dimension of quality", View.FULL, lambda n: n.iri,
    (
        *typed("dqv:Dimension", "skos:Concept"),
        Line("skos:prefLabel", LANGUAGE, lambda n: (n.zh,)),
        Line("skos:prefLabel", LANGUAGE, lambda n: (n.en,), language="en"),
    ),
)  # fmt: skip
TABLES = (DATASET, MEASUREMENT, METRIC, DIMENSION)


def measurements(entry: Entry) -> Iterator[Subject]:
    """What is measured of a resource; nothing of items where it has none."""
    yield DATASET.node(entry)
    yield from map(MEASUREMENT.node, _measured(entry))


def metrics(publication: Publication) -> Iterator[Subject]:
    """The metrics, and the dimension they are of; the caller writes each once."""
    for metric in METRICS:
        yield METRIC.node((publication, metric))
    yield DIMENSION.node(Named(_dimension(publication), *DIMENSIONS[COMPLETENESS]))


def _measured(entry: Entry) -> Iterator[Measured]:
    for metric in METRICS:
        found, of = metric.counted(entry)
        if of:
            yield Measured(entry, metric, f"{found / of:.2f}")
