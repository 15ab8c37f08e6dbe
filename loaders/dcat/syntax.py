"""Bytes to statements: which syntax a file is in, what is wrong with it, and nothing fetched or expanded on the way.

A file that breaks off or breaks its syntax is refused whole: the statements before the break might say half a thing.
IRIs with characters that have no place in one, and language tags with an underscore, are forgiven and reported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.parsers import expat

import pyoxigraph as ox

from catalog.vocabulary import Severity
from loaders.dcat.contexts import RemoteContext, resolved
from loaders.dcat.graph import Graph
from loaders.dcat.report import Report

ENDINGS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
"""The endings of RDF files."""
LIKELY = {".xml": ox.RdfFormat.RDF_XML, ".json": ox.RdfFormat.JSON_LD}
"""Endings that RDF files may have: only a file that shows itself to be RDF is read as such."""
LONGEST_ENTITY = 1000
LARGEST = 500_000_000
"""Bytes of the largest file read."""
_MARK = b"\xef\xbb\xbf"
_WIDE = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_RDF_XML = b"http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_LINKED = re.compile(rb'"@(?:context|graph|id|type)"')
_TURTLE = re.compile(rb"\s*(?:#[^\n]*\n\s*)*(?:@prefix|@base|PREFIX|BASE)\s", re.IGNORECASE)
_ENTITY = re.compile(rb"<!ENTITY\s+(?:%\s*)?\S+\s+(?:(SYSTEM|PUBLIC)\b|\"([^\"]*)\"|'([^']*)')")
_TAG = re.compile(r'("@[A-Za-z]{1,8})_([A-Za-z0-9]{1,8})(?![\w-])')
_STRING = re.compile(
    r'''("""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n\r]|\\.)*"|<[^<>"\s]*>|\#[^\n\r]*)'''
    r"(?:(@[A-Za-z]{1,8})_([A-Za-z0-9]{1,8})(?![\w-]))?",
    re.DOTALL,
)
"""What a tag may follow, and what only looks as if it did: a tag belongs to the quote that ends a string."""
_XML_TAG = re.compile(r"(xml:lang\s*=\s*[\"'][A-Za-z]{1,8})_([A-Za-z0-9]{1,8}[\"'])")
_LINES = (ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS, ox.RdfFormat.TRIG)


@dataclass(frozen=True, slots=True)
class Syntax:
    """What a file is to be parsed as; ``other`` tells that its ending says something else."""

    format: ox.RdfFormat
    other: bool = False


def syntax(path: str, data: bytes) -> Syntax | None:
    """The syntax of a file, by what it begins with and then by its ending; None for what is no RDF."""
    dot = path.rfind(".")
    ending = path[dot:].lower() if dot >= 0 else ""
    declared = ENDINGS.get(ending)
    if declared is None and ending not in LIKELY:
        return None
    shown = _shown(data)
    if declared is None:
        return Syntax(LIKELY[ending]) if shown is LIKELY[ending] else Syntax(shown, True) if shown else None
    if shown is None or shown is declared or (shown in _LINES and declared in _LINES):
        return Syntax(declared)
    return Syntax(shown, True)


def _shown(data: bytes) -> ox.RdfFormat | None:
    head = _unmarked(data[:20_000]).lstrip()
    if head.startswith(b"<") and not head.startswith((b"<http", b"<urn:")) and b"<" in head[1:]:
        xml = head.startswith((b"<?xml", b"<!DOCTYPE", b"<rdf:RDF", b"<!--")) or b"xmlns" in head
        return ox.RdfFormat.RDF_XML if xml and _RDF_XML in head else None
    if head.startswith((b"{", b"[")) and not head.startswith(b"[]"):
        return ox.RdfFormat.JSON_LD if _LINKED.search(head) else None
    return ox.RdfFormat.TURTLE if _TURTLE.match(head) else None


