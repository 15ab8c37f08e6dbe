"""``mulu check``: is the store whole?"""

from __future__ import annotations

import asyncio

from catalog.issue import Issue
from catalog.vocabulary import Severity
from graph.open import open_store
from mulu.output import issue, print_json, say
from mulu.settings import Settings


def check(*, as_json: bool, store: str | None) -> int:
    """Prints what is broken; 1 if anything is. Problems in the *data* are issues and gaps, not broken integrity."""
    settings = Settings.read(store=store)
    found, revision, counts = asyncio.run(_check(settings.store))
    broken = any(problem.severity is Severity.ERROR for problem in found)
    if as_json:
        print_json({"revision": revision, "counts": counts, "issues": [issue(problem) for problem in found]})
    else:
        for problem in found:
            print(f"{problem.severity} {problem.code}: {problem.message}")
        say(f"{sum(counts.values())} records at revision {revision}: {'broken' if broken else 'whole'}")
    return 1 if broken else 0


async def _check(address: str) -> tuple[list[Issue], int, dict[str, int]]:
    async with open_store(address) as store:
        head = await store.head()
        counts = {str(kind): count for kind, count in (await store.counts()).items()}
        return await store.check(), head.number if head else 0, counts
