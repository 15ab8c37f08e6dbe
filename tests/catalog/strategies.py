"""Records of every kind for property tests, made from the rows of the field table."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any, cast

from hypothesis import strategies as st

from catalog.identifiers import SEGMENTS
from catalog.record import Record
from catalog.records import RECORDS
from catalog.table import Cardinality, Property, Ref, Scalar, rows, value_rows
from catalog.vocabulary import Kind, Term

LETTERS = "乾坤隆執行繁體简体广廣州婚姻状態态薴苧臺台後后髮发著瞭麼餘徵鍾甯於夥①ＡＢａｂＺß𠮷\u3000 \n\t\u200b\ufeff\u0301\u0345aZ09。、（）"
"""Characters that folding and conversion have trouble with."""

texts = st.one_of(st.text(max_size=8), st.text(LETTERS, max_size=12))
_SCALARS: dict[Scalar, st.SearchStrategy[Any]] = {
    Scalar.TEXT: texts,
    Scalar.INTEGER: st.integers(-(2**53), 2**53),
    Scalar.BOOLEAN: st.booleans(),
    Scalar.DATE: st.dates(dt.date(1949, 10, 1), dt.date(2999, 12, 31)),
}


@cache
def identifiers(kind: Kind) -> st.SearchStrategy[str]:
    """A handful of identifiers of a kind, so that records meet."""
    dot = ".a1" if kind is Kind.PROVISION else ""
    return st.sampled_from([f"{SEGMENTS[kind]}/{name}{dot}" for name in ("x1", "x2", "x10")])


def _one(row: Property) -> st.SearchStrategy[Any]:
    if isinstance(row.type, Ref):
        return st.one_of(*(identifiers(kind) for kind in row.type.kinds))
    if isinstance(row.type, Scalar):
        return _SCALARS[row.type]
    if row.is_term:
        return st.sampled_from(list(cast("type[Term]", row.type)))
    return _built(row.type, value_rows(row.type))


def _several(row: Property) -> st.SearchStrategy[Any]:
    one = _one(row)
    match row.cardinality:
        case Cardinality.ONE:
            return one
        case Cardinality.OPTIONAL:
            return st.none() | one
        case _:
            return st.lists(one, max_size=3).map(tuple)


def _built(owner: type[Any], found: tuple[Property, ...]) -> st.SearchStrategy[Any]:
    return st.builds(owner, **{row.name: _several(row) for row in found})


@cache
def records(kind: Kind) -> st.SearchStrategy[Record]:
    """Any record of a kind."""
    own = {row.name: _several(row) for row in rows(kind)}
    return st.builds(RECORDS[kind], **{**own, "id": identifiers(kind)})


def any_record() -> st.SearchStrategy[Record]:
    """Any record of any kind."""
    return st.one_of(*(records(kind) for kind in RECORDS))
