"""Which backend a store's address means."""

from __future__ import annotations

from urllib.parse import urlsplit

from catalog.errors import BadInput
from graph.gaps.table import RULES
from graph.port import Store

NEO4J_SCHEMES = frozenset({"neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc"})


def open_store(address: str) -> Store:
    """The store at a file path (embedded) or ``neo4j://user:password@host:7687/database``; enter it to open it.

    It keeps gaps by the twelve rules. Raises BadInput for any other scheme. Drivers are imported when they are needed.
    """
    scheme = urlsplit(address).scheme
    if scheme in NEO4J_SCHEMES:
        from graph.neo4j.store import Neo4jStore

        return Neo4jStore.at(address, rules=RULES)
    if "://" in address:
        raise BadInput(
            f"no store is known for {scheme}://",
            suggestion="give a file path, or neo4j://user:password@host:7687/database",
        )
    from graph.sqlite.store import SqliteStore

    return SqliteStore.at(address, rules=RULES)
