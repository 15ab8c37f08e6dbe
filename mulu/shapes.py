"""SHACL shapes: our own profile and those of any directory, and what a document breaks of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from catalog.errors import BadInput
from graph.rdf.terms import NAMESPACES, expand

UNFIT = ("mdr-vocabularies",)
"""Shapes that need vocabularies which are not in the export: told by their file's name, and left out."""
HIGH_VALUE = "hvd"
"""The name of files whose shapes hold for high-value datasets alone."""
HIGH_VALUE_LAW = "http://data.europa.eu/eli/reg_impl/2023/138/oj"
"""The regulation that a high-value dataset names as applicable legislation (DCAT-AP HVD 3.0.0, section 7)."""
_PREFIXES = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(NAMESPACES.items()))


@dataclass(frozen=True, slots=True)
class Finding:
    """What a shape found: severity, the record (its node), the property, and why."""

    severity: str
    node: str
    property: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Shapes:
    """Graphs of shapes: for everything, and for high-value datasets alone (None where no file has such)."""

    general: Any
    high_value: Any | None


def read_shapes(directories: Sequence[Path], *, profile: bool = True) -> Shapes:
    """Our own profile, which is that of the harvest view, unless it is left out, and the directories' Turtle files.

    Property shapes without a path mean nothing and are dropped; a well-known prefix that a file forgot to declare is
    declared for it. Raises BadInput for a directory without shapes, for a file that is no Turtle, and where pySHACL is
    not installed.
    """
    try:
        from rdflib import Graph
    except ImportError as error:
        raise BadInput("validation needs pyshacl", suggestion="install it: pip install 'mulu[shapes]'") from error
    general, high_value = Graph(), Graph()
    if profile:
        own = files("graph.rdf") / "shapes" / "profile.ttl"
        general.parse(data=own.read_text(encoding="utf-8"), format="turtle")
    elif not directories:
        raise BadInput("our own shapes are for the harvest view", suggestion="give shapes in --shapes-dir")
    for directory in directories:
        for path in _files(directory):
            _parse(high_value if HIGH_VALUE in path.name else general, path)
    for graph in (general, high_value):
        _drop_pathless(graph)
    return Shapes(general, high_value or None)


def validated(text: str, shapes: Shapes) -> Iterator[Finding]:
    """What an N-Triples document breaks. High-value shapes are asked only of the datasets that say they are such."""
    from rdflib import Graph

    document = Graph().parse(data=text, format="nt")
    yield from _found(document, shapes.general)
    if shapes.high_value is not None and (nodes := _high_value_nodes(document)):
        yield from (found for found in _found(document, shapes.high_value) if found.node in nodes)


def _found(document: Any, shapes: Any) -> Iterator[Finding]:
    from pyshacl import validate
    from rdflib import SH, Graph

    _, report, _ = validate(document, shacl_graph=shapes, inference="none", advanced=False)
    assert isinstance(report, Graph)
    names = (SH.focusNode, SH.resultPath, SH.value, SH.resultMessage)
    for result, severity in report.subject_objects(SH.resultSeverity):
        told = [str(report.value(result, name) or "") for name in names]
        yield Finding(str(severity).rpartition("#")[2], *told)


def _high_value_nodes(document: Any) -> set[str]:
    """The high-value datasets, their distributions, and what both name."""
    from rdflib import URIRef

    law = URIRef(expand("dcatap:applicableLegislation")), URIRef(HIGH_VALUE_LAW)
    datasets = set(document.subjects(*law))
    distributions = {each for one in datasets for each in document.objects(one, URIRef(expand("dcat:distribution")))}
    named = {each for one in datasets | distributions for each in document.objects(one)}
    return {str(node) for node in datasets | distributions | named}


def _files(directory: Path) -> list[Path]:
    found = sorted(p for p in directory.glob("*.ttl") if not any(name in p.name for name in UNFIT))
    if not found:
        raise BadInput(f"{directory} has no shapes", suggestion="give a directory of Turtle files in --shapes-dir")
    return found


def _parse(graph: Any, path: Path) -> None:
    try:
        text = _PREFIXES + path.read_text(encoding="utf-8-sig")
        graph.parse(data=text, format="turtle", publicID=path.resolve().as_uri())
    except (SyntaxError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} is no Turtle: {error}", suggestion="give a directory of shapes in Turtle") from error


def _drop_pathless(graph: Any) -> None:
    from rdflib import SH

    for shape in set(graph.objects(None, SH.property)):
        if graph.value(shape, SH.path) is None:
            graph.remove((None, SH.property, shape))
