"""Conditions and clocks as ODRL rules and constraints that can be read back without loss. Full view.

Each condition is a rule of the policy of the text it stands in; the words of the text go with it. Lists are numbered
nodes, so that their order is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from catalog.codec import Row
from catalog.identifiers import slug
from catalog.vocabulary import ClockKind, ClockUnit, ConditionKind, Kind, Topic
from graph.rdf.context import Publication
from graph.rdf.lines import Thing, concept, declared, full, held, nested, refers
from graph.rdf.named import ACTION, EXCEPTION, OPERAND, OPERATOR, PARTY, Named, term_node
from graph.rdf.tables import CONCEPT, IRI, LANGUAGE, LITERAL, TYPE, Line, Table, View, typed
from graph.rdf.terms import NAMESPACES, Subject, expand

RULES: Mapping[str, tuple[str, str]] = {
    ConditionKind.PERMISSION: ("odrl:Permission", "odrl:permission"),
    ConditionKind.PROHIBITION: ("odrl:Prohibition", "odrl:prohibition"),
    ConditionKind.DUTY: ("odrl:Duty", "odrl:obligation"),
    ConditionKind.DEFINITION: ("gir:Definition", "gir:definition"),
}
OPERATORS = frozenset("eq gt gteq hasPart isA isAllOf isAnyOf isNoneOf isPartOf lt lteq neq".split())
COUNTED: Mapping[str, str] = {
    ClockUnit.HOUR: "hours", ClockUnit.WORKING_DAY: "workingDays", ClockUnit.CALENDAR_DAY: "calendarDays",
    ClockUnit.WEEK: "weeks", ClockUnit.MONTH: "months", ClockUnit.QUARTER: "quarters", ClockUnit.YEAR: "years",
}  # fmt: skip
"""The left operands of periods: ``xsd:duration`` cannot say working days."""
_INTEGER, _BOOLEAN = "xsd:integer", "xsd:boolean"


def _citation(thing: Thing, part: str) -> Iterator[str]:
    if citation := thing.row["citation"]:
        if part == "text":
            yield citation["text"]
        elif citation[part]:
            yield thing.publication.id(citation[part]["id"])


CITED: tuple[Line[Thing], ...] = (
    Line("gir:citedText", LANGUAGE, lambda t: _citation(t, "text")),
    Line("dct:source", IRI, lambda t: _citation(t, "provision")),
    Line("gir:citedRegulation", IRI, lambda t: _citation(t, "regulation")),
)


@dataclass(frozen=True, slots=True)
class Governed:
    """A rule, and the identifiers of what it governs and may be named."""

    rule: Thing
    governed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ruled:
    """A rule of a policy: the policy's IRI, its own, and the predicate that its kind is said under."""

    policy: str
    predicate: str
    iri: str


def _parts(name: str, predicate: str) -> Line[Thing]:
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


RULE = full(
    "rule of law",
    Line(
        TYPE, CONCEPT, lambda t: (expand(RULES[t.row["condition_kind"]][0]),),
        classes=tuple(class_ for class_, _ in RULES.values()),
    ),
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
)  # fmt: skip
ASSETS: Table[Governed] = Table(
    "what a rule governs", View.FULL, lambda g: g.rule.below("assets"),
    (
        *typed("odrl:AssetCollection"),
        Line("gir:governs", IRI, lambda g: (g.rule.publication.id(each) for each in g.governed)),
    ),
)  # fmt: skip
CLOCK = full(
    "clock",
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
    Line("odrl:rightOperand", LITERAL, lambda t: _right(t, "xsd:date"), "xsd:date"),
    Line("odrl:rightOperand", LITERAL, lambda t: _right(t, "xsd:gMonthDay"), "xsd:gMonthDay"),
    Line("odrl:rightOperand", LITERAL, lambda t: _right(t, _INTEGER), _INTEGER),
    Line("odrl:rightOperand", LANGUAGE, lambda t: _right(t, None)),
)
CONSTRAINT = full(
    "constraint",
    *typed("odrl:Constraint"),
    Line("odrl:leftOperand", CONCEPT, lambda t: (operand(t.publication, t.row["left_operand"]),)),
    Line("odrl:operator", CONCEPT, lambda t: (operator(t.publication, t.row["operator"]),)),
    held("right_operand", "odrl:rightOperand"),
    held("unit", "gir:unitText"),
    held("text", "gir:text", LANGUAGE),
    Line("gir:position", LITERAL, lambda t: (str(t.number),), _INTEGER),
)


POLICY: Table[Thing] = Table(
    "policy of a text", View.FULL, lambda t: t.publication.iri(f"id/policy/{slug(t.row['id'])}"),
    (*typed("odrl:Policy", "odrl:Set"), Line("dct:source", IRI, lambda t: (t.publication.id(t.row["id"]),))),
)  # fmt: skip


def _under(predicate: str) -> Line[Ruled]:
    return Line(predicate, IRI, lambda ruled: (ruled.iri if ruled.predicate == predicate else None,))


