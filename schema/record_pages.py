"""The pages that identifiers lead to: ``/id/{kind}/{slug}`` → 303 → ``/{kind}/{slug}``, a page that answers 200.

A page shows the record's properties under the Chinese labels of the field table, with links to what it refers to. It is
made from one row of the store and needs no script.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from catalog.errors import BadInput, MuluError
from catalog.identifiers import SEGMENTS, kind_of
from catalog.table import Property, Ref, rows, value_rows
from catalog.vocabulary import Kind, Term
from graph.port import Store
from graph.shape import Nested, Shape
from schema.html import HEADERS, document

LISTED = 500
"""How many items of a resource its page lists."""
HIDDEN = frozenset({"id", "place", "reading"})
NAMES = ("name", "title", "label", "message", "action", "what", "path")
"""The properties that name a record, the first that it has."""
PART_OF_DATASET = re.compile(r"/id/(?:record|schema|identifier|distribution)/(?P<slug>[a-z0-9]+-[a-z0-9]+)(?:-\d+)?")


def record_routes(store: Store) -> list[BaseRoute]:
    """The routes of identifiers and of their pages."""

    async def page(request: Request) -> Response:
        identifier = request.url.path.removeprefix("/")
        try:
            kind = kind_of(identifier)
            (row,) = await store.get([identifier], _shape(kind), kind)
        except BadInput:
            return _missing(identifier)
        except MuluError as error:
            body = document("503", f"<p>{escape(error.message)}</p>")
            return HTMLResponse(body, 503, {**HEADERS, "Retry-After": "5"})
        return _missing(identifier) if row is None else HTMLResponse(_record(kind, row), headers=HEADERS)

    return [
        Route("/id/{path:path}", _see_other, methods=["GET", "HEAD"]),
        *(
            Route(f"/{segment}/{{slug}}", page, methods=["GET", "HEAD"], name=segment)
            for segment in sorted(set(SEGMENTS.values()))
        ),
    ]


async def _see_other(request: Request) -> Response:
    """A thing is not its page (303): a dataset's record, schema or distribution is told on the dataset's page."""
    path = request.url.path
    part = PART_OF_DATASET.fullmatch(path)
    return RedirectResponse(f"/resource/{part['slug']}" if part else path.removeprefix("/id"), 303)


def _missing(identifier: str) -> Response:
    text = f"<p>Nothing here is called {escape(identifier)}. 没有这一标识的记录。</p>"
    return HTMLResponse(document("404", text), 404, HEADERS)


def _shape(kind: Kind) -> Shape:
    """Every property of a kind, what it refers to with its names, and a resource's items."""
    names = frozenset(row.name for row in rows(kind) if not isinstance(row.type, Ref) and not _holds_refs(row))
    nested = [
        (row.name, Nested(row.name, _named(row))) for row in rows(kind) if isinstance(row.type, Ref) or _holds_refs(row)
    ]
    if kind is Kind.RESOURCE:
        nested.append(("fields", Nested("fields", Shape(frozenset({"name"})), first=LISTED)))
    return Shape(names, tuple(nested))


def _holds_refs(row: Property) -> bool:
    value = row.value_class
    return value is not None and any(isinstance(inner.type, Ref) or _holds_refs(inner) for inner in value_rows(value))


def _named(row: Property) -> Shape:
    """What names a referred-to record, or the plain properties of a value with what it refers to."""
    if isinstance(row.type, Ref):
        if len(row.type.kinds) > 1:
            return Shape()
        known = {inner.name for inner in rows(row.type.kinds[0])}
        return Shape(frozenset(NAMES) & known)
    value = row.value_class
    assert value is not None, row.name
    inner_rows = value_rows(value)
    return Shape(
        frozenset(inner.name for inner in inner_rows if not isinstance(inner.type, Ref) and not _holds_refs(inner)),
        tuple(
            (inner.name, Nested(inner.name, _named(inner)))
            for inner in inner_rows
            if isinstance(inner.type, Ref) or _holds_refs(inner)
        ),
    )


def _record(kind: Kind, row: Mapping[str, Any]) -> str:
    shown = [
        (each.zh, _value(each, row[each.name]))
        for each in rows(kind)
        if each.name not in HIDDEN and row.get(each.name) not in (None, "", [])
    ]
    if row.get("fields"):
        items = "".join(f"<li>{_link(item)}</li>" for item in row["fields"])
        shown.append(("信息项", f"<ol>{items}</ol>"))
    body = "".join(f"<dt>{escape(label)}</dt><dd>{value}</dd>" for label, value in shown)
    heading = f'<p class="kind">{escape(kind.zh)}</p><h1>{escape(_name(row))}</h1>'
    return document(_name(row), f"{heading}<dl>{body}</dl><footer>{escape(row['id'])}</footer>")


def _name(row: Mapping[str, Any]) -> str:
    return str(next((row[name] for name in NAMES if row.get(name)), row["id"]))


def _link(row: Mapping[str, Any]) -> str:
    return f'<a href="/{escape(row["id"])}">{escape(_name(row))}</a>'


def _value(each: Property, value: Any) -> str:
    if isinstance(value, list):
        return "<ul>" + "".join(f"<li>{_value(each, one)}</li>" for one in value) + "</ul>"
    if isinstance(each.type, Ref):
        return _link(value)
    if each.is_term and isinstance(each.type, type) and issubclass(each.type, Term):
        return escape(each.type(value).zh)
    if each.value_class is not None:
        inner = ((one, value.get(one.name)) for one in value_rows(each.value_class))
        return "；".join(
            f"{escape(one.zh)} {_value(one, said)}" for one, said in inner if said not in (None, "", [], False)
        )
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"<pre>{escape(str(value))}</pre>"
