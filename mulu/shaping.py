"""``mulu check --shapes``: the export against SHACL shapes, a batch at a time, so that memory does not grow with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from catalog.codec import Row
from catalog.errors import BadInput
from catalog.vocabulary import Kind
from graph.open import open_store
from graph.port import Store
from graph.rdf.export import Document
from graph.rdf.paging import VIEWS, Place
from graph.rdf.profile import DCAT_AP
from graph.rdf.profiles import profile
from graph.rdf.syntax import NTriples
from mulu.output import print_json, say
from mulu.publishing import publication
from mulu.settings import Settings
from mulu.shapes import Finding, read_shapes, validated

PAGE = 25
"""How many resources are validated together."""
HELD = 1000
"""How many findings are held and listed."""


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


def check_shapes(
    directories: Sequence[Path], *, view: str, profile: str = DCAT_AP.name, as_json: bool, store: str | None
) -> int:
    """Prints what breaks the shapes; 1 if anything is a violation. Warnings are told and break nothing."""
    report = asyncio.run(
        _check(
            Settings.read(store=store), directories, Place.asked("nt", "", str(PAGE), view, profile), told=not as_json
        )
    )
    if as_json:
        counts = {"resources": report.resources, "violations": report.violations, "warnings": report.warnings}
        print_json({**counts, "findings": [asdict(each) for each in report.held]})
    else:
        say(f"{report.resources} resources: {report.violations} violations, {report.warnings} warnings")
    return 1 if report.violations else 0


async def _check(settings: Settings, directories: Sequence[Path], first: Place, *, told: bool) -> Report:
    wanted, report = read_shapes(directories, profile=first.view == "harvest"), Report()
    async for text, resources in _parts(settings, first):
        report.resources += resources
        for found in validated(text, wanted):
            if report.take(found) and told and found.severity == "Violation":
                print(f"{found.severity} {found.node} {found.property}: {found.message}")
    return report


async def _parts(settings: Settings, asked: Place) -> AsyncIterator[tuple[str, int]]:
    """The export in whole documents of a few resources each, straight from a scan, and how many each has."""
    async with open_store(settings.store) as store:
        published = await publication(store, settings)
        if published is None:
            raise BadInput(f"the store {settings.store} is empty", suggestion="load something with mulu load PATH")
        chosen = profile(asked.profile, asked.view)
        shape = VIEWS[asked.view](published, NTriples(), chosen).shape
        none = True
        async for batch in store.scan(Kind.RESOURCE, shape, batch=PAGE):
            if rows := [row for row in batch if row["cleared"]]:
                yield await _text(store, VIEWS[asked.view](published, NTriples(), chosen), rows), len(rows)
                none = False
        if none:  # the catalogue itself is to be whole, be it empty
            yield await _text(store, VIEWS[asked.view](published, NTriples(), chosen), []), 0


async def _text(store: Store, document: Document, rows: Sequence[Row]) -> str:
    said = document.start() + document.resources(rows)
    return (said + await document.named(store) + document.end()).decode()
