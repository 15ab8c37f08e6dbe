"""The schema in numbered steps. Each may run twice; the number of the last is kept in the graph."""

from __future__ import annotations

from catalog.errors import BadInput
from catalog.records import RECORDS
from catalog.vocabulary import Kind
from graph.neo4j.link import Link
from graph.neo4j.words import LABELS, SEARCH_INDEX, UNASKED, indexed

CATALOGUE = "(c:Catalogue {id: 'catalogue'})"
"""The one node that every writer locks first: it makes revision numbers a sequence without holes."""


Named = tuple[str, str]
"""An index's name, and the statement that makes it, or takes it away."""


def _constraint(label: str, property_: str) -> Named:
    name = f"{label}_{property_}".lower()
    return name, f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.{property_} IS UNIQUE"


def _index(label: str, *properties: str) -> Named:
    name = "_".join((label, *properties)).lower()
    columns = ", ".join(f"n.{one}" for one in properties)
    return name, f"CREATE INDEX {name} IF NOT EXISTS FOR (n:{label}) ON ({columns})"


def _no_index(label: str, *properties: str) -> Named:
    name, _ = _index(label, *properties)
    return name, f"DROP INDEX {name} IF EXISTS"


MIGRATIONS: tuple[tuple[Named, ...], ...] = (
    (
        *(_constraint(LABELS[kind], "id") for kind in RECORDS),
        *(
            _constraint(label, property_)
            for label, property_ in (
                ("Text", "id"), ("Catalogue", "id"), ("Revision", "number"), ("Receipt", "id"),
            )
        ),
        _index("Change", "revision", "rank", "id"),
        _index("History", "until"),
        _index("History", "id"),
    ),
    tuple(_index(LABELS[kind], property_, "id") for kind in RECORDS for property_ in indexed(kind)),
    (
        (
            SEARCH_INDEX,
            f"CREATE FULLTEXT INDEX {SEARCH_INDEX} IF NOT EXISTS FOR (n:Text) ON EACH [n.bigrams] OPTIONS "
            "{indexConfig: {`fulltext.analyzer`: 'whitespace', `fulltext.eventually_consistent`: false}}",
        ),
    ),
    (
        _constraint(LABELS[Kind.CORRESPONDENCE], "id"),
        *(_index(LABELS[Kind.CORRESPONDENCE], one, "id") for one in indexed(Kind.CORRESPONDENCE)),
    ),
    tuple(_index(LABELS[Kind.GAP], property_, "id") for property_ in indexed(Kind.GAP)),
    tuple(_no_index(LABELS[kind], property_, "id") for kind, property_ in sorted(UNASKED)),
)  # fmt: skip


async def migrate(link: Link) -> None:
    """Brings the schema up to date. Raises BadInput for a store of a later Mulu."""
    held = (await link.one(f"MATCH {CATALOGUE} RETURN c.schema AS schema")).get("schema") or 0
    if held > len(MIGRATIONS):
        raise BadInput(f"the store's schema is {held}, this Mulu knows {len(MIGRATIONS)}", suggestion="upgrade Mulu")
    if held == len(MIGRATIONS):
        return
    there = set((await link.one("SHOW INDEXES YIELD name RETURN collect(name) AS names"))["names"])
    wanted = [statement for step in MIGRATIONS[held:] for name, statement in step
              if (name in there) is statement.startswith("DROP")]  # fmt: skip
    for statement in wanted:
        await link.alone(statement)
    await link.alone("CALL db.awaitIndexes(3600)")
    async with link.writing() as transaction:
        await link.run(
            transaction,
            f"MERGE {CATALOGUE} ON CREATE SET c.revision = 0 SET c.schema = $schema RETURN c.schema",
            {"schema": len(MIGRATIONS)},
        )
        await transaction.commit()
