"""Export to each syntax beside rdflib's serializer and serdi: ``python -m benchmarks.rdf [RESOURCES] [ROUNDS]``.

rdflib is given the parsed graph and only writes it; serdi (a C program, where it is installed) reads the N-Triples and
writes Turtle, its start included. Ours makes the text from rows in memory, and in a second figure reads the rows from
an embedded store as well. Also: the memory that a streamed export holds above idle, at each size.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
import subprocess
import sys
import tempfile
import tracemalloc
from pathlib import Path

from rdflib import Graph

from benchmarks.measure import Job, in_turn, ratio, row
from catalog.codec import Row
from catalog.vocabulary import Kind
from graph.port import Store
from graph.rdf.context import Publication
from graph.rdf.export import HARVEST, Document, harvest
from graph.rdf.syntax import WRITERS
from graph.sqlite.store import SqliteStore
from loaders.synthetic import Synthetic
from mulu.loading import apply

NAMES = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld"}
PUBLICATION = Publication("https://data.example.cn/", "目录", "机构", dt.datetime(2026, 11, 22, tzinfo=dt.UTC), 1)


def written(extension: str, rows: list[Row]) -> str:
    """The export of rows that are in memory."""
    document = Document(PUBLICATION, WRITERS[extension]())
    return document.start() + document.resources(rows) + document.end()


async def streamed(store: Store, extension: str) -> int:
    """How many characters an export from a store has; nothing is kept of it."""
    return sum([len(piece) async for piece in harvest(store, PUBLICATION, WRITERS[extension]())])


async def main(resources: int, rounds: int) -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as folder:
        async with SqliteStore.at(f"{folder}/mulu.db") as store:
            await apply(store, tuple(Synthetic(resources, 1).records()))
            rows = [each async for batch in store.scan(Kind.RESOURCE, HARVEST) for each in batch if each["cleared"]]
            text = written("nt", rows)
            graph = Graph().parse(data=text, format="nt")
            print(f"{len(rows)} datasets, {len(graph)} triples, {len(text) / 1e6:.1f} MB of N-Triples")
            for extension, name in NAMES.items():
                await compare(store, rows, graph, extension, name, rounds)
            await compare_serdi(Path(folder), rows, text, rounds)
            tracemalloc.start()
            for extension in NAMES:
                tracemalloc.reset_peak()
                before = tracemalloc.get_traced_memory()[0]
                await streamed(store, extension)
                print(
                    f"memory above idle, {extension}: {(tracemalloc.get_traced_memory()[1] - before) / 2**20:.1f} MiB"
                )


async def compare(store: Store, rows: list[Row], graph: Graph, extension: str, name: str, rounds: int) -> None:
    """One syntax beside rdflib."""

    async def ours() -> None:
        written(extension, rows)

    async def read_and_written() -> None:
        await streamed(store, extension)

    async def theirs() -> None:
        graph.serialize(format=name)

    jobs: dict[str, Job] = {"ours": ours, "with the store read": read_and_written, "rdflib": theirs}
    seconds = await in_turn(jobs, rounds=rounds)
    for job, taken in seconds.items():
        print(row(f"{extension}: {job}", taken, f"{ratio(seconds['rdflib'], taken):.2f} × rdflib"))


async def compare_serdi(folder: Path, rows: list[Row], text: str, rounds: int) -> None:
    """Turtle beside serdi."""
    serdi = shutil.which("serdi")
    if serdi is None:
        print("serdi is not installed: not compared")
        return
    source = folder / "export.nt"
    source.write_text(text, encoding="utf-8")

    async def ours() -> None:
        (folder / "ours.ttl").write_text(written("ttl", rows), encoding="utf-8")

    async def theirs() -> None:
        await asyncio.to_thread(serialized_by_serdi, serdi, source, folder / "theirs.ttl")

    seconds = await in_turn({"ours": ours, "serdi": theirs}, rounds=rounds)
    for job, taken in seconds.items():
        print(row(f"ttl: {job}", taken, f"{ratio(seconds['serdi'], taken):.2f} × serdi"))


def serialized_by_serdi(serdi: str, source: Path, target: Path) -> None:
    """Runs serdi once."""
    with target.open("wb") as stream:
        subprocess.run([serdi, "-i", "ntriples", "-o", "turtle", str(source)], stdout=stream, check=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000, int(sys.argv[2]) if len(sys.argv) > 2 else 5))
