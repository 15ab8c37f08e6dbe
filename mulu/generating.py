"""``mulu generate``: a synthetic catalogue in the store."""

from __future__ import annotations

import asyncio

from catalog.identifiers import source_id
from catalog.revision import Applied
from graph.open import open_store
from loaders.synthetic import Synthetic
from mulu.loading import apply
from mulu.output import counts, print_json, say
from mulu.settings import Settings
from mulu.spooled import Spooled


def generate(resources: int, seed: int, *, revisions: int = 1, as_json: bool, store: str | None) -> int:
    """Writes the catalogue in one change set, which replaces an earlier one of the same seed.

    Each of ``revisions`` after the first is a change set of its own that writes some resources again.
    """
    settings = Settings.read(store=store)
    say(f"· making {resources} resources")
    applied = asyncio.run(_generate(settings.store, Synthetic(resources, seed), revisions))
    if as_json:
        print_json({"revision": applied.revision, "counts": counts(applied)})
    else:
        print(f"revision {applied.revision}")
    return 0


async def _generate(address: str, synthetic: Synthetic, revisions: int) -> Applied:
    async with open_store(address) as store:
        with Spooled(synthetic.records()) as records:
            applied = await apply(store, records, replaces=(source_id(synthetic.path),))
        for number in range(2, revisions + 1):
            say(f"· revision {number} of {revisions}")
            applied = await apply(store, tuple(synthetic.revised(number)))
        return applied
