"""Records of our own exports by the rows that wrote them (:mod:`catalog.linked`), read backwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from catalog.authority import SHARE_TYPE
from catalog.codec import Row
from catalog.errors import BadInput
from catalog.identifiers import kind_of
from catalog.linked import WHOLLY, predicate
from catalog.table import Cardinality, Property, Ref, Scalar, by_name, value_rows
from catalog.vocabulary import Kind
from loaders.dcat import words
from loaders.dcat.graph import Graph, Term, Text

LOST = "\ufffd"
_SHARED: Mapping[str, str] = {said: term for term, said in SHARE_TYPE.items()}


@dataclass(frozen=True, slots=True)
class Own:
    """A document that Mulu wrote, whose IRIs start with ``base``."""

    graph: Graph
    base: str

    def iri(self, identifier: str) -> str:
        """The IRI of an identifier."""
        return f"{self.base}id/{identifier}"

    def identifier(self, node: Term | None, *kinds: Kind) -> str | None:
        """The identifier that a node's IRI stands for, where it is of one of the kinds."""
        if not isinstance(node, str) or not node.startswith(f"{self.base}id/"):
            return None
        found = node.removeprefix(f"{self.base}id/")
        try:
            return found if not kinds or kind_of(found) in kinds else None
        except BadInput:
            return None

    def label(self, node: Term | None, *predicates: str) -> str | None:
        """The words by which a node is named, as they stand.

        Characters that RDF/XML cannot write are found again in the IRI, where that ends in the same words.
        """
        found = self.graph.text(node, *(predicates or ("skos:prefLabel",))) if node is not None else None
        if found is not None and LOST in found and isinstance(node, str) and node.startswith(f"{self.base}id/"):
            step = unquote(node.rpartition("/")[2])
            return step if len(step) == len(found) else found
        return found

    def word(self, node: Term | None) -> str | None:
        """The term that a concept stands for."""
        if not isinstance(node, str):
            return None
        step = unquote(node.rpartition("/")[2])
        return _SHARED.get(step, step)

    def row(self, node: str, kind: Kind) -> Row:
        """The properties that can be read by their predicates alone; one that is not said has its default."""
        found = {name: self._value(node, predicate(kind, name), by_name(kind)[name]) for name in WHOLLY[kind]}
        return {name: value for name, value in found.items() if value is not _UNSAID}

    def citation(self, node: Term) -> Row | None:
        """The provision that a rule, a period or a responsibility rests on."""
        text = self.graph.text(node, "gir:citedText")
        provision = self.identifier(self.graph.value(node, "dct:source"), Kind.PROVISION)
        regulation = self.identifier(self.graph.value(node, "gir:citedRegulation"), Kind.REGULATION)
        if text is None and provision is None and regulation is None:
            return None
        return {"text": text or "", "provision": provision, "regulation": regulation}

    def numbered(self, node: Term, *predicates: str) -> list[str]:
        """The nodes of a list, in the order of their numbers."""
        return sorted(self.graph.iris(node, *predicates), key=lambda each: self.whole(each, "gir:position") or 0)

    def labels(self, node: Term, name: str) -> list[str]:
        """The words of a list's nodes."""
        return [self.label(each) or "" for each in self.numbered(node, name)]

    def whole(self, node: Term, *predicates: str) -> int | None:
        """A whole number."""
        found = self.graph.text(node, *predicates)
        return int(found) if found is not None and found.lstrip("-").isdecimal() else None

    def _value(self, node: str, name: str, row: Property) -> Any:
        objects = self.graph.objects(node, name)
        found = [value for each in objects if (value := self._one(each, row)) is not None]
        if row.cardinality is Cardinality.MANY:
            return found
        if found:
            return found[0]
        return None if row.cardinality is Cardinality.OPTIONAL else _DEFAULTS.get(row.type, _UNSAID)

    def _one(self, term: Term, row: Property) -> Any:
        if isinstance(row.type, Ref):
            return self.identifier(term, *row.type.kinds)
        if row.is_term:
            return self.word(term)
        if (value := row.value_class) is not None:
            return self._embedded(term, value) if isinstance(term, str) else None
        if not isinstance(term, Text):
            return None
        match row.type:
            case Scalar.BOOLEAN:
                return term.value == "true"
            case Scalar.INTEGER:
                return int(term.value) if term.value.lstrip("-").isdecimal() else None
            case Scalar.DATE:
                found = words.date(term)
                return found.isoformat() if found else None
            case _:
                return term.value

    def _embedded(self, node: str, value: type[Any]) -> Row:
        found = {row.name: self._value(node, predicate(value, row.name), row) for row in value_rows(value)}
        return {name: each for name, each in found.items() if each is not _UNSAID}


class _Unsaid:
    """What stands for a property that is not said and has no default here."""


_UNSAID = _Unsaid()
_DEFAULTS: Mapping[Any, Any] = {Scalar.TEXT: "", Scalar.INTEGER: 0, Scalar.BOOLEAN: False}


def own_base(graph: Graph, base: str) -> str | None:
    """Where the IRIs of a document start that Mulu wrote; None for other documents.

    A whole document or a page has the catalogue's node; one about a single record names it below our own ``base``.
    """
    ending = "id/catalog/main"
    for catalogue in graph.typed("dcat:Catalog"):
        if catalogue.endswith(f"/{ending}") and graph.text(catalogue, "dct:identifier") == "main":
            return catalogue.removesuffix(ending)
    start = f"{base}id/resource/"
    return base if any(each.startswith(start) for each in graph.typed("dcat:Dataset")) else None
