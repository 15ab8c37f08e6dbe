"""One revision for what is read: every statement tells the revision that it began and ended in.

Neo4j is read-committed: a statement sees what others commit while it runs, and so does a transaction of several. So a
statement during which a revision was made is asked again, and reads that belong together compare their revisions.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache
from typing import Any, TypeAlias

from catalog.errors import Unavailable

Ask: TypeAlias = Callable[[str, Mapping[str, Any] | None], Awaitable[dict[str, Any]]]
TRIES = 5
"""How often a statement is asked while revisions come in between."""
AGAIN = "ask again, or at a revision"


class Parted(Unavailable):
    """A revision came in between. Asked again, the store answers."""


@lru_cache(maxsize=1024)
def watched(text: str) -> str:
    """The statement between two looks at the catalogue's revision, ``began`` and ``ended``; other columns as they were.

    The looks are at variables of their own, so that the second is not taken for the first.
    """
    return f"CALL () {{ {_look('b', 'began')} }} CALL () {{ {text} }} CALL () {{ {_look('e', 'ended')} }} RETURN *"


def _look(variable: str, name: str) -> str:
    return f"OPTIONAL MATCH ({variable}:Catalogue {{id: 'catalogue'}}) RETURN {variable}.revision AS {name}"


async def settled(
    ask: Ask, text: str, params: Mapping[str, Any] | None = None, revision: int | None = None
) -> tuple[dict[str, Any], int]:
    """The only record of a statement that saw one revision, and which: the one given, or whichever is the newest.

    No record where the statement has none; that is never in a catalogue with a revision. Raises Parted where
    revisions came in between however often it was asked, or the one given is no longer the newest.
    """
    for _ in range(TRIES):
        record = await ask(watched(text), params)
        began, ended = record.pop("began", None) or 0, record.pop("ended", None) or 0
        if revision is not None and ended != revision:
            raise Parted(f"revision {ended} came while revision {revision} was read", suggestion=AGAIN)
        if began == ended:
            return record, ended
    raise Parted("revisions keep coming while the catalogue is read", suggestion=AGAIN)