POLICY_RULES: Table[Ruled] = Table(
    "rules of a policy", View.FULL, lambda ruled: ruled.policy,
    tuple(_under(predicate) for _, predicate in RULES.values()), adds_to=("odrl:Policy",),
)  # fmt: skip
"""One rule at a time, so that a policy names its rules in the order of the text."""
TABLES: tuple[Table[Thing] | Table[Governed] | Table[Ruled], ...] = (
    RULE, ASSETS, CLOCK, CONSTRAINT, POLICY, POLICY_RULES,
)  # fmt: skip


def _exact(row: Mapping[str, Any]) -> bool:
    return row["clock_kind"] in (ClockKind.PERIODIC, ClockKind.VAGUE, ClockKind.IMMEDIATE, ClockKind.REAL_TIME)


def _left(row: Mapping[str, Any]) -> str:
    if row["clock_kind"] in (ClockKind.DURATION, ClockKind.PERIODIC) and row["unit"]:
        name = COUNTED[row["unit"]]
        return f"timesPer{name[0].upper()}{name[1:-1]}" if row["clock_kind"] == ClockKind.PERIODIC else name
    return {"DATE": "date", "YEARLY": "yearlyDate", "REAL_TIME": "realTime"}.get(row["clock_kind"], "period")


def _right(thing: Thing, datatype: str | None) -> Iterator[str]:
    """The bound that a clock sets, under its one datatype; its words (None) where it sets no bound."""
    row = thing.row
    if row["clock_kind"] == ClockKind.DATE and row["date"]:
        found, value = "xsd:date", row["date"]
    elif row["clock_kind"] == ClockKind.YEARLY and row["month"] and row["day"]:
        found, value = "xsd:gMonthDay", f"--{row['month']:02}-{row['day']:02}"
    elif row["amount"] is not None:
        found, value = _INTEGER, str(row["amount"])
    else:
        found, value = None, row["text"]
    if found == datatype:
        yield value


def operand(publication: Publication, word: str) -> str:
    """The left operand that a constraint names, as a concept of ours."""
    return publication.iri("id/concept/operand", word)


def operator(publication: Publication, word: str) -> str:
    """The ODRL operator; a concept of ours for a word that is none."""
    return expand(f"odrl:{word}") if word in OPERATORS else publication.iri("id/concept/operator", word)


def _numbered(thing: Thing, name: str, table: Table[Named]) -> Iterator[Subject]:
    for number, text in enumerate(thing.row[name] or (), start=1):
        yield table.node(Named(thing.below(f"{name}-{number}"), text, number=number))


def condition(publication: Publication, row: Row, governed: Iterable[str]) -> Iterator[Subject]:
    """A condition as a rule. ``governed`` are those it governs that may be named: what is not cleared may not."""
    thing = Thing(publication, row)
    yield RULE.node(thing)
    yield ASSETS.node(Governed(thing, tuple(governed)))
    yield ACTION.node(Named(_action(thing), row["action"]))
    yield from _numbered(thing, "actor", PARTY)
    yield from _numbered(thing, "counterparty", PARTY)
    yield from _numbered(thing, "exceptions", EXCEPTION)
    yield term_node(publication, "topic", Topic(row["topic"]))
    for number, constraint in enumerate(row["constraints"], start=1):
        yield CONSTRAINT.node(Thing(publication, constraint, thing.below(f"constraints-{number}"), number))
        left, word = constraint["left_operand"], constraint["operator"]
        yield OPERAND.node(Named(operand(publication, left), left))
        yield OPERATOR.node(Named(operator(publication, word), word))


def clock(publication: Publication, row: Row) -> Iterator[Subject]:
    """A clock as the constraint that the rules which set it share."""
    thing = Thing(publication, row)
    yield CLOCK.node(thing)
    yield OPERAND.node(Named(f"{NAMESPACES['gir']}{_left(row)}", _left(row)))
    compared = "eq" if _exact(row) else "lteq"
    yield OPERATOR.node(Named(expand(f"odrl:{compared}"), compared))
    yield from _numbered(thing, "actor", PARTY)
    yield term_node(publication, "clock-kind", ClockKind(row["clock_kind"]))
    if row["unit"]:
        yield term_node(publication, "clock-unit", ClockUnit(row["unit"]))


def policy(publication: Publication, regulation: Row) -> Iterator[Subject]:
    """A text's policy: the set of its rules, in their order. A text that only defines has none."""
    head = POLICY.node(Thing(publication, regulation))
    held_rules = [(RULES[each["condition_kind"]][1], publication.id(each["id"])) for each in regulation["conditions"]]
    if any(predicate.startswith("odrl:") for predicate, _ in held_rules):
        yield with_rules(head, [Ruled(head.iri, predicate, iri) for predicate, iri in held_rules])


def with_rules(head: Subject, rules: Iterable[Ruled]) -> Subject:
    """A policy's node with its rules, in their order."""
    return Subject(head.iri, (*head.statements, *(said for each in rules for said in POLICY_RULES.statements(each))))
