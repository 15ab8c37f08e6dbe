"""Statements that no property has a place for, kept as metadata of a resource and said again when it is published.

An element ``<predicate>`` is said of the resource itself, ``<subject> <predicate>`` or ``_:n1 <predicate>`` of a node
that it leads to; the value is the object as N-Triples writes it. ``of(keep(one)) == one``. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalog.value import MetadataValue

_IRI = r"<([^<>\"{}|^`\\\x00-\x20]+)>"
_BLANK = r"(_:n[0-9]{1,9})"
_ELEMENT = re.compile(f"(?:(?:{_IRI}|{_BLANK}) )?{_IRI}")
_LITERAL = re.compile(rf'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z]{{1,8}}(?:-[A-Za-z0-9]{{1,8}})*)|\^\^{_IRI})?', re.DOTALL)
_NODE = re.compile(f"{_IRI}|{_BLANK}")
ODD = re.compile(r"[<>\"{}|^`\\\x00-\x20]")
"""A character that no IRI may hold."""
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}
_PLAIN = {"\\": "\\", '"': '"', "n": "\n", "r": "\r"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One statement. ``subject`` None is the resource; nodes are IRIs or ``_:n`` with a number; literals have words."""

    predicate: str
    value: str
    subject: str | None = None
    literal: bool = False
    language: str | None = None
    datatype: str | None = None


def iri(text: str) -> str:
    """An IRI with what no IRI may hold percent-encoded."""
    return ODD.sub(lambda found: f"%{ord(found[0]):02X}", text)


def keep(one: Kept) -> MetadataValue:
    """The statement as an element of the metadata. A language that is none is left off."""
    subject = f"{_node(one.subject)} " if one.subject is not None else ""
    if one.literal:
        value = '"' + re.sub(r'[\\"\n\r]', lambda found: _ESCAPED[found[0]], one.value) + '"'
        if one.language and _LANGUAGE.fullmatch(one.language):
            value += f"@{one.language}"
        elif one.datatype:
            value += f"^^{_node(one.datatype)}"
    else:
        value = _node(one.value)
    return MetadataValue(element=f"{subject}{_node(one.predicate)}", value=value, known=False)


def of(element: str, value: str) -> Kept | None:
    """The statement that an element of the metadata keeps; None where it is none."""
    found = _ELEMENT.fullmatch(element)
    if found is None:
        return None
    subject, predicate = found[1] or found[2], found[3]
    if node := _NODE.fullmatch(value):
        return Kept(predicate=predicate, value=node[1] or node[2], subject=subject)
    if text := _LITERAL.fullmatch(value):
        words = re.sub(r"\\(.)", lambda escaped: _PLAIN.get(escaped[1], escaped[1]), text[1], flags=re.DOTALL)
        return Kept(predicate=predicate, value=words, subject=subject, literal=True, language=text[2], datatype=text[3])
    return None


def _node(name: str) -> str:
    return name if name.startswith("_:") else f"<{iri(name)}>"
