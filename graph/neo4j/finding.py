"""Match and search: from texts in the substring index to the records that say them, ranked as the port says."""

from __future__ import annotations

from typing import Any

from catalog.vocabulary import Kind, MatchKind
from graph.neo4j.params import Params
from graph.neo4j.predicates import all_of, where
from graph.neo4j.texts import lucene, text_id
from graph.neo4j.words import ALIAS, ALL_TEXTS, LABELS, NAMED, NAMES, SEARCH_INDEX, key
from graph.shape import MatchQuestion, SearchQuestion

TIERS = tuple(MatchKind)
SCORES = (1.0, 0.8, 0.6, 0.4)
_FIELD, _RESOURCE = 0, 1
MATCHED = (Kind.FIELD, Kind.RESOURCE)
"""The kinds that answer to a name, in the order of the key."""


def match(question: MatchQuestion) -> tuple[str, dict[str, Any]]:
    """The statement of a match: ``better`` are [tier, rank, id, resource, text], ``others`` the substring tier's
    [length, folded, rank, id, resource, text], in order. The substrings are only sought where the others leave room.

    Own names come from a range index in the order of their ids, so that a common name costs what its page holds.
    """
    out = Params()
    names = {name: out.give(value) for name, value in _values(question).items()}
    branches = [
        text
        for tier in (0, 1, 2)
        for rank in MATCHED_RANKS[tier]
        if (text := _branch(question, tier, rank, names, out))
    ]
    union = " UNION ALL ".join(branches)
    better = f"CALL () {{ {union} }} WITH collect(hit) AS better" if branches else "WITH [] AS better"
    text = (
        f"{better} CALL (better) {{ UNWIND CASE WHEN size(better) < {names['limit']} THEN [1] ELSE [] END AS go "
        f"{_substring(question, names, out)} RETURN collect(hit) AS others }} "
    )
    if question.count:
        text += f"CALL () {{ {_total(question, names, out)} }} RETURN better, others, total"
    else:
        text += "RETURN better, others"
    return text, out.values


MATCHED_RANKS: dict[int, tuple[int, ...]] = {0: (_FIELD, _RESOURCE), 1: (_FIELD, _RESOURCE), 2: (_FIELD,)}


def _values(question: MatchQuestion) -> dict[str, Any]:
    return {
        "what": question.what,
        "key": key(question.what),
        "text": text_id(question.what),
        "query": lucene(question.what),
        "limit": question.first + 1,
    }


def _restrict(question: MatchQuestion, resource: str, out: Params) -> list[str]:
    conditions = []
    if question.jurisdiction is not None:
        given = out.give(question.jurisdiction)
        conditions.append(f"{resource}.jurisdiction_code = {given} OR {resource}.jurisdiction_name = {given}")
    if question.regimes:
        conditions.append(f"{resource}.regime IN {out.give(question.regimes)}")
    return conditions


def _restricted(question: MatchQuestion, rank: int, out: Params) -> list[str]:
    """The restriction of the resource, for a field of its resource."""
    if rank == _RESOURCE:
        return _restrict(question, "n", out)
    conditions = _restrict(question, "r", out)
    return [f"EXISTS {{ MATCH (n)<-[:HAS_FIELD]-(r){where(conditions)} }}"] if conditions else []


def _either(question: MatchQuestion, out: Params) -> str:
    field, resource = _restricted(question, _FIELD, out), _restricted(question, _RESOURCE, out)
    return f"(n:Field AND {all_of(field)}) OR (n:Resource AND {all_of(resource)})"


