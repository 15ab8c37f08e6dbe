"""The pages of records: their properties under the Chinese labels of the field table, with links to what they name.

A page is made from one row of the store and needs no script.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from catalog.table import Property, Ref, rows, value_rows
from catalog.value import Jurisdiction
from catalog.vocabulary import Kind, Term
from graph.rdf.about import DESCRIBED
from graph.rdf.syntax import WRITERS
from graph.shape import Nested, Shape
from schema.html import document

LISTED = 500
"""How many items of a resource its page lists."""
ABREAST = 12
"""Up to so many plain values stand on one line, the rest below each other."""
HIDDEN = frozenset({"id", "place", "reading"})
NAMES = ("name", "title", "label", "message", "action", "what", "path")
"""The properties that name a record, the first that it has."""


def page_shape(kind: Kind) -> Shape:
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


def record_page(kind: Kind, row: Mapping[str, Any], data: Mapping[str, Any] | None = None) -> str:
    """The page of a record; ``data`` says it in schema.org's words."""
    shown = [
        (each.zh, _value(each, row[each.name]))
        for each in rows(kind)
        if each.name not in HIDDEN and row.get(each.name) not in (None, "", [])
    ]
    if row.get("fields"):
        items = "".join(f"<li>{_link(item)}</li>" for item in row["fields"])
        shown.append(("信息项", f"<ol>{items}</ol>"))
    body = "".join(f"<dt>{escape(label)}</dt><dd>{value}</dd>" for label, value in shown)
    heading = f'<p class="kind">{escape(kind.zh)}</p><h1>{escape(name(row))}</h1>'
    syntaxes = "".join(f' · <a href="/{escape(row["id"])}.{each}">{each}</a>' for each in WRITERS if kind in DESCRIBED)
    return document(name(row), f"{heading}<dl>{body}</dl><footer>{escape(row['id'])}{syntaxes}</footer>", data)


def name(row: Mapping[str, Any]) -> str:
    """What a record is called: the first of the properties that name one, else its identifier."""
    return str(next((row[name] for name in NAMES if row.get(name)), row["id"]))


def _link(row: Mapping[str, Any]) -> str:
    return f'<a href="/{escape(row["id"])}">{escape(name(row))}</a>'


def _value(each: Property, value: Any) -> str:
    if isinstance(value, list) and each.value_class is None and len(value) <= ABREAST:
        return "、".join(_value(each, one) for one in value)
    if isinstance(value, list) and len(value) == 1:
        return _value(each, value[0])
    if isinstance(value, list):
        return "<ul>" + "".join(f"<li>{_value(each, one)}</li>" for one in value) + "</ul>"
    if isinstance(each.type, Ref):
        return _link(value)
    if each.is_term and isinstance(each.type, type) and issubclass(each.type, Term):
        return escape(each.type(value).zh)
    if each.value_class is not None:
        if each.value_class is Jurisdiction:
            return escape("　".join(filter(None, (value["name"], value["code"]))))
        inner = ((one, value.get(one.name)) for one in value_rows(each.value_class))
        return "；".join(
            f'<span class="label">{escape(one.zh)}</span> {_value(one, said)}'
            for one, said in inner
            if said not in (None, "", [], False)
        )
    if isinstance(value, bool):
        return "是" if value else "否"
    return f'<span class="text">{escape(str(value))}</span>'
