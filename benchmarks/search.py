"""`search` for rare and common words. `python -m benchmarks.search [resources] [items]`

The port's own question is timed on the embedded store, one process: processor time of a page,
alone and with its total. The peer is the rarest word on the same catalogue. ``items`` is how many
items of each resource are kept.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.who_provides import records
from graph.shape import SearchQuestion
from graph.sqlite.store import SqliteStore
from mulu.loading import apply

WORDS = ("专用标", "公安局", "人", "姓名", "代码", "数据", "信息")
ROUNDS = 9


async def main(resources: int, items: int) -> None:
    """Prints the table: milliseconds of processor, medians of interleaved rounds."""
    with tempfile.TemporaryDirectory() as folder:
        async with SqliteStore.at(str(Path(folder) / "mulu.db")) as store:
            await apply(store, tuple(records(resources, items)))
            taken: dict[tuple[str, str], list[float]] = {}
            totals: dict[str, int | None] = {}
            for _ in range(ROUNDS):
                for word in WORDS:
                    for how, counted in (("page", False), ("with total", True)):
                        question = SearchQuestion(word, count=counted)
                        totals[word] = await timed(store, question, taken.setdefault((word, how), []))
    print(f"{resources} resources: word, records, ms of a page, ms with its total")
    for word in WORDS:
        page, total = (statistics.median(taken[word, how]) * 1000 for how in ("page", "with total"))
        print(f"{word}\t{totals[word]}\t{page:.1f}\t{total:.1f}")


async def timed(store: SqliteStore, question: SearchQuestion, taken: list[float]) -> int | None:
    """Asks, notes the processor time, and gives back the total."""
    began = time.process_time()
    found = await store.search(question)
    taken.append(time.process_time() - began)
    return found.total


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    asyncio.run(main(given[0] if given else 100_000, given[1] if len(given) > 1 else 4))
