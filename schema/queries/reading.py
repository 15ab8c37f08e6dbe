"""What root fields share: one record by identifier, one by a name, a page of many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from catalog.errors import BadInput, NotFound, TooCostly
from catalog.identifiers import kind_of
from catalog.text import fold
from catalog.vocabulary import Kind
from graph.shape import KeysetKey, Question, Shape, Test
from schema import cursors
from schema.connections import Connection, connection, showing
from schema.context import Context, Info
from schema.plans import Wish, fill, page_size, shape_of, view
from schema.selection import Selected, selected, wanted

N = TypeVar("N")
T = TypeVar("T")
WORDS = 1_000
"""How many characters may be looked for: no name is longer."""
LISTED = 1_000
"""How many different values a list may be compared with."""


def of_kind(identifier: str, kind: Kind) -> str:
    """The identifier itself, checked to be of the kind."""
    found = kind_of(identifier)
    if found is not kind:
        raise BadInput(
            f"{identifier!r} identifies {_a(found)}, not {_a(kind)}",
            suggestion=f"give the identifier of {_a(kind)}, or ask node(id:)",
        )
    return identifier


def _a(kind: Kind) -> str:
    word = kind.value.lower().replace("_", " ")
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def exactly_one(**given: Any) -> str:
    """The name of the one argument that is given."""
    names = [name for name, value in given.items() if value is not None]
    if len(names) != 1:
        raise BadInput(
            f"give exactly one of {', '.join(given)}; {', '.join(names) or 'none'} was given",
            suggestion=f"ask by {next(iter(given))}, or list several with a filter",
        )
    return names[0]


def folded(text: str, name: str) -> str:
    """The text as names are compared; refused where nothing is left of it."""
    if len(text) > WORDS:
        raise BadInput(
            f"{name} has {len(text)} characters, over the limit of {WORDS}", suggestion=f"give a part of it as {name}"
        )
    found = fold(text)
    if not found:
        raise BadInput(f"{name} is empty", suggestion=f"give {name} at least one character that is no white space")
    return found


def exact(text: str, name: str) -> str:
    """A code or number as it stands in a record; refused where it is empty, since that is what records without have."""
    if not text.strip():
        raise BadInput(f"{name} is empty", suggestion=f"give {name}, or leave it out")
    return text


def several(values: Iterable[T], name: str) -> tuple[T, ...]:
    """The values of a list, each once; refused where they are more than anybody asks for."""
    found = tuple(dict.fromkeys(values))
    if len(found) > LISTED:
        raise TooCostly(
            f"{name} lists {len(found)} values, over the bound of {LISTED}",
            cost=len(found),
            limit=LISTED,
            suggestion=f"ask several times, with at most {LISTED} each",
        )
    return found


async def context_of(info: Info, one: Selected) -> Context:
    """What a root field reads from: the catalogue at its argument ``revision``, if it has one."""
    return await info.context.at(one.arguments.get("revision"), one)


async def by_id(info: Info, type_: type[N], kind: Kind, identifier: str, on: dt.date | None = None) -> N | None:
    """The record of this identifier, or NOT_FOUND."""
    one = selected(info)
    shape = shape_of_one(one)
    context = await context_of(info, one)
    found = (await context.store.get([of_kind(identifier, kind)], shape, kind))[0]
    if found is None:
        raise NotFound(
            f"there is no {kind.value.lower().replace('_', ' ')} {identifier}",
            suggestion="search(text:) finds records by their words",
        )
    made: N = view(one.type, found, info.context.date(on))
    return made


async def by_tests(
    info: Info, type_: type[N], kind: Kind, tests: Sequence[Test], what: str, on: dt.date | None = None
) -> N | None:
    """The one record that passes the tests, null where there is none; several are refused, never picked from."""
    one = selected(info)
    shape = shape_of_one(one)
    context = await context_of(info, one)
    page = await context.store.read(Question(kind, shape, tuple(tests), first=2))
    if len(page.rows) > 1:
        which = ", ".join(row["id"] for row in page.rows)
        raise BadInput(f"several answer to {what}: {which}{' and more' if page.more else ''}", suggestion="ask by id")
    made: N | None = view(one.type, page.rows[0], info.context.date(on)) if page.rows else None
    return made


def rows_of(one: Selected) -> list[Selected]:
    """What a connection field selects of its rows, by way of nodes or edges."""
    return [field for held in showing(one) for field in held.select()]


def shape_of_one(one: Selected) -> Shape:
    """The shape of a field that answers one record."""
    return one.once("shape", lambda: fill(Wish(), one.select()).shape())


def shape_of_rows(one: Selected, *needed: str) -> Shape:
    """The shape of a connection field's rows."""
    return one.once(("rows", needed), lambda: shape_of(rows_of(one), *needed))


def counted(one: Selected) -> bool:
    """Whether the total is asked for."""
    return wanted(one.select(), "totalCount")


def paging(context: Context, one: Selected) -> tuple[int, str, KeysetKey | None]:
    """The page size, the question, and the key to go on after."""
    arguments = one.arguments
    question = cursors.question_of(one.name, arguments)
    first = page_size(arguments["first"], context.limits.first, one.name)
    after = arguments.get("after")
    return first, question, cursors.decode(after, question) if after is not None else None


async def page_of(
    info: Info, type_: type[N], kind: Kind, tests: Iterable[Test], *, on: dt.date | None = None, **also: Any
) -> Connection[N]:
    """A connection of records of one kind that pass the tests."""
    one = selected(info)
    context = await context_of(info, one)
    first, question, after = paging(context, one)
    page = await context.store.read(
        Question(kind, shape_of_rows(one), tuple(tests), first=first, after=after, count=counted(one))
    )
    made: Connection[N] = connection(
        page.rows,
        one,
        context.date(on),
        question=question,
        keys=[(row["id"],) for row in page.rows],
        more=page.more,
        before=after is not None,
        total=page.total,
        **also,
    )
    return made


def value(found: Any) -> str | int:
    """A property's value as it stands in a keyset key: a missing one sorts as the empty string."""
    return "" if found is None else found


def values(terms: Iterable[Any] | None) -> tuple[str, ...] | None:
    """Terms as plain words."""
    return None if terms is None else tuple(term.value for term in terms)
