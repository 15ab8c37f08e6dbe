"""``mulu load``: files → loaders → one change set → the store."""

from __future__ import annotations

import asyncio
import getpass
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice
from pathlib import Path
from uuid import uuid4

from catalog.changes import ChangeSet
from catalog.errors import Unavailable
from catalog.findings import TOPICS as COMPARED
from catalog.puts import Gathered, Gathering
from catalog.record import Record
from catalog.records import RECORDS
from catalog.revision import Applied
from catalog.uncollected import uncollected
from catalog.vocabulary import Kind, Origin, Severity
from graph.open import open_store
from graph.port import Store
from graph.shape import Equals, Test
from loaders.files import KNOWN_ENDINGS, read_files
from loaders.load import File, Gather, Loaded, Recognised, linked, more
from loaders.load import read as read_files_
from mulu.clock import now
from mulu.copies import without_held
from mulu.moved import moved
from mulu.output import counts, gravest, issue, print_json_with, say, where
from mulu.repeated import without_repeated
from mulu.settings import Settings
from mulu.spooled import Spooled
from mulu.touched import records, touched

SHOWN = 20
"""How many issues are shown to a person; all of them are in the store and in --json."""


def load(paths: Sequence[Path], *, dry_run: bool, as_json: bool, store: str | None) -> int:
    """Loads paths in one change set and prints what it did; 1 if an issue is an error."""
    settings = Settings.read(store=store)
    files, left = read_files(paths)
    with ExitStack() as spools:

        def gather() -> Gathering:
            return spools.enter_context(Spooled())

        loaded, applied = asyncio.run(_load(settings, files, gather, dry_run=dry_run))
        recognised = [*loaded.files, *(Recognised(path, None) for path in left)]
        if as_json:
            document = {
                "revision": applied.revision,
                "counts": counts(applied),
                "files": [
                    {"path": file.path, "format": file.format, "recognised": file.format is not None}
                    for file in recognised
                ],
            }
            print_json_with(document, "issues", map(issue, gravest(loaded.problems)))
        else:
            _print(applied, recognised, loaded, dry_run=dry_run)
        return 1 if any(found.severity is Severity.ERROR for found in loaded.problems) else 0


async def _load(settings: Settings, files: Sequence[File], gather: Gather, *, dry_run: bool) -> tuple[Loaded, Applied]:
    async with open_store(settings.store) as store:
        with uncollected():
            loaded = await loaded_with(store, files, base=settings.base_iri, gather=gather)
        return loaded, await apply_loaded(store, loaded, dry_run=dry_run)


async def loaded_with(store: Store, files: Sequence[File], *, base: str = "", gather: Gather = Gathered) -> Loaded:
    """What files give beside what a store holds, with all links drawn; the records go where ``gather`` says."""
    known = [record async for record in leaned_on(store)]
    found = read_files_(files, known, step=lambda path: say(f"· reading {path}"), base=base, gather=gather)
    found = await without_held(store, found)
    about = await touched(store, found, known)
    held = [*known, *about.records]
    found = linked(found, held, looked_up=about.looked_up, unnamed=about.unnamed, gather=gather)
    found = await without_repeated(store, found, gather)
    return replace(found, problems=more(found.problems, await moved(store, found), gather))


async def apply_loaded(store: Store, loaded: Loaded, *, dry_run: bool = False) -> Applied:
    """Applies what files gave as one change set."""
    return await apply(
        store,
        loaded.records,
        replaces=loaded.sources,
        deletes=loaded.deletes,
        settled=loaded.settled,
        dry_run=dry_run,
    )


async def apply(
    store: Store,
    records: Collection[Record],
    *,
    replaces: Sequence[str] = (),
    deletes: Sequence[str] = (),
    settled: frozenset[str] = frozenset(),
    dry_run: bool = False,
) -> Applied:
    """Applies records as one change set. A lost answer is asked for once more under the same id, which is safe."""
    changes = ChangeSet(
        id=str(uuid4()),
        at=now(),
        actor=_actor(),
        puts=records,
        deletes=tuple(deletes),
        replaces=tuple(replaces),
        settled=settled,
    )
    try:
        return await store.apply(changes, dry_run=dry_run)
    except Unavailable:
        return await store.apply(changes, dry_run=dry_run)


async def leaned_on(store: Store) -> AsyncIterator[Record]:
    """What a load may lean on: texts with provisions and comparable rules, statutory resources, agencies."""
    questions: tuple[tuple[Kind, tuple[Test, ...]], ...] = (
        (Kind.REGULATION, ()),
        (Kind.PROVISION, ()),
        (Kind.CONDITION, (Equals("topic", COMPARED),)),
        (Kind.AGENCY, ()),
        (Kind.RESOURCE, (Equals("origin", (Origin.STATUTORY,)),)),
    )
    for kind, tests in questions:
        async for record in records(store, kind, tests):
            yield record


def _actor() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "mulu"


def _print(applied: Applied, files: Sequence[Recognised], loaded: Loaded, *, dry_run: bool) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(soft_wrap=True)
    for file in files:
        if file.format is None:
            known = Path(file.path).suffix.lower() in KNOWN_ENDINGS or "." not in file.path
            reason = "not recognised" if known else f"endings read: {' '.join(sorted(KNOWN_ENDINGS))}"
            console.print(f"[yellow]not read[/]  {escape(file.path)}  ({reason})", highlight=False)
        else:
            console.print(f"[green]{file.format:11}[/] {escape(file.path)}", highlight=False)
    table = Table(box=None, pad_edge=False)
    for heading in ("", "created", "updated", "unchanged", "deleted"):
        table.add_column(heading, justify="left" if not heading else "right")
    for kind in RECORDS:
        tally = applied.counts.get(kind)
        if tally is not None and (tally.created or tally.updated or tally.unchanged or tally.deleted):
            figures = (tally.created, tally.updated, tally.unchanged, tally.deleted)
            table.add_row(f"{kind.zh} {kind.lower()}", *(str(figure) for figure in figures))
    console.print(table)
    for found in islice(gravest(loaded.problems), SHOWN):
        colour = {"ERROR": "red", "WARNING": "yellow", "INFO": "dim"}[found.severity]
        said = escape(f"{where(found)} {found.code}: {found.message}")
        console.print(f"[{colour}]{found.severity}[/] {said}", highlight=False)
    if len(loaded.problems) > SHOWN:
        console.print(f"… and {len(loaded.problems) - SHOWN} more issues: mulu load --json, or issues in GraphQL")
    if dry_run:
        console.print(f"dry run: nothing was changed; the catalogue stands at revision {applied.revision}")
    elif applied.changed:
        console.print(f"revision {applied.revision}")
    else:
        console.print(f"nothing changed; the catalogue stands at revision {applied.revision}")
