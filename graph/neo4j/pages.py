"""Pages of one kind: question → (text, params), the whole page in one record.

The planner is told the range index wherever one serves both the test and the order: then a page costs what it holds,
whatever the size of the store.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from catalog.codec import Row
from catalog.vocabulary import Kind
from graph.neo4j.params import Params
from graph.neo4j.predicates import held, predicate, where
from graph.neo4j.projection import projection
from graph.neo4j.texts import lucene
from graph.neo4j.words import ALL_TEXTS, LABELS, NAMES, SEARCH_INDEX, Column, column, edges, indexed, key
from graph.shape import Contains, Equals, KeysetKey, Linked, Named, Question, Shape, Test

ABSENT = -(2**63)
"""What a missing number sorts as: before every other, as the empty string does among strings."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A Cypher text, its parameters, and what makes rows of the lists it answers."""

    text: str
    params: dict[str, Any]
    decode: Callable[[list[Any]], Row]


def page(question: Question) -> Statement:
    """The statement of a page: one record ``rows, total``; one row more than asked for tells whether there are more."""
    kind, label, out = question.kind, LABELS[question.kind], Params("p")
    descending = question.descending != question.backward
    seed, rest, lead = _seed(question)
    after = _after(question)
    conditions: list[str] = []
    if not lead and isinstance(seed, Contains | Linked):
        head = _driven(kind, seed, out)
    else:
        hint = lead or (question.order if question.order in indexed(kind) and _ordered_by(question).required else "")
        head = f"MATCH (n:{label})" + (f" USING INDEX n:{label}({hint}, id)" if hint else "")
        if lead and seed is not None:
            conditions.append(f"n.{lead} = {out.give(_value(kind, seed))}")
    order, beyond = _order(question, lead, after, descending, out)
    conditions += beyond
    conditions += [predicate(kind, test, "n", out) for test in rest]
    projected, shape_params = projection(kind, question.shape, "n")
    direction = " DESC" if descending else ""
    ordered = ", ".join(f"{one}{direction}" for one in order)
    rows = (
        f"{head}{where(conditions)} WITH n ORDER BY {ordered} LIMIT {out.give(question.first + 1)} "
        f"RETURN collect({projected.text}) AS rows"
    )
    if not question.count:
        text = rows
    else:
        if not lead and isinstance(seed, Contains | Linked):
            passing = where(predicate(kind, test, "n", out) for test in rest)
            counted = f"{_driven(kind, seed, out)}{passing} RETURN count(n) AS total"
        else:
            tests = [predicate(kind, test, "c", out) for test in question.tests]
            counted = f"MATCH (c:{label}){where(tests)} RETURN count(c) AS total"
        text = f"CALL () {{ {rows} }} CALL () {{ {counted} }} RETURN rows, total"
    return Statement(text, {**shape_params, **out.values}, projected.decode)


def by_ids(kind: Kind, shape: Shape, ids: list[str]) -> Statement:
    """The rows of these identifiers, in no order."""
    projected, params = projection(kind, shape, "n")
    text = f"MATCH (n:{LABELS[kind]}) WHERE n.id IN $ids RETURN collect({projected.text}) AS rows"
    return Statement(text, {**params, "ids": ids}, projected.decode)


def batch(kind: Kind, shape: Shape, after: str, first: int, revision: int) -> Statement:
    """The next rows of a scan, as they are now, of those not written after the revision."""
    projected, params = projection(kind, shape, "n")
    text = (
        f"MATCH (n:{LABELS[kind]}) WHERE n.id > $after AND n.revision <= $revision "
        f"WITH n ORDER BY n.id LIMIT $first RETURN collect({projected.text}) AS rows"
    )
    return Statement(text, {**params, "after": after, "first": first, "revision": revision}, projected.decode)


def superseded(kind: Kind, shape: Shape, after: str, first: int, revision: int) -> Statement:
    """The rows of a scan that have been overwritten or deleted since the revision, from the history."""
    projected, params = projection(kind, shape, "n")
    text = (
        "MATCH (n:History) WHERE n.until > $revision AND n.revision <= $revision AND n.kind = $kind AND n.id > $after "
        f"WITH n ORDER BY n.id LIMIT $first RETURN collect({projected.text}) AS rows"
    )
    given = {"after": after, "first": first, "revision": revision, "kind": kind.value}
    return Statement(text, {**params, **given}, projected.decode)


