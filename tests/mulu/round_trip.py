"""Out and in again: an export, the load of it into an empty store, and the export of that."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from catalog.changes import ChangeSet
from catalog.codec import from_row, to_row
from catalog.identifiers import SEGMENTS
from catalog.record import Record
from catalog.records import Agency, Field, Provision, Regulation, Resource
from catalog.value import Span
from catalog.vocabulary import Kind, Origin, Role
from graph.port import Store
from graph.rdf.context import Publication
from graph.rdf.profile import DCAT_AP
from graph.rdf.syntax import WRITERS
from loaders.load import File, Loaded, load
from mulu.copies import without_held
from mulu.publishing import VIEWS
from tests.catalog.strategies import records
from tests.graph import samples

PUBLICATION = Publication("https://data.example.cn/", "目录", "机构", samples.AT, 1)
KINDS = (
    Kind.AGENCY, Kind.DATA_ELEMENT, Kind.REGULATION, Kind.PROVISION, Kind.RESOURCE, Kind.FIELD, Kind.CONDITION, Kind.CLOCK,
)  # fmt: skip


def change_set(puts: Iterable[Record], name: str, replaces: Iterable[str] = ()) -> ChangeSet:
    """Always at one time: what was written when is not what goes round."""
    return ChangeSet(id=name, at=samples.AT, actor="test", puts=tuple(puts), replaces=tuple(replaces))


async def exported(store: Store, view: str, extension: str) -> bytes:
    return b"".join([piece async for piece in VIEWS[view](store, PUBLICATION, WRITERS[extension](), DCAT_AP)])


async def loaded(store: Store, data: bytes, extension: str) -> Loaded:
    """Loads an export as the command does."""
    found = await without_held(store, load([File(f"export.{extension}", data)], base=PUBLICATION.base))
    await store.apply(change_set(found.records, f"load {len(data)}", found.sources))
    return found


_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _writable(value: Any) -> Any:
    """The same without the characters that RDF/XML has no way to write: they become others on the way.

    A resource, a text and a rule have slugs of their own, as minted ones are: a policy is called by what it is of.
    """
    match value:
        case str():
            return re.sub("^resource/x", "resource/r-x", _NOT_XML.sub("", value))
        case list():
            return [_writable(each) for each in value]
        case dict():
            return {key: _writable(each) for key, each in value.items()}
        case _:
            return value


def _mended(record: Record, dates: dict[str, Any]) -> Record:
    """The record as a change set takes it."""
    record = replace(record, source=None, place=None)
    match record:
        case Agency():
            return replace(record, name=record.name or "局", credit_code=None)
        case Regulation():
            return replace(record, title=record.title or "法", **dates)
        case Provision():
            span = Span(start=0, end=len(record.text), line=1)
            return replace(record, regulation=record.id.partition(".")[0], parent=None, span=span)
        case Resource():
            held = tuple(replace(each, roles=each.roles or (Role.VERIFY,)) for each in record.responsibilities)
            return replace(record, name=record.name or "名", responsibilities=held)
        case Field():
            return replace(record, name=record.name or "项")
        case _:
            return record


@st.composite
def catalogues(draw: st.DrawFn) -> tuple[Record, ...]:
    """Catalogues of three records of each kind that may be published, which refer to each other as they please."""
    dates = {"effective": dt.date(2020, 1, 1), "expires": None, "repealed": None}
    found: list[Record] = []
    for kind in KINDS:
        dot = ".a1" if kind is Kind.PROVISION else ""
        for number in ("1", "2", "10"):
            one = from_row(kind, _writable(to_row(draw(records(kind)))))
            name = {Kind.CONDITION: "policy/c", Kind.RESOURCE: "resource/r-x"}.get(kind, f"{SEGMENTS[kind]}/x")
            found.append(_mended(replace(one, id=f"{name}{number}{dot}"), dates))
    return tuple(_linked(found))


def _linked(found: list[Record]) -> Iterator[Record]:
    """Links as correspondences draw them: each once and in order, none in a circle, from the registered to the law."""
    places = {one.id: place for place, one in enumerate(found)}
    registered = {one.id: one.origin is Origin.REGISTERED for one in found if isinstance(one, Resource)}
    for one in found:
        if isinstance(one, Agency):
            fills = sorted({each for each in one.fills if places[each] > places[one.id]})
            yield replace(one, fills=tuple(fills))
        elif isinstance(one, Resource):
            own = registered[one.id]
            fulfils = sorted({each for each in one.fulfils if own and not registered[each]})
            related = sorted({each for each in one.related if own and registered[each] and each != one.id})
            yield replace(one, fulfils=tuple(fulfils), related=tuple(related))
        else:
            yield one