def _unmarked(data: bytes) -> bytes:
    for mark, encoding in _WIDE:
        if data.startswith(mark):
            return data[: len(data) // 2 * 2].decode(encoding, errors="replace").encode()
    return data.removeprefix(_MARK)


def read(found: Syntax, data: bytes, number: int, base: str, report: Report) -> Graph | None:
    """The statements of a file; None, with an issue, for one that cannot be read. ``base`` is for relative IRIs."""
    if len(data) > LARGEST:
        report.add("SOURCE_TOO_LARGE", f"the file has more than {LARGEST:,} bytes", severity=Severity.ERROR)
        return None
    data = _text(data, report)
    if not data.strip():
        report.add("EMPTY_RDF", "the file is empty", severity=Severity.ERROR)
        return None
    if found.other:
        report.add(
            "WRONG_ENDING",
            f"the file holds {found.format.name}, which its ending does not say",
            severity=Severity.INFO,
            suggestion=f"call it .{found.format.file_extension}",
        )
    try:
        if found.format is ox.RdfFormat.RDF_XML:
            _entities(data)
        elif found.format is ox.RdfFormat.JSON_LD:
            data = resolved(data)
        data = _tags(found.format, data, report)
    except RemoteContext as error:
        report.add(
            "REMOTE_CONTEXT",
            f"the document leans on the context {error}, which is not known here; contexts are never fetched",
            line=_line_of(data, str(error)),
            severity=Severity.ERROR,
            suggestion="write the context into the document, or convert it to Turtle",
        )
        return None
    except ValueError as error:
        report.add("DAMAGED_RDF", f"the file cannot be read: {error}", severity=Severity.ERROR)
        return None
    return _parsed(found.format, data, number, base, report)


def _parsed(format_: ox.RdfFormat, data: bytes, number: int, base: str, report: Report) -> Graph | None:
    first: SyntaxError | None = None
    # the strict reading of JSON-LD leaves out in silence what it does not like
    for lenient in (True,) if format_ is ox.RdfFormat.JSON_LD else (False, True):
        graph = Graph(number)
        try:
            graph.add(ox.parse(data, format_, base_iri=base, lenient=lenient))
        except SyntaxError as error:
            first = first or error
            continue
        for odd in graph.odd:
            language = ":" not in odd and "_" in odd
            report.add(
                "BAD_LANGUAGE" if language else "ODD_IRI",
                f"{odd!r} is no language tag; it is read with a hyphen" if language else
                f"{odd[:200]!r} has characters that no IRI has; it is taken as it stands",
                line=_line_of(data, odd),
                suggestion=None if language else "percent-encode spaces and the like",
            )  # fmt: skip
        graph.close()
        return graph
    assert first is not None
    report.add(
        "DAMAGED_RDF",
        f"the file is refused, it breaks the syntax of {format_.name}: {first.msg}",
        line=_line(first, format_, data),
        severity=Severity.ERROR,
        suggestion="the file may be cut off, or hold another syntax than its ending says",
    )
    return None


def _line(error: SyntaxError, format_: ox.RdfFormat, data: bytes) -> int | None:
    if error.lineno is not None or format_ is not ox.RdfFormat.RDF_XML:
        return error.lineno
    quoted = re.search(r"'([^']{3,})'", error.msg or "")
    if quoted and (line := _line_of(data, quoted[1])):
        return line
    try:
        expat.ParserCreate().Parse(data, True)
    except expat.ExpatError as broken:
        return broken.lineno
    return None


def _line_of(data: bytes, words: str) -> int | None:
    at = data.find(words.encode())
    return data.count(b"\n", 0, at) + 1 if at >= 0 else None


def _text(data: bytes, report: Report) -> bytes:
    """UTF-8 without mark."""
    data = _unmarked(data)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            text = data.decode("utf-8", errors="replace")
        report.add("NOT_UTF8", "the file is not in UTF-8, which RDF is written in", line=line)
        return text.encode()
    return data


def _tags(format_: ox.RdfFormat, data: bytes, report: Report) -> bytes:
    """`zh_CN` is no language tag, and zh-CN is meant."""
    if b"_" not in data or format_ is ox.RdfFormat.JSON_LD:
        return data
    pattern = _XML_TAG if format_ is ox.RdfFormat.RDF_XML else _TAG
    text = data.decode()
    found = pattern.search(text)
    if found is None:
        return data
    if pattern is _TAG:
        found = next((one for one in _STRING.finditer(text) if one[2]), None)
        if found is None:
            return data
    tag = re.split("[@=]", found[0])[-1].strip("\"'")
    report.add(
        "BAD_LANGUAGE",
        f"{tag!r} is no language tag; it is read with a hyphen",
        line=text.count("\n", 0, found.end()) + 1,
    )
    if pattern is _TAG:
        return _STRING.sub(lambda one: f"{one[1]}{one[2]}-{one[3]}" if one[2] else one[0], text).encode()
    return pattern.sub(r"\1-\2", text).encode()


def _entities(data: bytes) -> None:
    """Refuses what would grow: entities made of entities, long ones, ones that stand elsewhere."""
    if b"<!ENTITY" not in data:
        return
    for external, *values in _ENTITY.findall(data):
        value = values[0] or values[1]
        if external or b"&" in value or b"%" in value or len(value) > LONGEST_ENTITY:
            raise ValueError(
                "its entities are made of others, of much text, or stand in another place; none is expanded"
            )