def _seed(question: Question) -> tuple[Test | None, list[Test], str]:
    """The test to begin with, the others, and the indexed property it fixes (if it is an equality)."""
    tests = list(question.tests)
    for position, test in enumerate(tests):
        if isinstance(test, Contains):
            return test, [*tests[:position], *tests[position + 1 :]], ""
        if isinstance(test, Linked) and test.targets and not _direct(question.kind, test):
            return test, tests if test.roles else [*tests[:position], *tests[position + 1 :]], ""
    if question.order == "id":
        for position, test in enumerate(tests):
            if lead := _lead(question.kind, test):
                return test, [*tests[:position], *tests[position + 1 :]], lead
    return None, tests, ""


def _direct(kind: Kind, test: Linked) -> bool:
    return len(test.targets) == 1 and not test.roles and test.path in indexed(kind)


def _lead(kind: Kind, test: Test) -> str:
    match test:
        case Equals(property=name, values=(_,)) if name in indexed(kind):
            return name
        case Equals(property="update_frequency", values=(_,)) if "update_frequency_code" in indexed(kind):
            return "update_frequency_code"
        case Linked() if _direct(kind, test):
            return test.path
        case Named() if "folded" in indexed(kind):
            return "folded"
        case _:
            return ""


def _value(kind: Kind, test: Test) -> Any:
    match test:
        case Equals(property=name, values=(value,)):
            return held(kind, name, value)
        case Linked(targets=(value,)):
            return value
        case Named(text=text):
            return key(text)
    raise AssertionError(test)


def _driven(kind: Kind, seed: Contains | Linked, out: Params) -> str:
    """From what is rarer: the texts that hold the words, or the targets asked for."""
    if isinstance(seed, Linked):
        found = edges(kind)[seed.path]
        targets = "|".join(LABELS[one] for one in found.path.ref.kinds)
        condition = found.condition("e")
        told = [f"t.id IN {out.give(seed.targets)}", *([condition] if condition else [])]
        return f"MATCH (t:{targets}) MATCH {found.pattern(f'n:{LABELS[kind]}', 'e', 't')}{where(told)} WITH DISTINCT n"
    types = ALL_TEXTS if seed.property == "text" else NAMES
    return (
        f"CALL db.index.fulltext.queryNodes('{SEARCH_INDEX}', {out.give(lucene(seed.text))}) YIELD node AS x "
        f"WITH x WHERE x.folded CONTAINS {out.give(seed.text)} MATCH (x)<-[:{types}]-(n:{LABELS[kind]}) WITH DISTINCT n"
    )


def _ordered_by(question: Question) -> Column:
    return Column("id", True, False) if question.order == "id" else column(question.kind, question.order)


def _after(question: Question) -> KeysetKey | None:
    """The key, of the length its order needs."""
    if question.after is not None and len(question.after) != (1 if question.order == "id" else 2):
        raise KeyError(f"a key of {len(question.after)} parts for an order by {question.order}")
    return question.after


def _order(
    question: Question, lead: str, after: KeysetKey | None, descending: bool, out: Params
) -> tuple[list[str], list[str]]:
    """The expressions to order by, and the conditions that begin after the key.

    ``<>`` stands where ``>`` would do: among values not less than the key's it means the same, and unlike it never
    compares a parameter with a stored string by UTF-16 units where the index has them by code point.
    """
    than = "<" if descending else ">"
    if question.order == "id":
        beyond = f"n.id {than} {out.give(after[0])}" if after else "n.id > ''"
        return [f"n.{lead}", "n.id"] if lead else ["n.id"], [beyond]
    by = _ordered_by(question)
    if by.required and by.name in indexed(question.kind):
        by_key = f"n.{by.name}"
        if after is None:
            return [by_key, "n.id"], [f"{by_key} IS NOT NULL", "n.id IS NOT NULL"]
        value, last = out.give(held(question.kind, by.name, after[0])), out.give(after[1])
        beyond = f"{by_key} <> {value} OR n.id {than} {last}"
        return [by_key, "n.id"], [f"{by_key} {than}= {value}", "n.id >= ''", beyond]
    absent: str | int = ABSENT if by.integer else ""
    by_key = f"coalesce(n.{by.name}, {out.give(absent)})"
    if after is None:
        return [by_key, "n.id"], ["n.id > ''"]
    given = absent if after[0] in ("", None) else held(question.kind, by.name, after[0])
    value, last = out.give(given), out.give(after[1])
    return [by_key, "n.id"], [f"{by_key} {than} {value} OR ({by_key} = {value} AND n.id {than} {last})"]
