"""Full-text search: which records' texts contain a substring, ranked."""

from __future__ import annotations

from catalog.errors import BadInput, CursorExpired
from catalog.vocabulary import Kind
from graph.shape import Found, Page, SearchQuestion
from graph.sqlite.connection import Session
from graph.sqlite.grams import needle
from graph.sqlite.model import KINDS, NUMBERS, table
from graph.sqlite.sql import Sql, any_of
from graph.sqlite.where import HOLDERS

SCORES = (1.0, 0.8, 0.6, 0.4)
_LAST = "\U0010ffff" * 2

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


def holders(question: SearchQuestion, chosen: str, params: tuple[object, ...]) -> Sql:
    """Every text that contains the needle with every record that has it."""
    conditions = ["1"]
    given: list[object] = []
    if question.kinds:
        numbers = ", ".join(str(NUMBERS[kind]) for kind in question.kinds)
        conditions.append(f"w.kind IN ({numbers})")
    if question.jurisdiction is not None:
        place = placed(question.jurisdiction)
        conditions.append(f"({place.text})")
        given += place.params
    where = " AND ".join(conditions)
    arms = [
        f"SELECT {chosen.replace('WHICH', repr(what))} FROM {what}_gram g CROSS JOIN {what} n ON n.key = g.rowid "
        f"CROSS JOIN {holder} w ON w.{what} = n.key WHERE g.{what}_gram MATCH ? AND {where}"
        for what, holder in HOLDERS.items()
    ]
    return Sql(" UNION ALL ".join(arms), (*params, needle(question.text), *given) * 2)


def findings(question: SearchQuestion) -> Sql:
    """The statement of a page: place of the score, length, identifier, kind, the text as it stands."""
    text = question.text
    ranked = holders(
        question,
        "CASE WHEN n.folded = ? THEN 0 WHEN n.folded >= ? AND n.folded < ? THEN 1 WHEN w.rank = 0 THEN 2 ELSE 3 END "
        "AS score, n.length, w.rank, w.kind, w.id, w.record, n.key, w.given, WHICH AS which",
        (text, text, text + _LAST),
    )
    beyond = Sql("1")
    if question.after is not None:
        if len(question.after) != 3:
            raise CursorExpired("the cursor is of another question")
        beyond = Sql("(score, length, id) > (?, ?, ?)", tuple(question.after))
    return Sql(
        "SELECT score, length, id, kind, coalesce(given, CASE which WHEN 'name' THEN (SELECT n.folded FROM name n "
        "WHERE n.key = f.key) ELSE (SELECT n.folded FROM text n WHERE n.key = f.key) END) FROM ("
        "SELECT score, length, id, kind, key, given, which FROM (SELECT *, row_number() OVER "
        f"(PARTITION BY record ORDER BY score, length, rank) AS best FROM ({ranked.text})) "
        f"WHERE best = 1 AND {beyond.text} ORDER BY score, length, id LIMIT ?) f ORDER BY score, length, id",
        (*ranked.params, *beyond.params, question.first + 1),
    )


def search(session: Session, question: SearchQuestion) -> Page[Found]:
    """A page of findings."""
    if not question.text:
        raise BadInput("a search needs at least one character", suggestion="give some text to look for")
    statement = findings(question)
    found = session.all(statement.text, statement.params)
    total = None
    if question.count:
        statement = holders(question, "w.record AS record", ())
        total = session.all(f"SELECT count(DISTINCT record) FROM ({statement.text})", statement.params)[0][0]
    rows = tuple(
        Found(
            kind=KINDS[kind],
            id=id_,
            text=text,
            score=SCORES[score],
            key=(score, length, id_),
        )
        for score, length, id_, kind, text in found[: question.first]
    )
    return Page(rows, len(found) > question.first, total)