def _branch(question: MatchQuestion, tier: int, rank: int, names: dict[str, str], out: Params) -> str:
    """One tier of one kind; nothing where the key is already beyond it."""
    conditions = [f"n.id > {out.give('')}"]
    if question.after is not None:
        seen_tier, seen_rank, seen_id = question.after[0], question.after[3], question.after[4]
        if (tier, rank) < (seen_tier, seen_rank):
            return ""
        if (tier, rank) == (seen_tier, seen_rank):
            conditions = [f"n.id > {out.give(seen_id)}"]
    label = LABELS[MATCHED[rank]]
    conditions += _restricted(question, rank, out)
    resource = "n.id" if rank == _RESOURCE else "n.resource"
    if tier == 0:
        head = f"MATCH (n:{label}) USING INDEX n:{label}(folded, id)"
        conditions.insert(0, f"n.folded = {names['key']}")
        order = "n.folded, n.id"
        text = (
            f"CASE WHEN n.long IS NULL THEN n.name ELSE head(COLLECT {{ MATCH (n)-[e:{NAMED}]->() RETURN e.text }}) END"
        )
    elif tier == 1:
        head = f"MATCH (:Text {{id: {names['text']}}})<-[e:{ALIAS}]-(n:{label})"
        conditions += [f"n.folded <> {names['key']}"]
        order, text = "n.id", "e.text"
    else:
        head = f"{_elements(names)} MATCH (d)<-[:MEANS]-(n:{label})"
        alias = f"NOT EXISTS {{ (n)-[:{ALIAS}]->(:Text {{id: {names['text']}}}) }}"
        conditions += [f"n.folded <> {names['key']}", alias]
        order, text = "n.id", "e.text"
    named = f"WITH n, {text} AS text" if tier == 0 else "WITH n, e.how AS how, e.text AS text ORDER BY how DESC, text"
    if tier:
        named += " WITH n, head(collect(text)) AS text"
    return (
        f"{head}{where(conditions)} {named} ORDER BY {order} LIMIT {names['limit']} "
        f"RETURN [{tier}, {rank}, n.id, {resource}, text] AS hit"
    )


def _own(node: str) -> str:
    """A record's own name as it stands there; one too long for a range index is kept whole on its edge."""
    whole = f"head(COLLECT {{ MATCH ({node})-[e:{NAMED}]->() RETURN e.text }})"
    return f"CASE WHEN {node}.long IS NULL THEN {node}.name ELSE {whole} END"


def _elements(names: dict[str, str]) -> str:
    """The data elements of that name or alias, each as ``d``, with how and by which text as ``e``."""
    own = f"MATCH (d:DataElement) USING INDEX d:DataElement(folded, id) WHERE d.folded = {names['key']} AND d.id > ''"
    others = f"MATCH (:Text {{id: {names['text']}}})<-[a:{ALIAS}]-(d:DataElement)"
    return (
        f"CALL () {{ {own} RETURN d, {{how: 'EXACT', text: {_own('d')}}} AS e UNION ALL "
        f"{others} RETURN d, {{how: 'ALIAS', text: a.text}} AS e }}"
    )


def _substring(question: MatchQuestion, names: dict[str, str], out: Params) -> str:
    """Names that hold more than the words, shortest first; each record by the first of its names that does.

    The texts are sorted before their records are looked up, so that only as many are as the page holds.
    """
    conditions = [
        f"NOT EXISTS {{ MATCH (n)-[:{NAMES}]->(b:Name) WHERE b.folded CONTAINS {names['what']} "
        "AND (b.length < x.length OR (b.length = x.length AND b.folded < x.folded)) }",
        f"NOT EXISTS {{ MATCH (n)-[:MEANS]->(:DataElement)-[:{NAMES}]->(:Text {{id: {names['text']}}}) }}",
    ]
    if question.jurisdiction is not None or question.regimes:
        conditions.append(_either(question, out))
    if question.after is not None and question.after[0] == len(TIERS) - 1:
        length, folded, rank, last = (out.give(part) for part in question.after[1:])
        conditions.append(
            f"x.length > {length} OR (x.length = {length} AND (x.folded > {folded} OR (x.folded = {folded} "
            f"AND (rank > {rank} OR (rank = {rank} AND n.id > {last})))))"
        )
    return (
        f"CALL db.index.fulltext.queryNodes('{SEARCH_INDEX}', {names['query']}) YIELD node AS x "
        f"WITH x WHERE x:Name AND x.folded CONTAINS {names['what']} AND x.folded <> {names['what']} "
        "WITH x, x.length AS length, x.folded AS folded ORDER BY length, folded "
        f"MATCH (x)<-[:{NAMES}]-(n:Field|Resource) "
        f"WITH DISTINCT length, folded, x, n, CASE WHEN n:Field THEN 0 ELSE 1 END AS rank{where(conditions)} "
        "WITH length, folded, x, n, rank "
        f"ORDER BY length, folded, rank, n.id LIMIT {names['limit']} "
        "WITH [length, folded, rank, n.id, CASE rank WHEN 0 THEN n.resource ELSE n.id END, "
        f"head(COLLECT {{ MATCH (n)-[e:{NAMES}]->(x) RETURN e.text ORDER BY e.how DESC, e.text }})] AS hit"
    )


