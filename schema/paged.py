"""Connections along an inverse relation: nested pages, which are read with their parents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from catalog.codec import Row
from catalog.relations import INVERSES
from catalog.vocabulary import Kind
from graph.shape import KeysetKey, Test
from schema import cursors
from schema.connections import connection, showing
from schema.context import Info
from schema.plans import Viewed, Wish, fill, page_size
from schema.selection import Selected, selected, wanted

if TYPE_CHECKING:
    from schema.compiled.body import Body


@dataclass(frozen=True, slots=True)
class Paged:
    """A connection along an inverse relation: one row more than the page is read, to tell whether there are more.

    ``long`` allows the higher bound; ``tests`` turns the field's own arguments into tests on the nested rows.
    """

    relation: str
    kind: Kind
    long: bool = False
    mixed: bool = False
    tests: Callable[[Mapping[str, Any]], tuple[Test, ...]] = lambda arguments: ()

    def key(self, one: Selected) -> str:
        """Where the rows stand: one place for each set of arguments, wherever in the operation they are given."""
        return one.once("key", lambda: self._key(one))

    def _key(self, one: Selected) -> str:
        plain = {name: argument.default_value for name, argument in one.definition.args.items()}
        asked = {name: value for name, value in one.arguments.items() if value is not None and value != plain[name]}
        return f"{self.relation}__{cursors.digest(self.relation, asked)}" if asked else self.relation

    def question(self, one: Selected) -> str:
        """What tells this field's cursors from those of others."""
        return cursors.question_of(f"{self.kind}.{self.relation}", one.arguments)

    def want(self, wish: Wish, field: Selected) -> None:
        arguments = field.arguments
        limits: Any = field.raw.context.limits
        first = page_size(arguments["first"], limits.first_long if self.long else limits.first, field.name)
        after = arguments.get("after")
        inner = wish.reach(
            self.relation,
            key=self.key(field),
            first=first + 1,
            after=cursors.decode(after, self.question(field)) if after is not None else None,
            tests=self.tests(arguments),
            count=wanted(field.select(), "totalCount"),
        )
        inverse = INVERSES[self.kind, self.relation]
        if inverse.value is None:
            inner.need(*inverse.order)
        elif inverse.holder_key:
            inner.reach(inverse.holder_key)
        if not self.mixed:
            for one in showing(field):
                fill(inner, one.select())

    def resolve(self, parent: Viewed, info: Info) -> Any:
        one = selected(info)
        arguments, key = one.arguments, self.key(one)
        rows: list[Row] = parent.row[key]
        first = arguments["first"]
        return connection(
            rows[:first],
            one,
            parent.on,
            question=self.question(one),
            keys=[self.key_of(row) for row in rows[:first]],
            more=len(rows) > first,
            before=arguments.get("after") is not None,
            total=parent.row.get(f"{key}#count"),
        )

    def write(self, body: Body, field: Selected) -> str:
        from schema.compiled.pages import page

        return page(body, field, self)

    def key_of(self, row: Row) -> KeysetKey:
        """The keyset key of a nested row, as the port counts it."""
        inverse = INVERSES[self.kind, self.relation]
        holder = row[inverse.holder_key] if inverse.value and inverse.holder_key else row
        return (*(holder[name] for name in inverse.order), holder["id"])
