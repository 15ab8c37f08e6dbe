"""Where a record came from: its source, with the place in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import strawberry

from schema.context import Info
from schema.plans import Viewed, Wish
from schema.selection import Selected
from schema.types.base import Value, planned
from schema.types.value import Place


def _held(name: str, description: str) -> Any:
    def resolve(self: Any, info: Info) -> Any:
        return self.row[name]

    return strawberry.field(resolver=resolve, description=description)


def _place(self: Any, info: Info) -> Any:
    place = self.row["place"]
    return None if place is None else Place(row=place, on=self.on)


@strawberry.type(description="Where a record came from: a file, when it was loaded, and the place in it (来源).")
class Origination(Value):
    """A source's row with the record's own place beside it."""

    id: strawberry.ID = _held("id", "The source's identifier (标识).")
    path: str = _held("path", "The path below what was named in the load (路径).")
    format: str = _held("format", "The loader that read it (格式).")
    sha256: str = _held("sha256", "The SHA-256 of the bytes, hexadecimal (校验值).")
    loaded: dt.datetime = _held("loaded", "When it was loaded (加载时间).")
    revision: int = _held("revision", "The revision that last wrote it (修订号).")
    place: Place | None = strawberry.field(resolver=_place, description="Where the record stands in it (位置).")


@dataclass(frozen=True, slots=True)
class _From:
    """The source along its reference, and the record's place."""

    def want(self, wish: Wish, field: Selected) -> None:
        wish.need("place")
        wish.reach("source").need("path", "format", "sha256", "loaded", "revision")

    def resolve(self, parent: Viewed, info: Info) -> Any:
        source = parent.row["source"]
        return None if source is None else Origination(row={**source, "place": parent.row["place"]}, on=parent.on)


def source_field() -> Any:
    """The field ``source``."""
    return planned(_From(), "Where the record came from (来源).")
