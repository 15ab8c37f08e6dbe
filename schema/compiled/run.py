"""One run of a compiled operation: what has still to be read or waited for, and where it belongs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from inspect import isawaitable
from typing import Any, NoReturn

import strawberry
from graphql import is_list_type, is_non_null_type

from catalog.identifiers import kind_of
from catalog.vocabulary import Kind
from graph.shape import Shape
from schema.compiled.writer import Completion, Place
from schema.context import Context, Info
from schema.selection import Selected


class NullWhereNone(Exception):
    """A value is null that may not be: graphql-core tells what becomes of it."""


class Raw:
    """What a resolver sees of its place, as far as Mulu's resolvers and Strawberry look."""

    __slots__ = ("context", "field_name", "selected")

    def __init__(self, context: Context, selected: Selected) -> None:
        self.context, self.selected, self.field_name = context, selected, selected.name


class Run:
    """Puts values in their places, at once or after one more read for all records of a kind."""

    __slots__ = ("_infos", "_led", "_waiting", "context")

    def __init__(self, context: Context) -> None:
        self.context = context
        self._infos: dict[int, Info] = {}
        self._led: list[tuple[Place, Kind, str, Any, Any, bool, Any]] = []
        self._waiting: list[tuple[Any, Any, Awaitable[Any], Any, Any]] = []

    def null(self) -> NoReturn:
        """There is no value where there must be one."""
        raise NullWhereNone

    def raw(self, field: Selected) -> Raw:
        """What graphql-core would give the resolver of a field."""
        return Raw(self.context, field)

    def info(self, field: Selected) -> Info:
        """What Strawberry would give the resolver of a field."""
        found = self._infos.get(id(field))
        if found is None:
            raw: Any = self.raw(field)
            nothing: Any = None
            found = self._infos[id(field)] = strawberry.Info(_raw_info=raw, _field=nothing)
        return found

    def forget(self) -> None:
        """Lets go of what has not been waited for."""
        forget([one[2] for one in self._waiting])

    def put(self, holder: Any, key: Any, value: Any, completion: Completion) -> None:
        """Completes a value, now or once it is there."""
        self._put(holder, key, value, completion.type, completion.inner)

    def _put(self, holder: Any, key: Any, value: Any, type_: Any, inner: Any) -> None:
        if isawaitable(value):
            self._waiting.append((holder, key, value, type_, inner))
            return
        required = is_non_null_type(type_)
        of = type_.of_type if required else type_
        if value is None:
            if required:
                raise NullWhereNone
            holder[key] = None
        elif is_list_type(of):
            items = holder[key] = [None] * len(value)
            for index, one in enumerate(value):
                self._put(items, index, one, of.of_type, inner)
        else:
            holder[key] = inner(value, self)

    def lead(self, holder: Any, key: Any, found: Any, place: Place, on: Any) -> None:
        """Puts the records of identifiers (or of one, or of none) in their places when they are read."""
        required = is_non_null_type(place.type)
        of = place.type.of_type if required else place.type
        if isinstance(found, list):
            items = holder[key] = [None] * len(found)
            needed = is_non_null_type(of.of_type)
            for index, identifier in enumerate(found):
                self._led.append((place, kind_of(identifier), identifier, items, index, needed, on))
        elif found is not None:
            self._led.append((place, kind_of(found), found, holder, key, required, on))
        elif required:
            raise NullWhereNone

    async def settle(self) -> None:
        """Reads and waits until nothing is left open: once for each level of records in records."""
        while self._led or self._waiting:
            led, self._led = self._led, []
            wanted: dict[tuple[int, Kind, Shape], dict[str, Any]] = {}
            contexts: dict[int, Context] = {}  # root fields may be asked at revisions of their own
            groups: dict[tuple[int, Kind], dict[str, Any]] = {}
            for place, kind, identifier, *_ in led:
                group = groups.get((id(place), kind))
                if group is None:
                    context = self.context.of(place.field)
                    contexts[id(context)] = context
                    key = (id(context), kind, place.shape(kind))
                    group = groups[id(place), kind] = wanted.setdefault(key, {})
                group[identifier] = None
            reads = [contexts[seen].records(kind, list(ids), shape) for (seen, kind, shape), ids in wanted.items()]
            waiting, self._waiting = self._waiting, []
            done = await together([*reads, *(one[2] for one in waiting)])
            for one in done:
                if isinstance(one, BaseException):
                    forget(done)
                    raise one
            for group, read in zip(wanted.values(), done, strict=False):
                group.update(zip(group, read, strict=True))
            for place, kind, identifier, holder, at, required, on in led:
                row = groups[id(place), kind][identifier]
                if row is not None:
                    holder[at] = place.function(kind)(row, on, self)
                elif required:
                    raise NullWhereNone
            for (holder, at, _, type_, inner), value in zip(waiting, done[len(reads) :], strict=True):
                self._put(holder, at, value, type_, inner)


async def together(awaitables: list[Any]) -> list[Any]:
    """The results of all when all are done; an exception in the place of one that failed."""
    if len(awaitables) == 1:
        try:
            return [await awaitables[0]]
        except Exception as error:
            return [error]
    return await asyncio.gather(*awaitables, return_exceptions=True)


def forget(value: Any) -> None:
    """Lets go of what nobody is going to wait for any more: coroutines would complain."""
    if isinstance(value, list):
        for one in value:
            forget(one)
    elif isinstance(value, asyncio.Future):
        value.cancel()
    elif hasattr(value, "close") and hasattr(value, "__await__"):
        value.close()
