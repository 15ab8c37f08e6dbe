"""Conditions: the rules of a text in ODRL's shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from catalog.record import Record
from catalog.value import Citation, Constraint, Span
from catalog.vocabulary import ConditionKind, Kind, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition(Record):
    """A permission, prohibition, duty or definition (规则; ODRL Information Model 2.2, Rule).

    ``governs`` are the resources or regulations it holds for; ``clocks`` the periods it sets. ``actor`` holds the words
    of the text, ``agencies`` the agencies they denote; ``counterparty`` the words for whom it is done, asked or owed,
    or from whom (向…、对…、与…), where the text names them. ``regulation`` is the text it stands in, ``position`` its
    place there in document order.
    """

    kind: ClassVar[Kind] = Kind.CONDITION

    condition_kind: ConditionKind
    topic: Topic
    action: str
    text: str
    span: Span
    regulation: str | None = None
    position: int = 0
    actor: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    counterparty: tuple[str, ...] = ()
    trigger: str | None = None
    constraints: tuple[Constraint, ...] = ()
    exceptions: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()
    governs: tuple[str, ...] = ()
    citation: Citation | None = None
