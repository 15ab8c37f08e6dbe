"""The four syntaxes of the export. A writer turns subjects into text piece by piece, with nothing held back.

Order is that of the subjects given, so equal input gives equal bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import AnyStr, Protocol
from xml.sax.saxutils import escape, quoteattr

import orjson

from graph.rdf.terms import NAMESPACES, Iri, Literal, Subject, Term, expand

_ESCAPES = {
    ord("\\"): "\\\\",
    ord('"'): '\\"',
    ord("\n"): "\\n",
    ord("\r"): "\\r",
    ord("\t"): "\\t",
    **{code: f"\\u{code:04X}" for code in range(0x20) if code not in (0x09, 0x0A, 0x0D)},
    0x7F: "\\u007F",
}
_ESCAPED = re.compile(r'[\x00-\x1f"\\\x7f]')
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")
_PREFIXES = {iri: prefix for prefix, iri in NAMESPACES.items()}
_NAMED = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ESCAPED_ATTRIBUTE = re.compile('[\x00-\x1f"&<>]')
_ESCAPED_JSON = re.compile(r'[\x00-\x1f"\\\ud800-\udfff]')
_ESCAPED_XML = re.compile("[\x00-\x08\x0b-\x1f&<>\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the texts of one predicate's literals: around each, between them, around them all."""

    opening: str
    before: str
    after: str
    between: str
    closing: str

    def filled(self, escaped: Sequence[str]) -> str:
        """The unit of some texts, which are escaped already."""
        inner = f"{self.after}{self.between}{self.before}".join(escaped)
        return f"{self.opening}{self.before}{inner}{self.after}{self.closing}"


class Writer(Protocol):
    """A syntax: ``start``, one ``subject`` after the other, ``end``; media type and file extension beside.

    A subject is its units, joined by ``between``, with what stands ``around`` them; a ``unit`` is the statements of a
    node that share a predicate and stand together. Both depend on nothing but what they are given. Literals alike in
    datatype and language make the same unit by their ``frame``, filled with their ``escaped`` texts; a text in which
    nothing is ``odd`` is escaped as it is. Whatever is made of these is ``placed``: the writer knows what comes first
    in its document.
    """

    media_type: str
    extension: str
    between: str

    def start(self) -> str: ...
    def unit(self, iri: str, predicate: str, terms: Sequence[Term]) -> str: ...
    def frame(self, iri: str, predicate: str, like: Literal) -> Frame: ...
    def odd(self, text: str) -> object: ...
    def escaped(self, text: str) -> str: ...
    def around(self, iri: str) -> tuple[str, str]: ...
    def placed(self, text: AnyStr) -> AnyStr: ...
    def subject(self, subject: Subject) -> str: ...
    def end(self) -> str: ...


class _Blocks:
    """What the syntaxes share: the units of a subject stand in the order in which their predicates first come."""

    def placed(self, text: AnyStr) -> AnyStr:
        """The text of subjects, or its UTF-8, as it goes into the document."""
        return text

    def subject(self: Writer, subject: Subject) -> str:
        """All that is said of a node; nothing where nothing is said."""
        grouped: dict[str, list[Term]] = {}
        for predicate, term in subject.statements:
            grouped.setdefault(predicate, []).append(term)
        if not grouped:
            return ""
        opening, closing = self.around(subject.iri)
        units = self.between.join([self.unit(subject.iri, each, terms) for each, terms in grouped.items()])
        return self.placed(f"{opening}{units}{closing}")


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES) if _ESCAPED.search(text) else text


def _kind(literal: Literal) -> str:
    """What follows a literal's text in N-Triples."""
    if literal.language:
        return f"@{literal.language}"
    return f"^^<{expand(literal.datatype)}>" if literal.datatype else ""


class NTriples(_Blocks):
    """N-Triples 1.1: one statement a line, no prefixes."""

    media_type = "application/n-triples"
    extension = "nt"
    between = ""

    def start(self) -> str:
        return ""

    def unit(self, iri: str, predicate: str, terms: Sequence[Term]) -> str:
        head = f"<{iri}> <{expand(predicate)}> "
        return "".join([f"{head}{self._term(term)} .\n" for term in terms])

    def around(self, iri: str) -> tuple[str, str]:
        return "", ""

    def end(self) -> str:
        return ""

    def frame(self, iri: str, predicate: str, like: Literal) -> Frame:
        return Frame("", f'<{iri}> <{expand(predicate)}> "', f'"{_kind(like)} .\n', "", "")

    odd = staticmethod(_ESCAPED.search)
    escaped = staticmethod(_escaped)

    @staticmethod
    def _term(term: Term) -> str:
        return f"<{term.value}>" if isinstance(term, Iri) else f'"{_escaped(term.value)}"{_kind(term)}'