def _total(question: MatchQuestion, names: dict[str, str], out: Params) -> str:
    field = _restricted(question, _FIELD, out)
    both = f" WHERE {_either(question, out)}" if field else ""
    return (
        f"CALL () {{ CALL db.index.fulltext.queryNodes('{SEARCH_INDEX}', {names['query']}) YIELD node AS x "
        f"WITH x WHERE x:Name AND x.folded CONTAINS {names['what']} MATCH (x)<-[:{NAMES}]-(n:Field|Resource){both} "
        f"RETURN n UNION MATCH (:Text {{id: {names['text']}}})<-[:{NAMES}]-(:DataElement)<-[:MEANS]-(n:Field)"
        f"{where(field)} RETURN n }} RETURN count(n) AS total"
    )


def search(question: SearchQuestion) -> tuple[str, dict[str, Any]]:
    """The statement of a search: ``hits`` are [score's place, length, id, text] in order."""
    out = Params()
    text, limit = out.give(question.text), out.give(question.first + 1)
    label = f":{'|'.join(LABELS[kind] for kind in question.kinds)}" if question.kinds else ""
    conditions = ["e.rank IS NOT NULL"]
    if question.jurisdiction is not None:
        conditions.append(_within(out.give(question.jurisdiction)))
    found = (
        f"CALL db.index.fulltext.queryNodes('{SEARCH_INDEX}', {out.give(lucene(question.text))}) YIELD node AS x "
        f"WITH x WHERE x.folded CONTAINS {text} MATCH (x)<-[e:{ALL_TEXTS}]-(n{label}){where(conditions)}"
    )
    beyond = ""
    if question.after is not None:
        place, length, last = (out.give(part) for part in question.after)
        beyond = (
            f" WHERE best[0] > {place} OR (best[0] = {place} AND (best[1] > {length} OR "
            f"(best[1] = {length} AND n.id > {last})))"
        )
    hits = (
        f"{found} WITH n, min([CASE WHEN x.folded = {text} THEN 0 WHEN x.folded STARTS WITH {text} THEN 1 "
        "WHEN e.rank = 0 THEN 2 ELSE 3 END, x.length, e.rank, e.text]) AS best"
        f"{beyond} WITH n, best ORDER BY best[0], best[1], n.id LIMIT {limit} "
        "RETURN collect([best[0], best[1], n.id, best[3]]) AS hits"
    )
    if question.count:
        return (
            f"CALL () {{ {hits} }} CALL () {{ {found} RETURN count(DISTINCT n) AS total }} RETURN hits, total",
            out.values,
        )
    return hits, out.values


def _within(given: str) -> str:
    """A record belongs to its own place, or to that of the resource or text it is part of."""

    def there(node: str) -> str:
        return f"{node}.jurisdiction_code = {given} OR {node}.jurisdiction_name = {given}"

    return (
        f"{there('n')} OR EXISTS {{ MATCH (n)-[:PART_OF|IN_REGULATION|FOR]->(o) WHERE {there('o')} }} "
        f"OR EXISTS {{ MATCH (n)<-[:HAS_FIELD]-(o) WHERE {there('o')} }}"
    )
