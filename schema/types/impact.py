"""Impact: what would rest on nothing in force if a text went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import strawberry

from catalog.codec import Row
from catalog.errors import TooCostly
from catalog.legal_time import status_on
from catalog.verdict import NOT_IN_FORCE
from catalog.vocabulary import Kind
from graph.shape import Equals, Linked, Question
from schema import cursors, law
from schema.connections import Connection, assemble
from schema.context import Context
from schema.plans import TYPE_NAMES, Wish, fill, view
from schema.selection import Selected, wanted
from schema.types.condition import Clock, Condition
from schema.types.resource import Resource
from schema.waiting import all_of

SHOWN = 100
PATHS = ("regulation", "basis.regulation", "responsibilities.citation.regulation")


@strawberry.type(description="What would rest on nothing in force if a text went; the first 100 of each (废止影响).")
class Impact:
    """The lists are cut at 100 rows; their totalCount is the whole number."""

    resources: Connection[Resource] = strawberry.field(description="The resources (信息资源).")
    conditions: Connection[Condition] = strawberry.field(description="The rules that stand in it (规则).")
    clocks: Connection[Clock] = strawberry.field(description="The periods that stand in it (期限).")
    responsibilities: int = strawberry.field(description="How many responsibilities go with it (责任数).")
    still_supported: int = strawberry.field(description="How many of its resources another text supports (仍有依据).")


async def impact(context: Context, one: Selected, regulation: str, on: dt.date) -> Impact:
    """Reads what rests on the text, and tells what nothing else in force would support on the day."""
    limit = context.limits.matrix
    found: dict[str, Row] = {}
    shape = _wish(one).shape()
    questions = [Question(Kind.RESOURCE, shape, (Linked(path, (regulation,)),), first=limit + 1) for path in PATHS]
    for page in await all_of(context.store.read(question) for question in questions):
        found |= {row["id"]: row for row in page.rows}
    if len(found) > limit:
        raise TooCostly(f"more than {limit} resources rest on {regulation}", cost=len(found), limit=limit)
    lost = [row for _, row in sorted(found.items()) if not any(_supported(row, regulation, on))]
    duties = sum(len(list(_own(row, regulation))) for row in lost)
    conditions, clocks = await all_of(
        (
            _standing_in(context, one, "conditions", Kind.CONDITION, Connection[Condition], regulation, on),
            _standing_in(context, one, "clocks", Kind.CLOCK, Connection[Clock], regulation, on),
        )
    )
    return Impact(
        resources=_page(one, "resources", Kind.RESOURCE, Connection[Resource], lost, on, len(lost)),
        conditions=conditions,
        clocks=clocks,
        responsibilities=duties,
        still_supported=len(found) - len(lost),
    )


def _wish(one: Selected) -> Wish:
    wish = Wish()
    wish.reach("regulation").need(*law.DATES)
    law.want_text(wish.reach("basis", value=True))
    law.want_text(wish.reach("responsibilities", value=True).reach("citation", value=True))
    return fill(wish, _rows(one, "resources"))


def _rows(one: Selected, name: str) -> Iterator[Selected]:
    for connection in one.child(name):
        for nodes in (
            *connection.child("nodes"),
            *(node for e in connection.child("edges") for node in e.child("node")),
        ):
            yield from nodes.select()


def _texts(row: Row) -> Iterator[Row]:
    if row["regulation"]:
        yield row["regulation"]
    cited = [*row["basis"], *(held["citation"] for held in row["responsibilities"] if held["citation"])]
    yield from (text for citation in cited if (text := law.text_of(citation)))


def _supported(row: Row, regulation: str, on: dt.date) -> Iterator[bool]:
    for text in _texts(row):
        if text["id"] != regulation:
            yield status_on(law.law(text), on) not in NOT_IN_FORCE


def _own(row: Row, regulation: str) -> Iterator[Row]:
    for held in row["responsibilities"]:
        text = law.text_of(held["citation"]) if held["citation"] else row["regulation"]
        if text and text["id"] == regulation:
            yield held


async def _standing_in(
    context: Context, one: Selected, name: str, kind: Kind, made: type[Any], regulation: str, on: dt.date
) -> Any:
    shape = fill(Wish(), _rows(one, name)).shape()
    counted = any(wanted(connection.select(), "totalCount") for connection in one.child(name))
    page = await context.store.read(
        Question(kind, shape, (Equals("regulation", (regulation,)),), order="position", first=SHOWN, count=counted)
    )
    return _page(one, name, kind, made, list(page.rows), on, page.total)


def _page(one: Selected, name: str, kind: Kind, made: type[Any], rows: list[Row], on: Any, total: int | None) -> Any:
    type_ = one.raw.schema.type_map[TYPE_NAMES[kind]]
    shown = rows[:SHOWN]
    question = cursors.question_of(f"impact.{name}", {})
    nodes = [view(type_, row, on) for row in shown]
    keys = [(row["id"],) for row in shown]
    more = len(rows) > SHOWN or (total or 0) > len(shown)
    return assemble(made, nodes, question, keys, more=more, before=False, total=total)
