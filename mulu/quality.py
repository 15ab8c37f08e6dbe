"""``mulu check --quality``: the score of the export's metadata (MQA), and what each lost point would take."""

from __future__ import annotations

import asyncio
import csv
import heapq
import sys
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from catalog.codec import Row
from catalog.errors import BadInput
from catalog.vocabulary import Kind
from graph.open import open_store
from graph.rdf.context import Entry, Publication
from graph.rdf.export import HARVEST, Document
from graph.rdf.nodes import subjects
from graph.rdf.quality import METRICS, MOST, Dimension, Facts, Score, rating, score
from graph.rdf.syntax import NTriples
from graph.rdf.terms import Iri, Subject
from mulu.output import print_json, say
from mulu.publishing import publication
from mulu.settings import Settings
from mulu.shapes import Shapes, read_shapes, validated

PAGE = 25
"""How many resources are judged together."""
LOWEST = 20
"""How many of the lowest scores are listed."""
ADDRESSED = ("dcat:accessURL", "dcat:downloadURL")
PATIENCE = 10.0
"""Seconds that an address has to answer."""


@dataclass(slots=True)
class Tally:
    """The sum over all records, in constant memory: points by dimension, losses by metric, the lowest scores."""

    records: int = 0
    points: dict[Dimension, int] = field(default_factory=lambda: dict.fromkeys(Dimension, 0))
    lost: dict[str, tuple[int, int]] = field(default_factory=dict)
    lowest: list[tuple[int, int, Score]] = field(default_factory=list)

    def take(self, found: Score) -> None:
        """Counts one record. Of equal scores the first by identifier are kept among the lowest."""
        self.records += 1
        for dimension, points in found.dimensions.items():
            self.points[dimension] += points
        for loss in found.losses:
            records, points = self.lost.get(loss.metric.name, (0, 0))
            self.lost[loss.metric.name] = (records + 1, points + loss.points)
        heapq.heappush(self.lowest, (-found.total, -self.records, found))
        if len(self.lowest) > LOWEST:
            heapq.heappop(self.lowest)

    def document(self) -> dict[str, Any]:
        """The sum as one JSON document."""
        by_name = {metric.name: metric for metric in METRICS}
        average = sum(self.points.values()) / self.records if self.records else 0.0
        lost = sorted(self.lost.items(), key=lambda item: (-item[1][1], item[0]))
        return {
            "records": self.records,
            "average": round(average, 1),
            "most": MOST,
            "rating": rating(average),
            "dimensions": [
                {
                    "dimension": str(dimension),
                    "average": round(points / self.records, 1) if self.records else 0.0,
                    "most": sum(metric.points for metric in METRICS if metric.dimension is dimension),
                }
                for dimension, points in self.points.items()
            ],
            "lost": [
                {"metric": name, "records": records, "points": points, "advice": by_name[name].advice}
                for name, (records, points) in lost
            ],
            "lowest": [_record(found) for _, _, found in sorted(self.lowest, reverse=True)],
        }


def check_quality(
    directories: Sequence[Path], *, online: bool, output: Path | None, as_json: bool, store: str | None
) -> int:
    """Prints the score per record (``output``, CSV) and in sum. Always 0: a low score breaks nothing.

    Addresses below the catalogue's own base answer, since the catalogue serves them; others count as answering only
    with ``online``, which asks them (HEAD).
    """
    tally = asyncio.run(_judged(Settings.read(store=store), directories, online=online, output=output))
    found = tally.document()
    if as_json:
        print_json(found)
        return 0
    for line in _lines(found, online=online):
        print(line)
    return 0


def _lines(found: dict[str, Any], *, online: bool) -> Iterable[str]:
    yield f"{found['records']} records, on average {found['average']} of {found['most']} points: {found['rating']}"
    for each in found["dimensions"]:
        yield f"  {each['dimension']:18} {each['average']:6} of {each['most']}"
    for each in found["lost"]:
        yield f"  -{each['points']:<8} {each['metric']} ({each['records']} records): {each['advice']}"
    for each in found["lowest"][:5]:
        yield f"  {each['total']:4} {each['dataset']}"
    if not online:
        yield "  addresses elsewhere were not asked whether they answer; --online asks them"


def _record(found: Score) -> dict[str, Any]:
    return {
        "dataset": found.dataset,
        "total": found.total,
        "rating": rating(found.total),
        "dimensions": {str(dimension): points for dimension, points in found.dimensions.items()},
        "lost": [
            {"metric": loss.metric.name, "points": loss.points, "advice": loss.metric.advice} for loss in found.losses
        ],
    }


async def _judged(settings: Settings, directories: Sequence[Path], *, online: bool, output: Path | None) -> Tally:
    shapes, tally = read_shapes(directories), Tally()
    target = output.open("w", encoding="utf-8", newline="") if output else None
    try:
        writer = csv.writer(target) if target else None
        if writer:
            writer.writerow(["dataset", "total", *map(str, Dimension), "lost"])
        async for found in _scores(settings, shapes, online=online):
            tally.take(found)
            if writer:
                lost = "; ".join(f"{loss.metric.name} -{loss.points}" for loss in found.losses)
                writer.writerow([found.dataset, found.total, *found.dimensions.values(), lost])
            if tally.records % 500 == 0 and sys.stderr.isatty():
                say(f"· {tally.records} records")
    finally:
        if target:
            target.close()
    return tally


async def _scores(settings: Settings, shapes: Shapes, *, online: bool) -> AsyncIterator[Score]:
    async with open_store(settings.store) as store:
        published = await publication(store, settings)
        if published is None:
            raise BadInput(f"the store {settings.store} is empty", suggestion="load something with mulu load PATH")
        async for batch in store.scan(Kind.RESOURCE, HARVEST, batch=PAGE):
            if rows := [row for row in batch if row["cleared"]]:
                for found in await asyncio.to_thread(_page, published, rows, shapes, online):
                    yield found


def _page(published: Publication, rows: Sequence[Row], shapes: Shapes, online: bool) -> list[Score]:
    document = Document(published, NTriples())
    text = (document.start() + document.resources(rows) + document.end()).decode()
    broken = {found.node for found in validated(text, shapes) if found.severity == "Violation"}
    nodes = [list(subjects(Entry(published, row))) for row in rows]
    known = partial(_answers, published, _asked(published, nodes) if online else frozenset())
    return [score(each, Facts(known, not broken & {node.iri for node in each})) for each in nodes]


def _answers(published: Publication, asked: frozenset[str], address: str) -> bool:
    return address.startswith(f"{published.base}resource/") or address in asked


def _asked(published: Publication, nodes: Iterable[list[Subject]]) -> frozenset[str]:
    """The addresses elsewhere that answer."""
    wanted = {
        term.value
        for each in nodes
        for node in each
        for predicate, term in node.statements
        if predicate in ADDRESSED and isinstance(term, Iri) and not term.value.startswith(f"{published.base}resource/")
    }
    with ThreadPoolExecutor(8) as pool:
        return frozenset(address for address, there in zip(wanted, pool.map(answers, wanted), strict=True) if there)


def answers(address: str) -> bool:
    """Whether an address on the web answers 200 to HEAD, in time; nothing else is ever asked."""
    if not address.startswith(("http://", "https://")):
        return False
    try:
        asked = urllib.request.Request(address, method="HEAD", headers={"User-Agent": "mulu check --quality"})
        with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError, ValueError):
        return False
