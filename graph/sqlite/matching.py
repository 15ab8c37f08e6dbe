"""Which fields and resources answer to a name: four tiers in one statement, of which only the needed ones run."""

from __future__ import annotations

from catalog.errors import BadInput, CursorExpired
from catalog.vocabulary import Kind, MatchKind
from graph.shape import Hit, MatchQuestion, Page
from graph.sqlite.connection import Session
from graph.sqlite.grams import needle
from graph.sqlite.model import KINDS, NUMBERS
from graph.sqlite.sql import Sql, listed

_TIERS = list(MatchKind)
_ELEMENT = NUMBERS[Kind.DATA_ELEMENT]
_SAID = "FROM name n CROSS JOIN naming w ON w.name = n.key"
_FOUND = "FROM name_gram g CROSS JOIN name n ON n.key = g.rowid CROSS JOIN naming w ON w.name = n.key"
_MEANT = f"{_SAID} CROSS JOIN field f ON f.data_element = w.record"
_BETTER = (
    "NOT EXISTS (SELECT 1 FROM name m CROSS JOIN naming x ON x.name = m.key "
    "WHERE m.folded = ? AND x.kind = {kind} AND x.id = {id})"
)
"""A record is answered once: not again where its own name or alias is the text itself."""
_ELEMENTS = (
    f"SELECT x.record FROM name m CROSS JOIN naming x ON x.name = m.key WHERE m.folded = ? AND x.kind = {_ELEMENT}"
)
_NOT_MEANT = (
    f"(w.kind <> 0 OR NOT EXISTS ({_ELEMENTS}) OR "
    f"coalesce((SELECT f.data_element FROM field f WHERE f.key = w.record), -1) NOT IN ({_ELEMENTS}))"
)


def restricted(question: MatchQuestion, resource: str) -> Sql:
    """The condition that a resource key is of the place and regimes asked for."""
    conditions, params = [], []
    if question.jurisdiction is not None:
        conditions.append("(r.jurisdiction_code = ? OR r.jurisdiction_name = ?)")
        params += [question.jurisdiction] * 2
    if question.regimes:
        held = listed(question.regimes)
        conditions.append(f"r.regime IN {held.text}")
        params += held.params
    if not conditions:
        return Sql("1")
    where = " AND ".join(conditions)
    return Sql(f"EXISTS (SELECT 1 FROM resource r WHERE r.key = {resource} AND {where})", tuple(params))


def hits(question: MatchQuestion) -> Sql:
    """The statement of a page: tier, length, folded name, kind, identifier, its resource, the name as it stands."""
    after = question.after
    if after is not None and len(after) != 5:
        raise CursorExpired("the cursor is of another question")
    limit = question.first + 1
    arms: list[Sql] = []
    for tier, _ in enumerate(_TIERS):
        if after is not None and isinstance(after[0], int) and tier < after[0]:
            continue
        arm = _ways[tier](question)
        if tier == 3:
            arms.append(Sql(f"SELECT * FROM ({arm.text})", arm.params))
            continue
        beyond = Sql("1")
        if after is not None and tier == after[0]:
            beyond = Sql("(length, folded, kind, id) > (?, ?, ?, ?)", tuple(after[1:]))
        arms.append(
            Sql(
                f"SELECT * FROM (SELECT * FROM ({arm.text}) WHERE {beyond.text} "
                "ORDER BY length, folded, kind, id LIMIT ?)",
                (*arm.params, *beyond.params, limit),
            )
        )
    union = " UNION ALL ".join(arm.text for arm in arms)
    params = sum((arm.params for arm in arms), ())
    # the arms are read one after the other, and not at all once the page is full
    return Sql(
        "SELECT tier, length, folded, kind, id, (SELECT r.id FROM resource r WHERE r.key = resource), given "
        f"FROM ({union} LIMIT ?)",
        (*params, limit),
    )


def _own(tier: int, rank: str, question: MatchQuestion) -> Sql:
    there = restricted(question, "w.resource")
    return Sql(
        f"SELECT {tier} AS tier, n.length, n.folded, w.kind, w.id, w.resource, w.given {_SAID} "
        f"WHERE n.folded = ? AND w.kind <= 1 AND {rank} AND {there.text}",
        (question.what, *there.params),
    )


