"""How much of a document there is to validate: told between parsing and validating, in time linear in the document.

Validation compares every two fields that answer under one name, fragments spread, and looks at every field with every
rule: a document of a few kilobytes can keep it busy for seconds. What no honest operation comes near is refused first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from catalog.errors import TooCostly, TooDeep

LETTERS = 100_000
"""How many characters a document may have: introspection, the longest that tools send, has some 2,000."""
PARTS = 1_000
"""How many fields, fragments, directives, arguments, variables, operations and values a document may have together."""
PAIRS = 5_000
"""How many pairs of fields may answer under one name, and how many places fragments may unfold to, each."""
LEVELS = 100
"""How deep fields and fragments may lead into each other; what may run is far less (:mod:`schema.bounds`)."""
ERRORS = 10
"""After how many errors validation stops: each may take the time of looking for similar names."""


def check(document: DocumentNode) -> None:
    """Raises TooCostly where validating the document would take too long."""
    parts = sum(_parts(document))
    if parts > PARTS:
        raise _too_much(f"the document has {parts} fields, arguments, values and other parts", parts, PARTS)
    _Pairs(document).check()


def _too_much(what: str, cost: int, limit: int) -> TooCostly:
    return TooCostly(
        f"{what}, over the limit of {limit}", cost=cost, limit=limit, suggestion="ask in several operations"
    )


def _parts(document: DocumentNode) -> Iterator[int]:
    """One for each definition, selection, directive, argument and variable, and for what lists and objects hold."""
    below: list[Any] = list(document.definitions)
    while below:
        node: Any = below.pop()
        yield 1
        for name in ("directives", "arguments", "variable_definitions", "fields", "values"):
            below += getattr(node, name, None) or ()
        for name in ("value", "default_value"):
            if isinstance(held := getattr(node, name, None), ListValueNode | ObjectValueNode):
                below.append(held)
        selection_set = getattr(node, "selection_set", None)
        if selection_set is not None:
            below += selection_set.selections


class _Pairs:
    """Counts what the rule on overlapping fields compares: at every place of the answer, each two nodes of a name."""

    def __init__(self, document: DocumentNode) -> None:
        self.document = document
        self.fragments = {
            one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)
        }
        self.places = 0
        self.pairs = 0

    def check(self) -> None:
        """Raises TooCostly where there are too many; fragments are looked at by themselves too, as the rule does."""
        for one in self.document.definitions:
            if isinstance(one, OperationDefinitionNode | FragmentDefinitionNode):
                self._at([one.selection_set], (), 1)

    def _at(self, sets: Iterable[SelectionSetNode], within: tuple[str, ...], level: int) -> None:
        """Counts at one place of the answer, where several selections meet; ``within`` are the fragments entered."""
        spread: set[str] = set()
        names: dict[str, list[FieldNode]] = {}
        for one in sets:
            self._collect(one, within, spread, names, level)
        if len(spread) > 1:
            self.pairs += len(spread) * (len(spread) - 1) // 2
        for nodes in names.values():
            self.pairs += len(nodes) * (len(nodes) - 1) // 2
            if self.pairs > PAIRS:
                raise _too_much(f"{self.pairs} pairs of fields or fragments would answer under one name",
                                self.pairs, PAIRS)  # fmt: skip
        for nodes in names.values():
            if found := [node.selection_set for node in nodes if node.selection_set]:
                self._at(found, (*within, *spread), level + 1)

    def _collect(
        self,
        selections: SelectionSetNode,
        within: tuple[str, ...],
        spread: set[str],
        names: dict[str, list[FieldNode]],
        level: int,
    ) -> None:
        if level > LEVELS:
            raise TooDeep(
                f"the document is nested deeper than {LEVELS} levels",
                cost=level,
                limit=LEVELS,
                suggestion="ask in two operations, by identifier",
            )
        for node in selections.selections:
            self.places += 1
            if self.places > PAIRS:
                raise _too_much(f"the fragments unfold to {self.places} fields", self.places, PAIRS)
            if isinstance(node, FieldNode):
                names.setdefault((node.alias or node.name).value, []).append(node)
            elif isinstance(node, FragmentSpreadNode):
                name = node.name.value
                if name not in spread and name not in within and name in self.fragments:  # a circle is told later
                    spread.add(name)
                    self._collect(self.fragments[name].selection_set, within, spread, names, level + 1)
            else:
                inline: Any = node
                self._collect(inline.selection_set, within, spread, names, level + 1)
