"""Conditions and clocks of our own full view: the ODRL that ``graph.rdf.rules`` writes, read backwards."""

from __future__ import annotations

from catalog.codec import Row
from catalog.vocabulary import Kind
from loaders.dcat.graph import name
from loaders.dcat.rows import Own

_KINDS = {
    name("odrl:Permission"): "PERMISSION",
    name("odrl:Prohibition"): "PROHIBITION",
    name("odrl:Duty"): "DUTY",
    name("gir:Definition"): "DEFINITION",
}


def clock(own: Own, node: str) -> Row:
    """A period."""
    return own.row(node, Kind.CLOCK) | {"actor": own.labels(node, "gir:actor"), "citation": own.citation(node)}


def condition(own: Own, node: str) -> Row:
    """A rule; what it governs and may not be named is not there."""
    graph = own.graph
    bounds = graph.iris(node, "odrl:constraint")
    clocks = [found for each in bounds if (found := own.identifier(each, Kind.CLOCK))]
    target = graph.value(node, "odrl:target")
    governs = graph.iris(target, "gir:governs") if target is not None else []
    return own.row(node, Kind.CONDITION) | {
        "condition_kind": next((_KINDS[each] for each in graph.types(node) if each in _KINDS), None),
        "action": own.label(graph.value(node, "odrl:action")),
        "span": {part: own.whole(node, f"gir:span{part.title()}") for part in ("start", "end", "line")},
        "actor": own.labels(node, "gir:actor"),
        "counterparty": own.labels(node, "gir:counterparty"),
        "exceptions": own.labels(node, "gir:exception"),
        "constraints": [
            {
                "left_operand": own.label(graph.value(each, "odrl:leftOperand")),
                "operator": own.label(graph.value(each, "odrl:operator")),
                "right_operand": graph.text(each, "odrl:rightOperand") or "",
                "text": graph.text(each, "gir:text") or "",
                "unit": graph.text(each, "gir:unitText"),
            }
            for each in own.numbered(node, "odrl:constraint")
            if own.identifier(each, Kind.CLOCK) is None
        ],
        "clocks": clocks,
        "governs": [found for each in governs if (found := own.identifier(each, Kind.RESOURCE, Kind.REGULATION))],
        "citation": own.citation(node),
    }