class Turtle(_Blocks):
    """Turtle 1.1 with prefixes; one block a subject."""

    media_type = "text/turtle"
    extension = "ttl"
    between = " ;\n    "

    def start(self) -> str:
        return "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in NAMESPACES.items())

    def unit(self, iri: str, predicate: str, terms: Sequence[Term]) -> str:
        return f"{'a' if predicate == 'rdf:type' else predicate} {', '.join(map(self._term, terms))}"

    def around(self, iri: str) -> tuple[str, str]:
        return f"\n<{iri}> ", " .\n"

    def end(self) -> str:
        return ""

    def frame(self, iri: str, predicate: str, like: Literal) -> Frame:
        return Frame(f"{predicate} ", '"', f'"{self._kind(like)}', ", ", "")

    odd = staticmethod(_ESCAPED.search)
    escaped = staticmethod(_escaped)

    @staticmethod
    def _term(term: Term) -> str:
        if isinstance(term, Iri):
            cut = max(term.value.rfind("/"), term.value.rfind("#")) + 1
            prefix = _PREFIXES.get(term.value[:cut])
            return f"{prefix}:{term.value[cut:]}" if prefix and _LOCAL.match(term.value, cut) else f"<{term.value}>"
        return f'"{_escaped(term.value)}"{Turtle._kind(term)}'

    @staticmethod
    def _kind(literal: Literal) -> str:
        return f"^^{literal.datatype}" if literal.datatype and not literal.language else _kind(literal)


def _attribute(iri: str) -> str:
    return quoteattr(iri) if _ESCAPED_ATTRIBUTE.search(iri) else f'"{iri}"'


class RdfXml(_Blocks):
    """RDF/XML 1.1. Characters that XML 1.0 cannot hold become U+FFFD."""

    media_type = "application/rdf+xml"
    extension = "rdf"
    between = ""

    def start(self) -> str:
        names = "".join(f'\n    xmlns:{prefix}="{iri}"' for prefix, iri in NAMESPACES.items())
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{names}>\n'

    def unit(self, iri: str, predicate: str, terms: Sequence[Term]) -> str:
        return "".join([self._statement(predicate, term) for term in terms])

    def around(self, iri: str) -> tuple[str, str]:
        return f"  <rdf:Description rdf:about={_attribute(iri)}>\n", "  </rdf:Description>\n"

    def end(self) -> str:
        return "</rdf:RDF>\n"

    def frame(self, iri: str, predicate: str, like: Literal) -> Frame:
        kind = f' xml:lang="{like.language}"' if like.language else ""
        kind += f' rdf:datatype="{expand(like.datatype)}"' if like.datatype else ""
        name, end = _element(predicate)
        return Frame("", f"    <{name}{kind}>", f"</{end}>\n", "", "")

    odd = staticmethod(_ESCAPED_XML.search)

    def escaped(self, text: str) -> str:
        return escape(_NOT_XML.sub("\ufffd", text), {"\r": "&#13;"}) if _ESCAPED_XML.search(text) else text

    def _statement(self, predicate: str, term: Term) -> str:
        if isinstance(term, Iri):
            return f"    <{_element(predicate)[0]} rdf:resource={_attribute(term.value)}/>\n"
        return self.frame("", predicate, term).filled([self.escaped(term.value)])


def _element(predicate: str) -> tuple[str, str]:
    """The name of an element, with and without what declares its prefix where it is an IRI in angle brackets.

    Raises ValueError for an IRI that does not end in a name, which RDF/XML cannot say.
    """
    if not predicate.startswith("<"):
        return predicate, predicate
    found = _NAMED.search(iri := predicate[1:-1])
    if found is None:
        raise ValueError(f"{predicate} cannot be written in RDF/XML")
    return f"k:{found[0]} xmlns:k={quoteattr(iri[: found.start()])}", f"k:{found[0]}"


class JsonLd(_Blocks):
    """JSON-LD 1.1: a context of prefixes and one graph of flat nodes."""

    media_type = "application/ld+json"
    extension = "jsonld"
    between = ","

    def __init__(self) -> None:
        self._first = True

    def start(self) -> str:
        return f'{{"@context":{orjson.dumps(dict(NAMESPACES)).decode()},\n"@graph":['

    def unit(self, iri: str, predicate: str, terms: Sequence[Term]) -> str:
        if predicate == "rdf:type":
            return f'"@type":{orjson.dumps([term.value for term in terms]).decode()}'
        return f'"{predicate.strip("<>")}":{orjson.dumps([self._term(term) for term in terms]).decode()}'

    def around(self, iri: str) -> tuple[str, str]:
        return f',\n{{"@id":{orjson.dumps(iri).decode()},', "}"

    def placed(self, text: AnyStr) -> AnyStr:
        if self._first and text:
            self._first, text = False, text[1:]
        return text

    def end(self) -> str:
        return "\n]}\n"

    def frame(self, iri: str, predicate: str, like: Literal) -> Frame:
        kind = f',"@language":"{like.language}"' if like.language else ""
        kind += f',"@type":"{like.datatype.strip("<>")}"' if like.datatype and not like.language else ""
        return Frame(f'"{predicate.strip("<>")}":[', '{"@value":"', f'"{kind}}}', ",", "]")

    odd = staticmethod(_ESCAPED_JSON.search)

    def escaped(self, text: str) -> str:
        return orjson.dumps(text).decode()[1:-1]

    @staticmethod
    def _term(term: Term) -> Mapping[str, str]:
        if isinstance(term, Iri):
            return {"@id": term.value}
        if term.language:
            return {"@value": term.value, "@language": term.language}
        return {"@value": term.value, "@type": term.datatype.strip("<>")} if term.datatype else {"@value": term.value}


WRITERS: Mapping[str, type[Writer]] = {writer.extension: writer for writer in (Turtle, RdfXml, JsonLd, NTriples)}
"""The syntaxes by file extension, Turtle, the default, first."""

__all__ = ["WRITERS", "Frame", "JsonLd", "NTriples", "RdfXml", "Turtle", "Writer"]
