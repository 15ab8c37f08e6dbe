"""Conditions as ODRL rules and back, as plain data (ODRL Information Model 2.2, JSON-LD serialisation).

========================  =============================================================================================
of the condition          in ODRL
========================  =============================================================================================
``condition_kind``        ``@type``: ``Permission``, ``Prohibition``, ``Duty``; a definition is no rule of ODRL:
                          ``mulu:Definition``
``id``                    ``uid``
``action``                ``action``, an ``Action`` named in the words of the text
``actor``, ``agencies``   ``assignee``: ``Party`` for each name, ``PartyCollection`` with the agencies they denote
``counterparty``          ``mulu:counterparty``: a ``Party`` for each name; no ``assigner``, for the law assigns
``governs``               ``target``: an ``Asset`` for each resource, an ``AssetCollection`` of all that a text governs
``constraints``           ``constraint`` with ``leftOperand``, ``operator``, ``rightOperand``, ``unit``
``trigger``               ``constraint`` on ``event`` (ODRL Common Vocabulary)
``exceptions``            ``constraint`` on ``mulu:exception``, operator ``neq``
``clocks``                ``constraint`` on ``elapsedTime``, by ``rightOperandReference``
``citation``              ``dcterms:source``
``topic``                 ``dcterms:subject``
``text``, ``span`` …      ``dcterms:description``, ``mulu:span`` …: where it was read
========================  =============================================================================================

``condition(rule(one)) == one`` for every condition: nothing is lost either way. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from catalog.condition import Condition
from catalog.value import Citation, Constraint, Place, Span
from catalog.vocabulary import ConditionKind, Topic

CONTEXT = (
    "http://www.w3.org/ns/odrl.jsonld",
    {"dcterms": "http://purl.org/dc/terms/", "mulu": "https://data.example.cn/ns#"},
)
TYPES = {
    ConditionKind.PERMISSION: "Permission",
    ConditionKind.PROHIBITION: "Prohibition",
    ConditionKind.DUTY: "Duty",
    ConditionKind.DEFINITION: "mulu:Definition",
}
_KINDS = {name: kind for kind, name in TYPES.items()}
_GROUPS = {
    ConditionKind.PERMISSION: "permission",
    ConditionKind.PROHIBITION: "prohibition",
    ConditionKind.DUTY: "obligation",
    ConditionKind.DEFINITION: "mulu:definition",
}
EVENT, ELAPSED, EXCEPTION = "event", "elapsedTime", "mulu:exception"

Data = dict[str, Any]


def policy(uid: str, conditions: Iterable[Condition]) -> Data:
    """An ODRL policy (a ``Set``: it states rules without granting them) of the rules of one text."""
    found: Data = {"@context": list(CONTEXT), "@type": "Set", "uid": uid}
    for one in conditions:
        found.setdefault(_GROUPS[one.condition_kind], []).append(rule(one))
    return found


def rules(policy: Mapping[str, Any]) -> list[Condition]:
    """The conditions of a policy, in the order of their positions."""
    found = [condition(one) for group in _GROUPS.values() for one in policy.get(group, ())]
    return sorted(found, key=lambda one: (one.position, one.id))


def rule(one: Condition) -> Data:
    """A condition as an ODRL rule; what it does not say is left out."""
    found: Data = {
        "@type": TYPES[one.condition_kind],
        "uid": one.id,
        "action": {"@type": "Action", "name": one.action},
        "dcterms:subject": str(one.topic),
        "dcterms:description": one.text,
        "mulu:span": _span(one.span),
        "mulu:position": one.position,
    }
    if one.actor or one.agencies:
        found["assignee"] = [
            *({"@type": "Party", "name": name} for name in one.actor),
            *({"@type": "PartyCollection", "uid": agency} for agency in one.agencies),
        ]
    if one.counterparty:
        found["mulu:counterparty"] = [{"@type": "Party", "name": name} for name in one.counterparty]
    if one.governs:
        found["target"] = [
            {"@type": "AssetCollection" if target == one.regulation else "Asset", "uid": target}
            for target in one.governs
        ]
    if limits := _limits(one):
        found["constraint"] = limits
    if one.citation is not None:
        found["dcterms:source"] = _given(
            text=one.citation.text, provision=one.citation.provision, regulation=one.citation.regulation
        )
    if one.place is not None:
        found["mulu:place"] = _place(one.place)
    return found | _given(**{"dcterms:isPartOf": one.regulation, "mulu:origin": one.source})


def condition(rule: Mapping[str, Any]) -> Condition:
    """The condition of a rule made by :func:`rule`; raises KeyError or ValueError for data that is none."""
    parties, limits = rule.get("assignee", ()), rule.get("constraint", ())
    cited, span, place = rule.get("dcterms:source"), rule["mulu:span"], rule.get("mulu:place")
    events = [one["rightOperand"] for one in limits if one["leftOperand"] == EVENT]
    return Condition(
        id=rule["uid"],
        source=rule.get("mulu:origin"),
        place=None if place is None else _read_place(place),
        condition_kind=_KINDS[rule["@type"]],
        topic=Topic(rule["dcterms:subject"]),
        action=rule["action"]["name"],
        text=rule["dcterms:description"],
        span=Span(**span),
        regulation=rule.get("dcterms:isPartOf"),
        position=rule["mulu:position"],
        actor=tuple(one["name"] for one in parties if one["@type"] == "Party"),
        agencies=tuple(one["uid"] for one in parties if one["@type"] == "PartyCollection"),
        counterparty=tuple(one["name"] for one in rule.get("mulu:counterparty", ())),
        trigger=events[0] if events else None,
        constraints=tuple(
            Constraint(
                left_operand=_operand(one["leftOperand"]),
                operator=one["operator"],
                right_operand=one["rightOperand"],
                unit=one.get("unit"),
                text=one["mulu:text"],
            )
            for one in limits
            if "mulu:text" in one
        ),
        exceptions=tuple(
            one["rightOperand"] for one in limits if one["leftOperand"] == EXCEPTION and "mulu:text" not in one
        ),
        clocks=tuple(one["rightOperandReference"] for one in limits if "rightOperandReference" in one),
        governs=tuple(one["uid"] for one in rule.get("target", ())),
        citation=None if cited is None else Citation(**cited),
    )


ODRL_OPERANDS = frozenset({"count", "percentage", "payAmount"})
"""The left operands of ODRL's Common Vocabulary that amounts use; every other is Mulu's own and prefixed."""


def _limits(one: Condition) -> list[Data]:
    found: list[Data] = []
    if one.trigger is not None:
        found.append({"@type": "Constraint", "leftOperand": EVENT, "operator": "eq", "rightOperand": one.trigger})
    for limit in one.constraints:
        operand = limit.left_operand if limit.left_operand in ODRL_OPERANDS else f"mulu:{limit.left_operand}"
        found.append(
            {
                "@type": "Constraint",
                "leftOperand": operand,
                "operator": limit.operator,
                "rightOperand": limit.right_operand,
                "mulu:text": limit.text,
            }
            | _given(unit=limit.unit)
        )
    for words in one.exceptions:
        found.append({"@type": "Constraint", "leftOperand": EXCEPTION, "operator": "neq", "rightOperand": words})
    for clock in one.clocks:
        found.append(
            {"@type": "Constraint", "leftOperand": ELAPSED, "operator": "lteq", "rightOperandReference": clock}
        )
    return found


def _operand(printed: str) -> str:
    return printed if printed in ODRL_OPERANDS else printed.removeprefix("mulu:")


def _given(**values: Any) -> Data:
    return {name: value for name, value in values.items() if value is not None}


def _span(span: Span) -> Data:
    return {"start": span.start, "end": span.end, "line": span.line}


def _place(place: Place) -> Data:
    span = None if place.span is None else _span(place.span)
    return _given(
        source=place.source, line=place.line, span=span, sheet=place.sheet, row=place.row, column=place.column
    )


def _read_place(place: Mapping[str, Any]) -> Place:
    span = place.get("span")
    return Place(**{**place, "span": None if span is None else Span(**span)})
