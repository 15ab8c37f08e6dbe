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
from schema import cursors, law
from schema.connections import Connection, assemble
from schema.context import Info
from schema.plans import TYPE_NAMES, Viewed, Wish, fill, view
from schema.selection import Selected, selected, wanted
from schema.types.condition import Clock, Condition
from schema.types.resource import Resource

SHOWN = 100
RESTING = {"resources": "impact_assigned", "citing_resources": "impact_citing"}
STANDING = {"conditions": "impact_conditions", "clocks": "impact_clocks"}
"""The relations along which things rest on a text or stand in it, and the keys of their rows in the text's row."""


@strawberry.type(description="What would rest on nothing in force if a text went; the first 100 of each (废止影响).")
class Impact:
    """The lists are cut at 100 rows; their totalCount is the whole number."""

    resources: Connection[Resource] = strawberry.field(description="The resources (信息资源).")
    conditions: Connection[Condition] = strawberry.field(description="The rules that stand in it (规则).")
    clocks: Connection[Clock] = strawberry.field(description="The periods that stand in it (期限).")
    responsibilities: int = strawberry.field(description="How many responsibilities go with it (责任数).")
    still_supported: int = strawberry.field(description="How many of its resources another text supports (仍有依据).")


def want(wish: Wish, one: Selected) -> None:
    """Wants with a regulation's row what rests on it: so many regulations cost no more statements than one."""
    for relation, key in RESTING.items():
        inner = wish.reach(relation, key=key, first=one.raw.context.limits.matrix + 1)
        inner.reach("regulation").need(*law.DATES)
        law.want_text(inner.reach("basis", value=True))
        law.want_text(inner.reach("responsibilities", value=True).reach("citation", value=True))
        fill(inner, _rows(one, "resources"))
    for relation, key in STANDING.items():
        counted = any(wanted(connection.select(), "totalCount") for connection in one.child(relation))
        fill(wish.reach(relation, key=key, first=SHOWN + 1, count=counted), _rows(one, relation))


def impact(regulation: Viewed, info: Info) -> Impact:
    """What rests on the text, and what of it nothing else in force would support on the day.

    Raises TooCostly where more resources rest on it than may be judged.
    """
    one = selected(info)
    row, on, limit = regulation.row, one.arguments["repealedOn"], info.context.limits.matrix
    found = {held["id"]: held for key in RESTING.values() for held in row[key]}
    if len(found) > limit:
        raise TooCostly(f"more than {limit} resources rest on {row['id']}", cost=len(found), limit=limit)
    lost = [held for _, held in sorted(found.items()) if not any(_supported(held, row["id"], on))]

    def standing(name: str, kind: Kind, made: type[Any]) -> Any:
        key = STANDING[name]
        return _page(one, name, kind, made, row[key], on, row.get(f"{key}#count"))

    return Impact(
        resources=_page(one, "resources", Kind.RESOURCE, Connection[Resource], lost, on, len(lost)),
        conditions=standing("conditions", Kind.CONDITION, Connection[Condition]),
        clocks=standing("clocks", Kind.CLOCK, Connection[Clock]),
        responsibilities=sum(len(list(_own(held, row["id"]))) for held in lost),
        still_supported=len(found) - len(lost),
    )


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


def _page(one: Selected, name: str, kind: Kind, made: type[Any], rows: list[Row], on: Any, total: int | None) -> Any:
    type_ = one.raw.schema.type_map[TYPE_NAMES[kind]]
    shown = rows[:SHOWN]
    question = cursors.question_of(f"impact.{name}", {})
    nodes = [view(type_, row, on) for row in shown]
    keys = [(row["id"],) for row in shown]
    return assemble(made, nodes, question, keys, more=len(rows) > SHOWN, before=False, total=total)
