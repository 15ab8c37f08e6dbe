"""Nested connections, straight from the rows of their page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schema import cursors
from schema.compiled.body import Body
from schema.connections import showing
from schema.selection import Selected

if TYPE_CHECKING:
    from schema.paged import Paged


def page(body: Body, field: Selected, plan: Paged) -> str:
    """The expression of a connection along an inverse relation of the parent's row."""
    writer, key, first = body.writer, plan.key(field), field.arguments["first"]
    own = Body(writer)
    own.before += [f"rows = r[{key!r}]", f"shown = rows[:{first}]"]
    mark = f"{own.constant(cursors.encode)}({plan.question(field)!r}, {own.constant(plan)}.key_of({{}}))"
    for one in writer.fields_of(field):
        match one.name:
            case "nodes" if plan.mixed:
                text = own.nodes('[x["id"] for x in shown]', one, showing(field))
            case "nodes":
                text = own.value("shown", one)
            case "edges":
                text = f"[{_edge(own, one, field, plan, mark.format('r'))}(x, on, run) for x in shown]"
            case "pageInfo":
                text = _info(own, one, mark, first, field.arguments.get("after") is not None)
            case "totalCount":
                text = f"(r.get({f'{key}#count'!r}) or 0)"
            case _:
                text = writer.typename(one, field)
        own.entries.append(f"{one.key!r}: {text}")
    return f"{writer.add(own)}(r, on, run)"


def _edge(body: Body, edges: Selected, field: Selected, plan: Paged, mark: str) -> str:
    own = Body(body.writer)
    for one in body.writer.fields_of(edges):
        match one.name:
            case "cursor":
                text = mark
            case "node" if plan.mixed:
                text = own.nodes('r["id"]', one, showing(field))
            case "node":
                text = own.value("r", one)
            case _:
                text = body.writer.typename(one, edges)
        own.entries.append(f"{one.key!r}: {text}")
    return body.writer.add(own)


def _info(body: Body, info: Selected, mark: str, first: int, before: bool) -> str:
    entries = []
    for one in body.writer.fields_of(info):
        match one.name:
            case "hasNextPage":
                text = f"len(rows) > {first}"
            case "hasPreviousPage":
                text = repr(before)
            case "startCursor":
                text = f"({mark.format('shown[0]')} if shown else None)"
            case "endCursor":
                text = f"({mark.format('shown[-1]')} if shown else None)"
            case _:
                text = body.writer.typename(one, info)
        entries.append(f"{one.key!r}: {text}")
    return f"{{{', '.join(entries)}}}"