def _exact(question: MatchQuestion) -> Sql:
    return _own(0, "w.rank = 0", question)


def _alias(question: MatchQuestion) -> Sql:
    return _own(1, "w.rank > 0", question)


def _element(question: MatchQuestion) -> Sql:
    there = restricted(question, "f.resource")
    better = _BETTER.format(kind=0, id="f.id")
    return Sql(
        f"SELECT 2 AS tier, n.length, n.folded, 0 AS kind, f.id, f.resource, w.given {_MEANT} "
        f"WHERE n.folded = ? AND w.kind = {_ELEMENT} AND {better} AND {there.text}",
        (question.what, question.what, *there.params),
    )


def _substring(question: MatchQuestion) -> Sql:
    """Names that contain the text, shortest first, then their holders: in this order the loops give the rows.

    The order of the loops (CROSS JOIN from a sorted subquery, which its LIMIT keeps apart, into the key order of
    ``naming``) is the order of the answer, so that a page of a text that a million fields hold reads a page of them.
    A record with several names is answered for the first of them.
    """
    there = restricted(question, "w.resource")
    what, after = question.what, question.after
    begun, beyond = Sql("1"), Sql("1")
    if after is not None and after[0] == 3:
        begun = Sql("(n.length, n.folded) >= (?, ?)", tuple(after[1:3]))
        beyond = Sql("(n.length, n.folded, w.kind, w.id) > (?, ?, ?, ?)", tuple(after[1:]))
    names = (
        "SELECT n.key, n.length, n.folded FROM name_gram g CROSS JOIN name n ON n.key = g.rowid "
        f"WHERE g.name_gram MATCH ? AND n.folded <> ? AND {begun.text} ORDER BY n.length, n.folded LIMIT -1"
    )
    sooner = (
        "SELECT 1 FROM naming x CROSS JOIN name m ON m.key = x.name WHERE x.record = w.record AND x.several = 1 "
        "AND (m.length, m.folded) < (n.length, n.folded) AND instr(m.folded, ?) > 0"
    )
    return Sql(
        f"SELECT 3 AS tier, n.length, n.folded, w.kind, w.id, w.resource, w.given FROM ({names}) n "
        f"CROSS JOIN naming w ON w.name = n.key WHERE w.kind <= 1 AND {beyond.text} AND {there.text} "
        f"AND (w.several = 0 OR NOT EXISTS ({sooner})) AND {_NOT_MEANT} LIMIT ?",
        (needle(what), what, *begun.params, *beyond.params, *there.params, what, what, what, question.first + 1),
    )


_ways = (_exact, _alias, _element, _substring)


def total(question: MatchQuestion) -> Sql:
    """The statement that counts the records of all tiers."""
    own, meant = restricted(question, "w.resource"), restricted(question, "f.resource")
    return Sql(
        f"SELECT count(*) FROM (SELECT w.record {_FOUND} WHERE g.name_gram MATCH ? AND w.kind <= 1 AND {own.text} "
        f"UNION SELECT f.key {_MEANT} WHERE n.folded = ? AND w.kind = {_ELEMENT} AND {meant.text})",
        (needle(question.what), *own.params, question.what, *meant.params),
    )


def match(session: Session, question: MatchQuestion) -> Page[Hit]:
    """A page of matches."""
    if not question.what:
        raise BadInput("a name needs at least one character", suggestion="give the name of a field or resource")
    statement = hits(question)
    found = sorted(session.all(statement.text, statement.params), key=lambda row: row[:5])
    counted = None
    if question.count:
        statement = total(question)
        counted = session.all(statement.text, statement.params)[0][0]
    rows = tuple(
        Hit(
            how=_TIERS[tier].value,
            text=folded if given is None else given,
            kind=KINDS[kind],
            id=id_,
            resource=resource,
            key=(tier, length, folded, kind, id_),
        )
        for tier, length, folded, kind, id_, resource, given in found[: question.first]
    )
    return Page(rows, len(found) > question.first, counted)
