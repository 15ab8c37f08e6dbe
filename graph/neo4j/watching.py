"""One revision for what is read: every statement tells the revision that it began and ended in.

Neo4j is read-committed: a statement sees what others commit while it runs, and so does a transaction of several. So a
statement during which a revision was made is asked again, and reads that belong together compare their revisions.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from catalog.errors import Unavailable

Stamp: TypeAlias = tuple[int, str | None]
"""A revision's number, and the change set that was applied last: a catalogue made anew has other change sets."""
Ask: TypeAlias = Callable[[str, Mapping[str, Any] | None], Awaitable[dict[str, Any]]]
TRIES = 5
"""How often a statement is asked while revisions come in between."""
NOTHING = (None, None, None)
AGAIN = "ask again, or at a revision"
LOADING = "ask again when the load is done; if it was broken off, load again: what it left is cleared then"


class Parted(Unavailable):
    """A revision came in between. Asked again, the store answers."""


@lru_cache(maxsize=1024)
def watched(text: str) -> str:
    """The statement between two looks at the catalogue's revision, ``began`` and ``ended``; other columns as they were.

    The looks are at variables of their own, so that the second is not taken for the first.
    """
    return f"CALL () {{ {_look('b', 'began')} }} CALL () {{ {text} }} CALL () {{ {_look('e', 'ended')} }} RETURN *"


def _look(variable: str, name: str) -> str:
    told = f"[{variable}.revision, {variable}.lock, {variable}.loading]"
    return f"OPTIONAL MATCH ({variable}:Catalogue {{id: 'catalogue'}}) RETURN {told} AS {name}"


STAMP = "MATCH (c:Catalogue {id: 'catalogue'}) RETURN c.revision AS revision, c.lock AS applied, c.loading AS loading"
"""A look alone, as cheap as it can be: a node by its unique key, and no list."""


def stamp(told: Sequence[Any]) -> Stamp:
    """What a look has told. Raises Unavailable while the catalogue's first load is being written."""
    number, applied, loading = told
    if loading is not None:
        raise Unavailable("the catalogue is being loaded for the first time", suggestion=LOADING)
    return number or 0, applied


async def settled(
    ask: Ask, text: str, params: Mapping[str, Any] | None = None, seen: Stamp | None = None
) -> tuple[dict[str, Any], Stamp]:
    """The only record of a statement that saw one revision, and its stamp: the one given, or that of the newest.

    No record where the statement has none; that is never in a catalogue with a revision. Raises Parted where
    revisions came in between however often it was asked, or the one given is no longer the newest.
    """
    for _ in range(TRIES):
        record = await ask(watched(text), params)
        began, ended = (stamp(record.pop(name, None) or NOTHING) for name in ("began", "ended"))
        if seen is not None and ended != seen:
            raise Parted(f"revision {ended[0]} came while revision {seen[0]} was read", suggestion=AGAIN)
        if began == ended:
            return record, ended
    raise Parted("revisions keep coming while the catalogue is read", suggestion=AGAIN)
