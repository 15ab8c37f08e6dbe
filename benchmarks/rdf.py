"""Export to each syntax beside rdflib's serializer and serdi: ``python -m benchmarks.rdf [RESOURCES] [ROUNDS]``.

rdflib is given the parsed graph and only writes it; serdi (a C program, where it is installed) reads the N-Triples and
writes Turtle, its start included. Ours makes the text from rows in memory, and in a second figure reads the rows from
an embedded store as well. Both write UTF-8, rdflib and we to a stream that only counts it. What the memory comes to is
told by ``python -m benchmarks.rdf_memory``.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, Any

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


class Counting(io.BytesIO):
    """A stream that keeps nothing of what is written to it but its length in bytes."""

    length = 0

    def write(self, data: Any) -> int:
        """Counts the bytes."""
        self.length += len(data)
        return len(data)


def written(extension: str, rows: list[Row], stream: IO[bytes]) -> None:
    """Writes the export of rows that are in memory, in the pieces in which an export from a store gives it out."""
    document = Document(PUBLICATION, WRITERS[extension]())
    stream.write(document.start())
    for piece in document.pieces(rows):
        stream.write(piece)
    stream.write(document.end())


async def streamed(store: Store, extension: str, stream: IO[bytes]) -> None:
    """Writes the export from a store."""
    async for piece in harvest(store, PUBLICATION, WRITERS[extension]()):
        stream.write(piece)


async def main(resources: int, rounds: int) -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as folder:
        async with SqliteStore.at(f"{folder}/mulu.db") as store:
            await apply(store, tuple(Synthetic(resources, 1).records()))
            rows = [each async for batch in store.scan(Kind.RESOURCE, HARVEST) for each in batch if each["cleared"]]
            source = Path(folder) / "export.nt"
            with source.open("wb") as stream:
                written("nt", rows, stream)
            graph = Graph().parse(source, format="nt")
            print(f"{len(rows)} datasets, {len(graph)} triples, {source.stat().st_size / 1e6:.1f} MB of N-Triples")
            for extension, name in NAMES.items():
                await compare(store, rows, graph, extension, name, rounds)
            await compare_serdi(source, rows, rounds)


async def compare(store: Store, rows: list[Row], graph: Graph, extension: str, name: str, rounds: int) -> None:
    """One syntax beside rdflib."""

    async def ours() -> None:
        written(extension, rows, Counting())

    async def read_and_written() -> None:
        await streamed(store, extension, Counting())

    async def theirs() -> None:
        graph.serialize(Counting(), format=name, encoding="utf-8")

    jobs: dict[str, Job] = {"ours": ours, "with the store read": read_and_written, "rdflib": theirs}
    seconds = await in_turn(jobs, rounds=rounds)
    for job, taken in seconds.items():
        print(row(f"{extension}: {job}", taken, f"{ratio(seconds['rdflib'], taken):.2f} × rdflib"))


async def compare_serdi(source: Path, rows: list[Row], rounds: int) -> None:
    """Turtle beside serdi, each into a file."""
    serdi = shutil.which("serdi")
    if serdi is None:
        print("serdi is not installed: not compared")
        return

    async def ours() -> None:
        with source.with_name("ours.ttl").open("wb") as stream:
            written("ttl", rows, stream)

    async def theirs() -> None:
        await asyncio.to_thread(serialized_by_serdi, serdi, source, source.with_name("theirs.ttl"))

    seconds = await in_turn({"ours": ours, "serdi": theirs}, rounds=rounds)
    for job, taken in seconds.items():
        print(row(f"ttl: {job}", taken, f"{ratio(seconds['serdi'], taken):.2f} × serdi"))


def serialized_by_serdi(serdi: str, source: Path, target: Path) -> None:
    """Runs serdi once."""
    with target.open("wb") as stream:
        subprocess.run([serdi, "-i", "ntriples", "-o", "turtle", str(source)], stdout=stream, check=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000, int(sys.argv[2]) if len(sys.argv) > 2 else 5))
