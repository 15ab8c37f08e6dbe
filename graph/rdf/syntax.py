"""The four syntaxes of the export. A writer turns subjects into text piece by piece, with nothing held back.

Order is that of the subjects given, so equal input gives equal bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol
from xml.sax.saxutils import escape, quoteattr

import orjson

from graph.rdf.terms import NAMESPACES, Iri, Subject, Term, expand

_ESCAPES = {
    ord("\\"): "\\\\",
    ord('"'): '\\"',
    ord("\n"): "\\n",
    ord("\r"): "\\r",
    ord("\t"): "\\t",
    **{code: f"\\u{code:04X}" for code in range(0x20) if code not in (0x09, 0x0A, 0x0D)},
    0x7F: "\\u007F",
}
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")
_PREFIXES = {iri: prefix for prefix, iri in NAMESPACES.items()}
_NAMED = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Writer(Protocol):
    """A syntax: ``start``, one ``subject`` after the other, ``end``; media type and file extension beside."""

    media_type: str
    extension: str

    def start(self) -> str: ...
    def subject(self, subject: Subject) -> str: ...
    def end(self) -> str: ...


def _quoted(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'


class NTriples:
    """N-Triples 1.1: one statement a line, no prefixes."""

    media_type = "application/n-triples"
    extension = "nt"

    def start(self) -> str:
        return ""

    def subject(self, subject: Subject) -> str:
        head = f"<{subject.iri}> "
        return "".join(f"{head}<{expand(p)}> {self._term(o)} .\n" for p, o in subject.statements)

    def end(self) -> str:
        return ""

    @staticmethod
    def _term(term: Term) -> str:
        if isinstance(term, Iri):
            return f"<{term.value}>"
        if term.language:
            return f"{_quoted(term.value)}@{term.language}"
        return _quoted(term.value) + (f"^^<{expand(term.datatype)}>" if term.datatype else "")


class Turtle:
    """Turtle 1.1 with prefixes; one block a subject."""

    media_type = "text/turtle"
    extension = "ttl"

    def start(self) -> str:
        return "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in NAMESPACES.items())

    def subject(self, subject: Subject) -> str:
        lines: list[str] = []
        last = None
        for predicate, term in subject.statements:
            if predicate == last:
                lines[-1] += f", {self._term(term)}"
            else:
                lines.append(f"{'a' if predicate == 'rdf:type' else predicate} {self._term(term)}")
                last = predicate
        return f"\n<{subject.iri}> " + " ;\n    ".join(lines) + " .\n" if lines else ""

    def end(self) -> str:
        return ""

    def _term(self, term: Term) -> str:
        if isinstance(term, Iri):
            cut = max(term.value.rfind("/"), term.value.rfind("#")) + 1
            prefix = _PREFIXES.get(term.value[:cut])
            return f"{prefix}:{term.value[cut:]}" if prefix and _LOCAL.match(term.value, cut) else f"<{term.value}>"
        if term.language:
            return f"{_quoted(term.value)}@{term.language}"
        return _quoted(term.value) + (f"^^{term.datatype}" if term.datatype else "")


class RdfXml:
    """RDF/XML 1.1. Characters that XML 1.0 cannot hold become U+FFFD."""

    media_type = "application/rdf+xml"
    extension = "rdf"

    def start(self) -> str:
        names = "".join(f'\n    xmlns:{prefix}="{iri}"' for prefix, iri in NAMESPACES.items())
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{names}>\n'

    def subject(self, subject: Subject) -> str:
        inner = "".join(self._statement(p, o) for p, o in subject.statements)
        return f"  <rdf:Description rdf:about={quoteattr(subject.iri)}>\n{inner}  </rdf:Description>\n"

    def end(self) -> str:
        return "</rdf:RDF>\n"

    @staticmethod
    def _statement(predicate: str, term: Term) -> str:
        name, end = _element(predicate) if predicate.startswith("<") else (predicate, predicate)
        if isinstance(term, Iri):
            return f"    <{name} rdf:resource={quoteattr(term.value)}/>\n"
        kind = f' xml:lang="{term.language}"' if term.language else ""
        kind += f' rdf:datatype="{expand(term.datatype)}"' if term.datatype else ""
        text = escape(_NOT_XML.sub("\ufffd", term.value), {"\r": "&#13;"})
        return f"    <{name}{kind}>{text}</{end}>\n"


def _element(predicate: str) -> tuple[str, str]:
    """The name of an element for a predicate without prefix, with and without the prefix's declaration.

    Raises ValueError for an IRI that does not end in a name, which RDF/XML cannot say.
    """
    found = _NAMED.search(iri := predicate[1:-1])
    if found is None:
        raise ValueError(f"{predicate} cannot be written in RDF/XML")
    return f"k:{found[0]} xmlns:k={quoteattr(iri[: found.start()])}", f"k:{found[0]}"


class JsonLd:
    """JSON-LD 1.1: a context of prefixes and one graph of flat nodes."""

    media_type = "application/ld+json"
    extension = "jsonld"

    def __init__(self) -> None:
        self._first = True

    def start(self) -> str:
        return f'{{"@context":{orjson.dumps(dict(NAMESPACES)).decode()},\n"@graph":['

    def subject(self, subject: Subject) -> str:
        node: dict[str, object] = {"@id": subject.iri}
        grouped: dict[str, list[object]] = {}
        for predicate, term in subject.statements:
            if predicate == "rdf:type":
                grouped.setdefault("@type", []).append(term.value)
            else:
                grouped.setdefault(predicate.strip("<>"), []).append(self._term(term))
        node.update(grouped)
        comma, self._first = ("" if self._first else ","), False
        return f"{comma}\n{orjson.dumps(node).decode()}"

    def end(self) -> str:
        return "\n]}\n"

    @staticmethod
    def _term(term: Term) -> Mapping[str, str]:
        if isinstance(term, Iri):
            return {"@id": term.value}
        if term.language:
            return {"@value": term.value, "@language": term.language}
        return {"@value": term.value, "@type": term.datatype.strip("<>")} if term.datatype else {"@value": term.value}


WRITERS: Mapping[str, type[Writer]] = {writer.extension: writer for writer in (Turtle, RdfXml, JsonLd, NTriples)}
"""The syntaxes by file extension, Turtle, the default, first."""

__all__ = ["WRITERS", "JsonLd", "NTriples", "RdfXml", "Turtle", "Writer"]
