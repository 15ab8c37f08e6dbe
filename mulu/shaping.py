"""``mulu check --shapes``: the export against SHACL shapes, a page at a time, so that memory does not grow with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict, dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from catalog.errors import BadInput
from graph.open import open_store
from graph.rdf.paging import Place, page
from mulu.output import print_json, say
from mulu.publishing import publication
from mulu.settings import Settings

PAGE = 25
"""How many resources are validated together."""
HELD = 1000
"""How many findings are held and listed."""
SHACL = "http://www.w3.org/ns/shacl#"
UNFIT = ("mdr-vocabularies",)
"""Shapes that need vocabularies which are not in the export: told by their file's name, and left out."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a shape found: severity, the record (its node), the property, and why."""

    severity: str
    node: str
    property: str
    value: str
    message: str


@dataclass(slots=True)
class Report:
    """What was found so far. At most so many findings are held, so that memory stays flat; all are counted."""

    resources: int = 0
    violations: int = 0
    warnings: int = 0
    held: dict[Finding, None] = field(default_factory=dict)

    def take(self, found: Finding) -> bool:
        """Counts a finding once, as long as it is held; says whether it is new."""
        if found in self.held:
            return False
        if len(self.held) < HELD:
            self.held[found] = None
        if found.severity == "Violation":
            self.violations += 1
        else:
            self.warnings += 1
        return True


def check_shapes(directory: Path | None, *, as_json: bool, store: str | None) -> int:
    """Prints what breaks the shapes; 1 if anything is a violation. Warnings are told and break nothing."""
    report = asyncio.run(_check(Settings.read(store=store), directory, told=not as_json))
    if as_json:
        counts = {"resources": report.resources, "violations": report.violations, "warnings": report.warnings}
        print_json({**counts, "findings": [asdict(each) for each in report.held]})
    else:
        say(f"{report.resources} resources: {report.violations} violations, {report.warnings} warnings")
    return 1 if report.violations else 0


def shapes(directory: Path | None) -> Any:
    """Our own profile, and the shapes of a directory. Property shapes without a path mean nothing and are dropped."""
    try:
        from rdflib import Graph, URIRef
    except ImportError as error:
        raise BadInput("validation needs pyshacl", suggestion="install it: pip install 'mulu[shapes]'") from error
    graph = Graph()
    graph.parse(data=(files("graph.rdf") / "shapes" / "profile.ttl").read_text(encoding="utf-8"), format="turtle")
    for path in _files(directory):
        graph.parse(path)
    has_property = URIRef(f"{SHACL}property")
    for shape in set(graph.objects(None, has_property)):
        if graph.value(shape, URIRef(f"{SHACL}path")) is None:
            graph.remove((None, has_property, shape))
    return graph


def _files(directory: Path | None) -> list[Path]:
    if directory is None:
        return []
    found = sorted(p for p in directory.glob("*.ttl") if not any(name in p.name for name in UNFIT))
    if not found:
        raise BadInput(f"{directory} has no shapes", suggestion="give a directory of Turtle files in --shapes-dir")
    return found


async def _check(settings: Settings, directory: Path | None, *, told: bool) -> Report:
    wanted, report = shapes(directory), Report()
    async for text, total in _pages(settings):
        report.resources = total
        for found in _validated(text, wanted):
            if report.take(found) and told and found.severity == "Violation":
                print(f"{found.severity} {found.node} {found.property}: {found.message}")
    return report


async def _pages(settings: Settings) -> AsyncIterator[tuple[str, int]]:
    async with open_store(settings.store) as store:
        published = await publication(store, settings)
        if published is None:
            raise BadInput(f"the store {settings.store} is empty", suggestion="load something with mulu load PATH")
        place: Place | None = Place("nt", "", PAGE)
        while place:
            one = await page(store, published, place)
            yield one.text, one.total
            after = (one.following or "").partition("after=")[2].partition("&")[0]
            place = Place("nt", after, PAGE) if after else None


def _validated(text: str, wanted: Any) -> Iterator[Finding]:
    from pyshacl import validate
    from rdflib import Graph, URIRef

    _, report, _ = validate(Graph().parse(data=text, format="nt"), shacl_graph=wanted, inference="none", advanced=False)
    assert isinstance(report, Graph)
    names = ("focusNode", "resultPath", "value", "resultMessage")
    for result, severity in report.subject_objects(URIRef(f"{SHACL}resultSeverity")):
        told = [str(report.value(result, URIRef(f"{SHACL}{name}")) or "") for name in names]
        yield Finding(str(severity).rpartition("#")[2], *told)
