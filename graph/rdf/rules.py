"""Conditions and clocks as ODRL rules and constraints that can be read back without loss. Full view.

Each condition is a rule of the policy of the text it stands in; the words of the text go with it. Lists are numbered
nodes, so that their order is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from catalog.codec import Row
from catalog.identifiers import slug
from catalog.vocabulary import ClockKind, ClockUnit, ConditionKind, Kind, Topic
from graph.rdf.context import Publication
from graph.rdf.lines import (
    CONCEPT,
    IRI,
    LANGUAGE,
    LITERAL,
    Line,
    Thing,
    concept,
    declared,
    held,
    nested,
    node,
    refers,
    term_node,
    typed,
)
from graph.rdf.terms import NAMESPACES, Iri, Literal, Subject, expand

RULES: Mapping[str, tuple[str, str]] = {
    ConditionKind.PERMISSION: ("odrl:Permission", "odrl:permission"),
    ConditionKind.PROHIBITION: ("odrl:Prohibition", "odrl:prohibition"),
    ConditionKind.DUTY: ("odrl:Duty", "odrl:obligation"),
    ConditionKind.DEFINITION: ("gir:Definition", "gir:definition"),
}
OPERATORS = frozenset("eq gt gteq hasPart isA isAllOf isAnyOf isNoneOf isPartOf lt lteq neq".split())
COUNTED: Mapping[str, str] = {
    ClockUnit.WORKING_DAY: "workingDays", ClockUnit.CALENDAR_DAY: "calendarDays", ClockUnit.WEEK: "weeks",
    ClockUnit.MONTH: "months", ClockUnit.QUARTER: "quarters", ClockUnit.YEAR: "years",
}  # fmt: skip
"""The left operands of periods: ``xsd:duration`` cannot say working days."""
_INTEGER, _BOOLEAN = "xsd:integer", "xsd:boolean"


def _citation(thing: Thing, part: str) -> Iterator[str]:
    if citation := thing.row["citation"]:
        if part == "text":
            yield citation["text"]
        elif citation[part]:
            yield thing.publication.id(citation[part]["id"])


CITED = (
    Line("gir:citedText", LANGUAGE, lambda t: _citation(t, "text")),
    Line("dct:source", IRI, lambda t: _citation(t, "provision")),
    Line("gir:citedRegulation", IRI, lambda t: _citation(t, "regulation")),
)


def _parts(name: str, predicate: str) -> Line:
    """The numbered nodes of a list."""
    return Line(
        predicate, IRI, lambda t: (t.below(f"{name}-{number}") for number, _ in enumerate(t.row[name] or (), start=1))
    )


def _action(thing: Thing) -> str:
    return thing.publication.iri("id/concept/action", thing.row["action"])


def _constraints(thing: Thing) -> Iterator[str]:
    for number, _ in enumerate(thing.row["constraints"], start=1):
        yield thing.below(f"constraints-{number}")
    for clock in nested(thing.row, "clocks"):
        yield thing.publication.id(clock["id"])


_RULE_LINES: tuple[Line, ...] = (
    Line("rdf:type", CONCEPT, lambda t: (expand(RULES[t.row["condition_kind"]][0]),)),
    Line("odrl:target", IRI, lambda t: (t.below("assets"),)),
    Line(declared(Kind.CONDITION, "action").predicate, IRI, lambda t: (_action(t),)),
    refers("agencies", "odrl:assignee"),
    Line("odrl:constraint", IRI, _constraints),
    concept("topic", "gir:topic", "topic"),
    held("text", "gir:text", LANGUAGE),
    Line("gir:spanStart", LITERAL, lambda t: (str(t.row["span"]["start"]),), _INTEGER),
    Line("gir:spanEnd", LITERAL, lambda t: (str(t.row["span"]["end"]),), _INTEGER),
    Line("gir:spanLine", LITERAL, lambda t: (str(t.row["span"]["line"]),), _INTEGER),
    held("position", "gir:position", LITERAL, _INTEGER),
    held("trigger", "gir:trigger", LANGUAGE),
    _parts("actor", "gir:actor"),
    _parts("counterparty", "gir:counterparty"),
    _parts("exceptions", "gir:exception"),
    refers("regulation", "dct:isPartOf"),
    *CITED,
)
CLOCK_LINES: tuple[Line, ...] = (
    *typed("odrl:Constraint", "gir:Clock"),
    Line("odrl:leftOperand", CONCEPT, lambda t: (f"{NAMESPACES['gir']}{_left(t.row)}",)),
    Line("odrl:operator", CONCEPT, lambda t: (expand("odrl:eq" if _exact(t.row) else "odrl:lteq"),)),
    Line("gir:action", LANGUAGE, lambda t: (t.row["action"],)),
    concept("clock_kind", "gir:clockKind", "clock-kind"),
    held("text", "gir:text", LANGUAGE),
    refers("regulation", "dct:isPartOf"),
    held("position", "gir:position", LITERAL, _INTEGER),
    _parts("actor", "gir:actor"),
    held("amount", "gir:amount", LITERAL, _INTEGER),
    concept("unit", "gir:unit", "clock-unit"),
    held("start", "gir:from", LANGUAGE),
    held("from_implied", "gir:fromImplied", LITERAL, _BOOLEAN),
    held("month", "gir:month", LITERAL, _INTEGER),
    held("day", "gir:day", LITERAL, _INTEGER),
    held("date", "gir:date", LITERAL, "xsd:date"),
    refers("extension", "gir:extension"),
    *CITED,
)
_CONSTRAINT_LINES: tuple[Line, ...] = (
    *typed("odrl:Constraint"),
    Line("odrl:leftOperand", CONCEPT, lambda t: (operand(t.publication, t.row["left_operand"]),)),
    Line("odrl:operator", CONCEPT, lambda t: (operator(t.publication, t.row["operator"]),)),
    held("right_operand", "odrl:rightOperand"),
    held("unit", "gir:unitText"),
    held("text", "gir:text", LANGUAGE),
    Line("gir:position", LITERAL, lambda t: (str(t.number),), _INTEGER),
)


def _exact(row: Mapping[str, Any]) -> bool:
    return row["clock_kind"] in (ClockKind.PERIODIC, ClockKind.VAGUE, ClockKind.IMMEDIATE, ClockKind.REAL_TIME)


def _left(row: Mapping[str, Any]) -> str:
    if row["clock_kind"] in (ClockKind.DURATION, ClockKind.PERIODIC) and row["unit"]:
        name = COUNTED[row["unit"]]
        return f"timesPer{name[0].upper()}{name[1:-1]}" if row["clock_kind"] == ClockKind.PERIODIC else name
    return {"DATE": "date", "YEARLY": "yearlyDate", "REAL_TIME": "realTime"}.get(row["clock_kind"], "period")


def _right(row: Mapping[str, Any]) -> Literal:
    if row["clock_kind"] == ClockKind.DATE and row["date"]:
        return Literal(row["date"], datatype="xsd:date")
    if row["clock_kind"] == ClockKind.YEARLY and row["month"] and row["day"]:
        return Literal(f"--{row['month']:02}-{row['day']:02}", datatype="xsd:gMonthDay")
    if row["amount"] is not None:
        return Literal(str(row["amount"]), datatype=_INTEGER)
    return Literal(row["text"], language="zh-Hans")


def operand(publication: Publication, word: str) -> str:
    """The left operand that a constraint names, as a concept of ours."""
    return publication.iri("id/concept/operand", word)


def operator(publication: Publication, word: str) -> str:
    """The ODRL operator; a concept of ours for a word that is none."""
    return expand(f"odrl:{word}") if word in OPERATORS else publication.iri("id/concept/operator", word)


def labelled(iri: str, label: str, *types: str) -> Subject:
    """A node with types and a label."""
    return Subject(
        iri,
        (
            *(("rdf:type", Iri(expand(name))) for name in types),
            ("skos:prefLabel", Literal(label, language="zh-Hans")),
        ),
    )


def _numbered(thing: Thing, name: str, type_: str) -> Iterator[Subject]:
    for number, text in enumerate(thing.row[name] or (), start=1):
        found = labelled(thing.below(f"{name}-{number}"), text, type_)
        yield Subject(found.iri, (*found.statements, ("gir:position", Literal(str(number), datatype=_INTEGER))))


def condition(publication: Publication, row: Row, governed: Iterable[str]) -> Iterator[Subject]:
    """A condition as a rule. ``governed`` are those it governs that may be named: what is not cleared may not."""
    thing = Thing(publication, row)
    yield node(thing, _RULE_LINES)
    governs = tuple(("gir:governs", Iri(publication.id(each))) for each in dict.fromkeys(governed))
    assets = Subject(thing.below("assets"), (("rdf:type", Iri(expand("odrl:AssetCollection"))), *governs))
    yield assets
    yield labelled(_action(thing), row["action"], "odrl:Action")
    yield from _numbered(thing, "actor", "odrl:Party")
    yield from _numbered(thing, "counterparty", "odrl:Party")
    yield from _numbered(thing, "exceptions", "gir:Exception")
    yield term_node(publication, "topic", Topic(row["topic"]))
    for number, constraint in enumerate(row["constraints"], start=1):
        yield node(Thing(publication, constraint, thing.below(f"constraints-{number}"), number), _CONSTRAINT_LINES)
        left, word = operand(publication, constraint["left_operand"]), constraint["operator"]
        yield labelled(left, constraint["left_operand"], "odrl:LeftOperand", "skos:Concept")
        yield labelled(operator(publication, word), word, "odrl:Operator")


def clock(publication: Publication, row: Row) -> Iterator[Subject]:
    """A clock as the constraint that the rules which set it share."""
    thing = Thing(publication, row)
    said = node(thing, CLOCK_LINES)
    yield Subject(said.iri, (*said.statements, ("odrl:rightOperand", _right(row))))
    yield labelled(f"{NAMESPACES['gir']}{_left(row)}", _left(row), "odrl:LeftOperand", "skos:Concept")
    yield labelled(expand("odrl:eq" if _exact(row) else "odrl:lteq"), "eq" if _exact(row) else "lteq", "odrl:Operator")
    yield from _numbered(thing, "actor", "odrl:Party")
    yield term_node(publication, "clock-kind", ClockKind(row["clock_kind"]))
    if row["unit"]:
        yield term_node(publication, "clock-unit", ClockUnit(row["unit"]))


def policy(publication: Publication, regulation: Row) -> Iterator[Subject]:
    """A text's policy: the set of its rules. A text that only defines has none."""
    held_rules = [(RULES[each["condition_kind"]][1], publication.id(each["id"])) for each in regulation["conditions"]]
    if any(predicate.startswith("odrl:") for predicate, _ in held_rules):
        yield Subject(
            publication.iri(f"id/policy/{slug(regulation['id'])}"),
            (
                ("rdf:type", Iri(expand("odrl:Policy"))),
                ("rdf:type", Iri(expand("odrl:Set"))),
                ("dct:source", Iri(publication.id(regulation["id"]))),
                *((predicate, Iri(iri)) for predicate, iri in held_rules),
            ),
        )
