"""Loading many records into Neo4j beside the bare driver.

`python -m benchmarks.bulk_neo4j ADDRESS [resources] [rounds] [process]`: the address is that of an **empty** database,
which is emptied again after each round; the first round warms the server up and is not counted. With the id of the
server's process (`pgrep -f CommunityEntryPoint`) its processor's time is counted too: that is the figure to compare
where other work runs beside. Mulu's includes working out the gaps.

The peer writes the same nodes and edges, as read back from what Mulu wrote, under the same indexes, with
`UNWIND … CREATE` in batches of 5,000 from one session: each batch is committed by itself, while Mulu's change set is
one transaction. The peer validates nothing and works nothing out. A server of one's own:
`python3 chores.py neo4j --large`.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from neo4j import Driver, GraphDatabase

from benchmarks.bulk_load import Taken, applied, say, timed
from graph.neo4j.link import Address
from loaders.synthetic import Synthetic

BATCH = 5000
ROUNDS = 3
Batch = tuple[str, list[Any]]
"""A statement and the rows that it unwinds."""


class Bare:
    """The driver, one session, and a database that is somebody's to empty."""

    def __init__(self, driver: Driver, database: str) -> None:
        self._driver = driver
        self._database = database

    def rows(self, text: str) -> list[list[Any]]:
        """Everything that a statement answers."""
        with self._driver.session(database=self._database) as session:
            return session.run(text).values()

    def empty(self) -> None:
        """Deletes every node but the store's own one, which is taken back to its beginning."""
        with self._driver.session(database=self._database) as session:
            session.run(
                "MATCH (n) WHERE NOT n:Catalogue CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS"
            ).consume()
            session.run("MATCH (c:Catalogue) SET c = {id: c.id, schema: c.schema, revision: 0}").consume()

    def held(self) -> list[Batch]:
        """What the database holds, in batches that would write it: nodes by label, then edges by type and ends."""
        found: list[Batch] = []
        labels = self.rows("MATCH (n) WHERE NOT n:Catalogue RETURN DISTINCT labels(n) AS found ORDER BY found")
        for (names,) in labels:
            label = "&".join(names)
            alone = f" WHERE size(labels(n)) = {len(names)}"
            rows = [node for (node,) in self.rows(f"MATCH (n:{label}){alone} RETURN properties(n)")]
            made = ":".join(names)
            found += [(f"UNWIND $rows AS row CREATE (n:{made}) SET n = row", some) for some in _cut(rows)]
        names = "[[one IN labels(a) WHERE one <> 'Name'][0], type(e), [one IN labels(b) WHERE one <> 'Name'][0]]"
        kinds = self.rows(f"MATCH (a)-[e]->(b) RETURN DISTINCT {names} AS found ORDER BY found")
        for ((source, type_, target),) in kinds:
            rows = self.rows(f"MATCH (a:{source})-[e:{type_}]->(b:{target}) RETURN a.id, b.id, properties(e)")
            text = (
                f"UNWIND $rows AS row MATCH (a:{source} {{id: row[0]}}) MATCH (b:{target} {{id: row[1]}}) "
                f"CREATE (a)-[e:{type_}]->(b) SET e = row[2]"
            )
            found += [(text, some) for some in _cut(rows)]
        return found

    def write(self, batches: list[Batch]) -> Taken:
        """Writes batches, each committed by itself."""
        with self._driver.session(database=self._database) as session, timed() as taken:
            for text, rows in batches:
                session.run(text, rows=rows).consume()
        return taken


def _cut(rows: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def server_seconds(process: int) -> float:
    """What a process has had of the processor, 0 for no process. Linux only."""
    if not process:
        return 0.0
    columns = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(columns[11]) + int(columns[12])) / os.sysconf("SC_CLK_TCK")


def main(address: str, resources: int, rounds: int, process: int) -> int:
    """Prints the table; refuses a database that holds anything."""
    parts = Address.of(address)
    records = tuple(Synthetic(resources, 1).records())
    with GraphDatabase.driver(parts.uri, auth=(parts.user, parts.password)) as driver:
        bare = Bare(driver, parts.database)
        if bare.rows("MATCH (n) WHERE NOT n:Catalogue RETURN 1 LIMIT 1"):
            print("the database is not empty: give one that holds nothing, for it is emptied", file=sys.stderr)
            return 2
        print(f"{len(records):,} records of {resources:,} resources")
        ratios: list[tuple[float, float, float]] = []
        for number in range(rounds + 1):
            began = server_seconds(process)
            mine = asyncio.run(applied(address, records))
            served = server_seconds(process) - began
            batches = bare.held()
            bare.empty()
            began = server_seconds(process)
            theirs = bare.write(batches)
            served_them = server_seconds(process) - began
            bare.empty()
            if number:
                say(f"mulu applies, server {served:.1f} s", mine, len(records))
                say(f"bare driver, server {served_them:.1f} s", theirs, len(records))
                both = (theirs.processor + served_them) / (mine.processor + served)
                ratios.append((theirs.wall / mine.wall, theirs.processor / mine.processor, both))
        wall, client, both = (statistics.median(one) for one in zip(*ratios, strict=True))
        print(f"Mulu writes at {wall:.2f} of the speed of the bare driver by the clock")
        print(f"of the processor's time, at {client:.2f} in the client; {_together(both, process)}")
    return 0


def _together(ratio: float, process: int) -> str:
    return f"at {ratio:.2f} in client and server" if process else "the server's was not asked for"


if __name__ == "__main__":
    numbers = [int(one) for one in sys.argv[2:]]
    raise SystemExit(main(sys.argv[1], *(numbers + [3000, ROUNDS, 0][len(numbers) :])))
