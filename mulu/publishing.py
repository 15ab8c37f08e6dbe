"""``mulu export``: the catalogue as RDF."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncGenerator, Callable, Mapping
from pathlib import Path

from catalog.errors import BadInput, Unavailable
from graph.port import Store
from graph.rdf.context import Publication
from graph.rdf.export import harvest
from graph.rdf.full import full
from graph.rdf.profile import DCAT_AP, Profile
from graph.rdf.profiles import profile
from graph.rdf.syntax import WRITERS, Writer
from mulu import __version__
from mulu.opening import opened
from mulu.output import say
from mulu.settings import Settings

VIEWS: Mapping[str, Callable[[Store, Publication, Writer, Profile], AsyncGenerator[bytes, None]]] = {
    "harvest": harvest,
    "full": lambda store, publication, writer, _: full(store, publication, writer),
}
"""What can be written: the harvest view in one read, the full view in several, between which nothing may change."""


async def publication(store: Store, settings: Settings) -> Publication | None:
    """The catalogue as published, None while the store is empty."""
    head = await store.head()
    if head is None:
        return None
    return Publication(settings.base_iri, settings.title, settings.publisher, head.at, head.number, __version__)


def export(
    format_: str,
    view: str = "harvest",
    profile_name: str = DCAT_AP.name,
    *,
    output: Path | None,
    store: str | None,
    base_iri: str | None,
    revision: int | None = None,
) -> int:
    """Writes a view in a profile. A file is written whole or not at all: under another name first."""
    settings, chosen = Settings.read(store=store, base_iri=base_iri), profile(profile_name, view)
    if output is None:
        return asyncio.run(_stream(format_, view, chosen, settings, None, revision))
    partial = output.with_name(f"{output.name}.part")
    try:
        status = asyncio.run(_stream(format_, view, chosen, settings, partial, revision))
        partial.replace(output)
    except OSError as error:
        raise BadInput(f"{output} cannot be written: {error.strerror}") from error
    finally:
        partial.unlink(missing_ok=True)
    return status


async def _stream(
    format_: str, view: str, chosen: Profile, settings: Settings, path: Path | None, revision: int | None
) -> int:
    async with opened(settings.store, revision) as store:
        published = await publication(store, settings)
        if published is None:
            raise BadInput(f"the store {settings.store} is empty", suggestion="load something with mulu load PATH")
        target = sys.stdout.buffer if path is None else path.open("wb")
        try:
            written = 0
            async for piece in VIEWS[view](store, published, WRITERS[format_](), chosen):
                written += target.write(piece)
                if path is not None and sys.stderr.isatty():
                    print(f"\r· {written / 1e6:.1f} MB", end="", file=sys.stderr, flush=True)
            target.flush()
            if view != "harvest" and await publication(store, settings) != published:
                raise Unavailable("the catalogue changed while it was written out", suggestion="export again")
        finally:
            if path is not None:
                target.close()
        if path is not None:
            say(f"\r· {written / 1e6:.1f} MB written")
    return 0
