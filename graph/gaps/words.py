"""Pieces of SQL and Cypher that several rules share, and how the words in braces of a rule become text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from catalog.vocabulary import Kind
from graph.gaps.rule import Rule

DEMAND_SQL = """FROM demand d JOIN agency a ON a.key = d.agency LEFT JOIN agency p ON p.key = d.provider
        LEFT JOIN resource r ON r.key = d.resource"""
DEMAND_CYPHER = """MATCH (d:Demand)<-[:DEMANDS]-(a:Agency) OPTIONAL MATCH (d)-[:ASKED_OF]->(p:Agency)
        OPTIONAL MATCH (d)-[:FOR]->(r:Resource) WITH d, a, p, r"""
"""A demand ``d`` with who asks ``a``, who is asked ``p``, and the resource ``r`` it is for."""

_LETTERS = {Kind.RESOURCE: "r", Kind.AGENCY: "a", Kind.DATA_ELEMENT: "e", Kind.DEMAND: "d"}
_LABELS = {
    Kind.RESOURCE: "Resource",
    Kind.AGENCY: "Agency",
    Kind.DATA_ELEMENT: "DataElement",
    Kind.DEMAND: "Demand",
}
_PATH = re.compile(r"\{path:(\w+)\.([\w.]+)\}")
_SQL_PLACE = "CASE WHEN {0}.jurisdiction_code <> '' THEN {0}.jurisdiction_code ELSE {0}.jurisdiction_name END"
_CYPHER_PLACE = "coalesce({0}.jurisdiction_code, {0}.jurisdiction_name, {1})"


def _nested(template: str, *letters: str) -> str:
    text = "''"
    for letter in reversed(letters):
        text = template.format(letter, text)
    return text


SQL = {
    "{place}": _SQL_PLACE.format("r"),
    "{demand}": "coalesce("
    + ", ".join(f"nullif({one}.jurisdiction_{part}, '')" for one in "apr" for part in ("code", "name"))
    + ", '')",
    "{owner}": "json_extract(r.body, '$.responsibilities[0].agency')",
}
CYPHER = {
    "{place}": _nested(_CYPHER_PLACE, "r"),
    "{demand}": _nested(_CYPHER_PLACE, "a", "p", "r"),
    "{owner}": "head(COLLECT { MATCH (r)<-[h:RESPONSIBLE_FOR]-(x:Agency) RETURN x.id ORDER BY h.position LIMIT 1 })",
}


def sql(rule: Rule, numbers: Mapping[tuple[str, str], int], *, scoped: bool) -> str:
    """A rule's SQL; ``numbers`` are those of the file's reference paths, by kind and dotted path.

    Scoped, it starts at the subjects: SQLite keeps no statistics, and would take an index on the origin for a better
    one.
    """
    text = rule.sql
    if scoped:
        text = text.replace("r.origin", "+r.origin")
    first = ("resource r", "field f") if scoped else ("field f", "resource r")
    pieces = {
        **SQL,
        "{lists}": f"{first[0]} CROSS JOIN {first[1]} ON f.resource = r.key",
        "{scope}": _scope(rule.subject, scoped=scoped),
    }
    for word, piece in pieces.items():
        text = text.replace(word, piece)
    return numbered(text, numbers)


def each_sql(rules: Sequence[Rule], *, scoped: bool) -> str:
    """One statement for rules that look at each resource: its identifier, owner, place and key, and a detail for each.

    Parameters: ``scope``, ``places_KIND`` for each rule, and the lists of their ``words``.
    """
    details = (
        f"CASE WHEN {{place}} IN (SELECT value FROM json_each(:places_{rule.kind.value})) THEN {rule.sql} END"
        for rule in rules
    )
    text = f"SELECT r.id, {{owner}}, {{place}}, r.key, {', '.join(details)} FROM resource r"
    text += " WHERE +r.origin = 'REGISTERED' AND +r.regime = 'SHARING' {scope}"
    for word, piece in {**SQL, "{scope}": _scope(Kind.RESOURCE, scoped=scoped)}.items():
        text = text.replace(word, piece)
    return text


def _scope(kind: Kind, *, scoped: bool) -> str:
    return f"AND {_LETTERS[kind]}.id IN (SELECT value FROM json_each(:scope))" if scoped else ""


def numbered(text: str, numbers: Mapping[tuple[str, str], int]) -> str:
    """SQL with the numbers of its reference paths."""
    return _PATH.sub(lambda found: str(numbers[found[1], found[2]]), text)


def cypher(rule: Rule, *, scoped: bool) -> str:
    """A rule's Cypher; scoped, each of its arms starts at the subjects.

    In a store whose records are being written the planner knows of none, and would walk over all fields' resources
    rather than ask an index for the few names: it is told.
    """
    text = rule.cypher
    named = "WHERE" if scoped else "USING INDEX f:Field(name, id) WHERE f.id > '' AND"
    for word, piece in {**CYPHER, "{scope}": "", "{named}": named}.items():
        text = text.replace(word, piece)
    if not scoped:
        return text
    one = _LETTERS[rule.subject]
    start = f"MATCH ({one}:{_LABELS[rule.subject]}) WHERE {one}.id IN $scope WITH {one} "
    return " UNION ALL ".join(start + arm for arm in text.split(" UNION ALL "))
