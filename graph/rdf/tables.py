"""Tables of the nodes that stand beside a resource's own: what is said of a record, row by row, and in which view.

Together with :mod:`graph.rdf.table` they are all that the product ever says of its own accord: a node is made by a
table and in no other way. What another catalogue said and is said again (:func:`graph.rdf.whole.kept`) is data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from catalog.table import ObjectKind
from graph.rdf.table import ZH, term
from graph.rdf.terms import Statement, Subject, expand

T = TypeVar("T")
LITERAL, LANGUAGE, IRI, CONCEPT = ObjectKind.LITERAL, ObjectKind.LANGUAGE, ObjectKind.IRI, ObjectKind.CONCEPT
TYPE = "rdf:type"


class View(StrEnum):
    """Where a table's nodes stand first. What the harvest view has, every other may have too."""

    HARVEST = "harvest"
    FULL = "full"
    PAGING = "pages"
    FEED = "feed"
    ALONE = "descriptions of one node"


@dataclass(frozen=True, slots=True)
class Line(Generic[T]):
    """One row: a predicate, what its object is, and where the values come from; IRIs are absolute.

    A row that says types names in ``classes`` all that it may say. ValueError where it does not, or is no such row. An
    empty text is said by rows with ``empty`` only.
    """

    predicate: str
    object: ObjectKind
    value: Callable[[T], Iterable[str | None]]
    datatype: str | None = None
    language: str = ZH
    classes: tuple[str, ...] = ()
    empty: bool = False

    def __post_init__(self) -> None:
        if (self.predicate == TYPE) != bool(self.classes):
            raise ValueError(f"a row of {self.predicate} with the classes {self.classes}")

    def statements(self, of: T) -> Iterator[Statement]:
        """The statements of a record, none of them twice."""
        for value in dict.fromkeys(self.value(of)):
            if value or (self.empty and value is not None):
                yield self.predicate, term(self.object, value, self.datatype, self.language)


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """What is said of each node of one sort.

    ``adds_to`` names the classes of nodes that another table types, where this one only says more of them.
    """

    name: str
    view: View
    iri: Callable[[T], str]
    lines: tuple[Line[T], ...]
    adds_to: tuple[str, ...] = ()

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes that its nodes may have."""
        return self.adds_to or tuple(name for line in self.lines for name in line.classes)

    def statements(self, of: T) -> tuple[Statement, ...]:
        """What is said of a record, in the order of the rows."""
        return tuple(statement for line in self.lines for statement in line.statements(of))

    def node(self, of: T) -> Subject:
        """A record's node."""
        return Subject(self.iri(of), self.statements(of))


def typed(*names: str) -> tuple[Line[Any], ...]:
    """The row that gives every node of a table its types."""
    iris = tuple(expand(name) for name in names)
    return (Line(TYPE, CONCEPT, lambda _: iris, classes=names),)
