"""What a dataset says and no property has a place for: its statements, and those of the nodes it leads to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from catalog.statements import Kept, keep
from catalog.value import MetadataValue
from loaders.dcat.graph import Graph, Term, Text, is_blank, name
from loaders.dcat.report import Report

MOST, LETTERS, DEEPEST = 400, 100_000, 20
"""How many statements of a dataset are kept at most, how many characters in all, and how many steps away."""
_FOLLOWED = frozenset(
    map(name, ("dcat:distribution", "adms:sample", "dcat:qualifiedRelation", "prov:qualifiedAttribution"))
)
"""The predicates whose objects belong to the dataset alone; what others name belongs to others."""
_WRITABLE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.*?[A-Za-z_][A-Za-z0-9_.-]*\Z")
"""A predicate that every syntax can write: RDF/XML needs a name at its end."""


@dataclass(slots=True)
class Keeper:
    """Keeps the statements of one dataset; blank nodes are numbered as they are met."""

    graph: Graph
    dataset: str
    report: Report
    names: dict[str, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def keep(self, wanted: Callable[[str, Term], bool]) -> tuple[MetadataValue, ...]:
        """The statements of the dataset that are wanted, and all of what they lead to that is its own."""
        found: dict[MetadataValue, None] = {}
        letters = 0
        self.seen.add(self.dataset)
        for one in self._of(self.dataset, None, 0, wanted):
            value = keep(one)
            letters += len(value.element) + len(value.value)
            if len(found) >= MOST or letters > LETTERS:
                self.report.add(
                    "TOO_MUCH_TO_KEEP",
                    f"it says more than {MOST} statements or {LETTERS:,} characters that no property has a place for; "
                    "the others are left out",
                    subject=self.dataset,
                )
                break
            found[value] = None
        return tuple(found)

    def _of(self, node: str, subject: str | None, depth: int, wanted: Callable[[str, Term], bool]) -> Iterator[Kept]:
        below: list[str] = []
        for predicate, object_ in self.graph.statements(node):
            if not wanted(predicate, object_) or not _WRITABLE.match(predicate):
                continue
            if isinstance(object_, Text):
                yield Kept(
                    predicate=predicate, value=object_.value, subject=subject, literal=True,
                    language=object_.language, datatype=object_.datatype,
                )  # fmt: skip
                continue
            yield Kept(predicate=predicate, value=self._name(object_), subject=subject)
            own = is_blank(object_) or predicate in _FOLLOWED
            if own and depth < DEEPEST and object_ not in self.seen:
                self.seen.add(object_)
                below.append(object_)
        for object_ in below:
            yield from self._of(object_, self._name(object_), depth + 1, lambda *_: True)

    def _name(self, node: str) -> str:
        return self.names.setdefault(node, f"_:n{len(self.names) + 1}") if is_blank(node) else node
