"""Where a record came from: its source, with the place in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import strawberry

from catalog.codec import Row
from schema.context import Info
from schema.plans import Prop, Reach, Viewed, Wish
from schema.selection import Selected
from schema.types.base import Value, planned
from schema.types.value import Place

if TYPE_CHECKING:
    from schema.compiled.body import Body


@strawberry.type(description="Where a record came from: a file, when it was loaded, and the place in it (来源).")
class Origination(Value):
    """A source's row with the record's own place beside it."""

    id: strawberry.ID = planned(Prop("id"), "The source's identifier (标识).")
    path: str = planned(Prop("path"), "The path below what was named in the load (路径).")
    format: str = planned(Prop("format"), "The loader that read it (格式).")
    sha256: str = planned(Prop("sha256"), "The SHA-256 of the bytes, hexadecimal (校验值).")
    loaded: dt.datetime = planned(Prop("loaded"), "When it was loaded (加载时间).")
    revision: int = planned(Prop("revision"), "The revision that last wrote it (修订号).")
    place: Place | None = planned(Reach("place", value=True), "Where the record stands in it (位置).")


@dataclass(frozen=True, slots=True)
class _From:
    """The source along its reference, and the record's place."""

    def want(self, wish: Wish, field: Selected) -> None:
        wish.need("place")
        wish.reach("source").need("path", "format", "sha256", "loaded", "revision")

    def resolve(self, parent: Viewed, info: Info) -> Any:
        held = self.held(parent.row)
        return None if held is None else Origination(row=held, on=parent.on)

    def write(self, body: Body, field: Selected) -> str:
        return body.value(f"{body.constant(self)}.held(r)", field)

    def held(self, row: Row) -> Row | None:
        """The source's row with the record's place."""
        return None if row["source"] is None else {**row["source"], "place": row["place"]}


def source_field() -> Any:
    """The field ``source``."""
    return planned(_From(), "Where the record came from (来源).")
