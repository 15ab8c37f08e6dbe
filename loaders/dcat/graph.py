"""The statements of a document by their subjects, in the order in which they stand.

RDF has no order; a document has one, and reading by it keeps lists as they were written and answers the same each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple, TypeAlias

import pyoxigraph as ox

from catalog.namespaces import expand
from catalog.statements import ODD

READ = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "locn": "http://www.w3.org/ns/locn#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "pod": "https://project-open-data.cio.gov/v1.1/schema#",
    "schema": "http://schema.org/",
    "spdx": "http://spdx.org/rdf/terms#",
    "time": "http://www.w3.org/2006/time#",
}
"""The namespaces that are read beside those of the export (:data:`catalog.namespaces.NAMESPACES`)."""
_SECURE = ("https://www.w3.org/", "https://purl.org/", "https://xmlns.com/", "https://schema.org/", "https://spdx.org/")
_AS_IT_IS = ("https://www.w3.org/ns/activitystreams#",)


class Text(NamedTuple):
    """A literal: its words, its language in lower case, its datatype's IRI where it is no plain string."""

    value: str
    language: str | None = None
    datatype: str | None = None


Term: TypeAlias = str | Text
"""An IRI, a blank node (``_:`` and a number in the order of the document), or a literal."""


@cache
def name(prefixed: str) -> str:
    """``dct:title`` → its IRI, for the namespaces written and those only read."""
    prefix, _, local = prefixed.partition(":")
    return READ[prefix] + local if prefix in READ else expand(prefixed)


def is_blank(node: str) -> bool:
    """Whether a node has no name of its own."""
    return node.startswith("_:")


@dataclass(slots=True)
class Graph:
    """The statements of one document. ``number`` tells its blank nodes from those of other documents.

    ``odd`` are its language tags with an underscore, which are read with a hyphen, and IRIs that are none.
    """

    number: int = 0
    odd: dict[str, None] = field(default_factory=dict)
    nodes: dict[str, list[tuple[str, Term]]] = field(default_factory=dict)
    beside: Sequence[Graph] = ()
    _terms: dict[str, str] = field(default_factory=dict)
    _blanks: dict[str, str] = field(default_factory=dict)

    def add(self, quads: Iterable[ox.Quad | ox.Triple]) -> None:
        """Takes statements; names of graphs are left out."""
        plain, terms, nodes, xsd_string = ox.Literal, self._terms, self.nodes, name("xsd:string")
        for quad in quads:
            subject, said = self._node(quad.subject), quad.object
            if isinstance(said, plain):
                datatype = said.datatype.value
                kept = None if said.language or datatype == xsd_string else terms.setdefault(datatype, datatype)
                language = said.language
                if language and "_" in language:
                    self.odd[language], language = None, language.replace("_", "-")
                object_: Term = Text(said.value, language.lower() if language else None, kept)
            else:
                object_ = self._node(said)
            nodes.setdefault(subject, []).append((self._predicate(quad.predicate.value), object_))

    def close(self) -> None:
        """Lets go of what only reading needs."""
        self._terms, self._blanks = {}, {}

    def _node(self, node: object) -> str:
        if isinstance(node, ox.BlankNode):
            return self._blanks.setdefault(node.value, f"_:d{self.number}n{len(self._blanks) + 1}")
        value = node.value if isinstance(node, ox.NamedNode) else str(node)
        if (found := self._terms.get(value)) is None:
            found = self._terms[value] = value
            if ODD.search(value):
                self.odd[value] = None
        return found

    def _predicate(self, iri: str) -> str:
        found = self._terms.get(f"p {iri}")
        if found is None:
            plain = iri.startswith(_SECURE) and not iri.startswith(_AS_IT_IS)
            found = self._terms.setdefault(f"p {iri}", f"http://{iri[8:]}" if plain else iri)
        return found

    def statements(self, node: str) -> Sequence[tuple[str, Term]]:
        """What is said of a node here, or else in the first document beside that says anything."""
        found = self.nodes.get(node)
        if found is None and not is_blank(node):
            found = next((said for other in self.beside if (said := other.nodes.get(node))), None)
        return found or ()

    def objects(self, node: Term, *predicates: str) -> list[Term]:
        """The objects of the first of the predicates that has any, none twice."""
        if isinstance(node, Text):
            return []
        said = self.statements(node)
        for predicate in predicates if said else ():
            iri = name(predicate)
            if found := {object_: None for each, object_ in said if each == iri}:
                return list(found)
        return []

    def value(self, node: Term, *predicates: str) -> Term | None:
        """The first object, None where there is none."""
        found = self.objects(node, *predicates)
        return found[0] if found else None

    def texts(self, node: Term, *predicates: str) -> list[str]:
        """The words of literal objects."""
        return [each.value for each in self.objects(node, *predicates) if isinstance(each, Text)]

    def text(self, node: Term, *predicates: str) -> str | None:
        """The words of the first literal object."""
        found = self.texts(node, *predicates)
        return found[0] if found else None

    def iris(self, node: Term, *predicates: str) -> list[str]:
        """The objects that are nodes."""
        return [each for each in self.objects(node, *predicates) if not isinstance(each, Text)]

    def types(self, node: str) -> frozenset[str]:
        """The types of a node; ``https`` where a namespace has ``http`` is forgiven."""
        return frozenset(self._predicate(each) for each in self.iris(node, "rdf:type"))

    def typed(self, *types: str) -> Iterator[str]:
        """The nodes of this document that have one of the types, in order."""
        wanted = frozenset(map(name, types))
        for node, said in self.nodes.items():
            if any(self._predicate(o) in wanted for p, o in said if p == _TYPE and isinstance(o, str)):
                yield node

    def items(self, node: Term) -> list[Term]:
        """The members of an RDF list; what is no list is one member. A list that bites its tail ends there."""
        found: list[Term] = []
        seen: set[Term] = set()
        if self.value(node, "rdf:first") is None:
            return [] if node == name("rdf:nil") else [node]
        while node not in seen and (first := self.value(node, "rdf:first")) is not None:
            seen.add(node)
            found.append(first)
            node = self.value(node, "rdf:rest") or name("rdf:nil")
        return found


_TYPE = expand("rdf:type")
