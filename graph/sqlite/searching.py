"""Full-text search: which records' texts contain a substring, ranked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import merge, nsmallest
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeAlias

from catalog.errors import BadInput, CursorExpired
from catalog.vocabulary import Kind
from graph.shape import Found, KeysetKey, Page, SearchQuestion
from graph.sqlite.connection import Session
from graph.sqlite.grams import needle
from graph.sqlite.model import KINDS, NUMBERS, table
from graph.sqlite.sql import Sql, any_of, listed
from graph.sqlite.where import HOLDERS

SCORES = (1.0, 0.8, 0.6, 0.4)
_LAST = "\U0010ffff" * 2

Held: TypeAlias = tuple[Any, ...]
"""A row of :func:`holders`."""

_BELONGS = {
    Kind.AGENCY: None,
    Kind.REGULATION: None,
    Kind.PROVISION: (Kind.REGULATION, "regulation"),
    Kind.CONDITION: (Kind.REGULATION, "regulation"),
    Kind.CLOCK: (Kind.REGULATION, "regulation"),
    Kind.DEMAND: (Kind.RESOURCE, "resource"),
}
"""Whose place counts as a record's: its own, or that of the text or resource it is part of."""


def placed(jurisdiction: str) -> Sql:
    """The condition that the holder ``w`` belongs to a place, by code or name."""
    own = "(o.jurisdiction_code = ? OR o.jurisdiction_name = ?)"
    given = (jurisdiction, jurisdiction)
    conditions = [Sql(f"w.kind <= 1 AND EXISTS (SELECT 1 FROM resource o WHERE o.key = w.resource AND {own})", given)]
    for kind, whose in _BELONGS.items():
        if whose is None:
            start = f"{table(kind)} o WHERE o.key = w.record"
        else:
            start = f"{table(kind)} t CROSS JOIN {table(whose[0])} o ON o.key = t.{whose[1]} WHERE t.key = w.record"
        conditions.append(Sql(f"w.kind = {NUMBERS[kind]} AND EXISTS (SELECT 1 FROM {start} AND {own})", given))
    return any_of(conditions)


def restricted(question: SearchQuestion) -> Sql:
    """The condition that the holder ``w`` is of the kinds and of the place asked for."""
    conditions = ["1"]
    given: tuple[object, ...] = ()
    if question.kinds:
        numbers = ", ".join(str(NUMBERS[kind]) for kind in question.kinds)
        conditions.append(f"w.kind IN ({numbers})")
    if question.jurisdiction is not None:
        place = placed(question.jurisdiction)
        conditions.append(f"({place.text})")
        given = place.params
    return Sql(" AND ".join(conditions), given)


def holders(question: SearchQuestion, what: str) -> Sql:
    """The statement of who holds a name, or another text, that contains the text: best first, then the shorter.

    Place of the score, length, identifier, kind, record, rank, the text as it stands where that is not as it is folded,
    the key of the folded one, ``what``. The order of the loops (CROSS JOIN) is the order of the rows: the texts are
    grouped by score and length, and whoever holds one is looked up when its group's turn comes, so that who stops
    early has read little.
    """
    text, where = question.text, restricted(question)
    return Sql(
        "WITH m AS (SELECT n.key, n.length, "
        "CASE WHEN n.folded = ? THEN 0 WHEN n.folded >= ? AND n.folded < ? THEN 1 ELSE 2 END AS score "
        f"FROM {what}_gram g CROSS JOIN {what} n ON n.key = g.rowid WHERE g.{what}_gram MATCH ?) "
        f"SELECT s.score, s.length, w.id, w.kind, w.record, w.rank, w.given, m.key, '{what}' FROM ("
        "SELECT DISTINCT length, score FROM m UNION ALL SELECT DISTINCT length, 3 FROM m WHERE score = 2 "
        "ORDER BY score, length LIMIT -1) s CROSS JOIN m ON m.length = s.length AND m.score = min(s.score, 2) "
        f"CROSS JOIN {HOLDERS[what]} w ON w.{what} = m.key "
        f"WHERE (s.score < 2 OR (s.score = 2) = (w.rank = 0)) AND {where.text}",
        (text, text, text + _LAST, needle(text), *where.params),
    )


def total(question: SearchQuestion) -> Sql:
    """The statement that counts the records."""
    where = restricted(question)
    arms = " UNION ALL ".join(
        f"SELECT w.record FROM {what}_gram g CROSS JOIN {holder} w ON w.{what} = g.rowid "
        f"WHERE g.{what}_gram MATCH ? AND {where.text}"
        for what, holder in HOLDERS.items()
    )
    return Sql(f"SELECT count(DISTINCT record) FROM ({arms})", (needle(question.text), *where.params) * len(HOLDERS))


def best(found: Iterable[Held], after: KeysetKey | None, first: int) -> list[Held]:
    """The first holders after a key, each record once, in its best place; reads to the end of a group and stops.

    What stands before the key is read too, since a record that was answered there is not answered again.
    """
    seen: set[int] = set()
    answer: list[Held] = []
    for place, group in groupby(found, key=itemgetter(0, 1)):
        better: dict[int, Held] = {}
        for held in group:
            record = held[4]
            if record not in seen and (record not in better or held[5] < better[record][5]):
                better[record] = held
        seen |= better.keys()
        if after is None or place >= after[:2]:
            new = (held for held in better.values() if after is None or held[:3] > after)
            answer += nsmallest(first - len(answer), new, key=itemgetter(2))
        if len(answer) == first:
            break
    return answer


def search(session: Session, question: SearchQuestion) -> Page[Found]:
    """A page of findings."""
    if not question.text:
        raise BadInput("a search needs at least one character", suggestion="give some text to look for")
    after = question.after
    if after is not None and tuple(map(type, after)) != (int, int, str):
        raise CursorExpired("the cursor is of another question")
    statements = [holders(question, what) for what in HOLDERS]
    streams = [session.stream(one.text, one.params) for one in statements]
    found = best(merge(*streams, key=itemgetter(0, 1)), after, question.first + 1)
    shown = found[: question.first]
    said = _said(session, shown)
    counted = None
    if question.count:
        statement = total(question)
        counted = session.all(statement.text, statement.params)[0][0]
    rows = tuple(
        Found(KINDS[kind], id_, said[what, key] if given is None else given, SCORES[score], (score, length, id_))
        for score, length, id_, kind, _, _, given, key, what in shown
    )
    return Page(rows, len(found) > question.first, counted)


def _said(session: Session, shown: Sequence[Held]) -> dict[tuple[str, int], str]:
    """The texts that stand as they are folded, by their table and key."""
    arms: list[str] = []
    params: list[object] = []
    for what in HOLDERS:
        held = listed(row[7] for row in shown if row[8] == what and row[6] is None)
        arms.append(f"SELECT '{what}', key, folded FROM {what} WHERE key IN {held.text}")
        params += held.params
    return {(what, key): folded for what, key, folded in session.all(" UNION ALL ".join(arms), params)}
