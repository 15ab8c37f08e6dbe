"""The table of a profile, compiled for one publication and syntax: a resource's UTF-8 without a walk of terms.

The program (:mod:`graph.rdf.program`) is run here, with the texts that it keeps. Text that is kept is made from nothing
but what its rows declare: a wrong declaration is an error, never a wrong text.
"""

from __future__ import annotations

import marshal
import re
from collections.abc import Hashable, Iterable, Sequence
from functools import lru_cache
from types import CodeType
from typing import Any, TypeAlias

import orjson

from graph.rdf.context import Entry, Publication
from graph.rdf.nodes import Reference, subjects
from graph.rdf.profile import DCAT_AP, Profile
from graph.rdf.program import GAP, Group, Program, Properties, Run, gapped, program
from graph.rdf.syntax import Writer
from graph.rdf.table import Node

KEPT = 4096
"""How many texts are kept by the values of some properties. One more empties it, so that memory stays flat."""
_SAFE = re.compile(r"[A-Za-z0-9._~/-]*")
"""Slugs that stand in IRIs as they are (:func:`catalog.namespaces.encode`)."""

Texts: TypeAlias = tuple[bytes, ...]
"""The texts of runs in UTF-8, with gaps where the slug goes."""


class Compiled:
    """A profile's table for one publication, in the syntax of a writer, for one document."""

    def __init__(self, publication: Publication, syntax: Writer, profile: Profile = DCAT_AP) -> None:
        self._syntax, self._profile = syntax, profile
        self._program = _program(publication, type(syntax), profile)
        self._references = [(self._program.number(each.of), each) for each in profile.references]
        numbers = range(len(self._program.kept))
        self.kept: list[dict[Hashable, Texts]] = [{} for _ in numbers]
        """What is kept of resources, by the number of the properties in the program."""
        self.parts: list[dict[Hashable, Texts]] = [{} for _ in numbers]
        """What is kept of distributions."""
        names: dict[str, Any] = {
            "Entry": Entry,
            "dumps": marshal.dumps,
            "odd": syntax.odd,
            "escaped": syntax.escaped,
            "several": self._several,
            "walk": self._walk,
            "keep": self._keep,
            "keep_part": self._keep_part,
            **{f"kept{number}": self.kept[number] for number in numbers},
            **{f"part{number}": self.parts[number] for number in numbers},
            **{f"value{number}": value for number, value in enumerate(self._program.values)},
        }
        exec(_code(self._program.source), names)
        self._resource = names["resource"]

    def resource(self, entry: Entry, writer: Writer) -> tuple[bytes, Sequence[Reference]]:
        """The nodes of a resource, and the references that lead to nodes which this document may not have yet.

        The nodes are what the writer says of :func:`graph.rdf.nodes.subjects`, byte for byte.
        """
        slug = entry.slug
        if not _SAFE.fullmatch(slug):
            said = "".join(map(writer.subject, subjects(entry, self._profile.rows)))
            return said.encode(), self._profile.references
        new: list[int] = []
        text = writer.placed(self._resource(entry, entry.row, slug.encode(), new))
        return text, [reference for number, reference in self._references if number in new] if new else ()

    def _keep(self, number: int, key: Hashable, entry: Entry, new: list[int]) -> Texts:
        new.append(number)
        kept = self._program.kept[number]
        return self._made(kept.of, kept.runs, entry, self.kept[number], key)

    def _keep_part(self, number: int, key: Hashable, part: Entry) -> Texts:
        kept = self._program.kept[number]
        return self._made(kept.of, kept.parts, part, self.parts[number], key)

    def _made(
        self, of: Properties, runs: Iterable[Run], part: Entry, kept: dict[Hashable, Texts], key: Hashable
    ) -> Texts:
        """The texts of runs with gaps for the slug, and kept; whole and not kept where a value has the gap in it."""
        held = {name: part.row[name] for name in of if not name.endswith("?")}
        held |= {name[:-1]: bool(part.row[name[:-1]]) for name in of if name.endswith("?")}
        if GAP in orjson.dumps(held).decode():
            return tuple(self._text(run, part).encode() for run in runs)
        open_ = Entry(part.publication, {"id": f"resource/{GAP}", **held}, part.index)
        if len(kept) >= KEPT:
            kept.clear()
        kept[key] = made = tuple(gapped(self._text(run, open_)) for run in runs)
        return made

    def _text(self, run: Run, part: Entry) -> str:
        units = "".join([self._unit(run.node, group, part) for group in run.groups])
        if not (units and run.alone):
            return units
        opening, closing = self._syntax.around(run.node.iri(part))
        return f"{opening}{units[len(self._syntax.between) :]}{closing}"

    def _walk(self, number: int, part: Entry) -> bytes:
        node, group = self._program.groups[number]
        return self._unit(node, group, part).encode()

    def _unit(self, node: Node, group: Group, part: Entry) -> str:
        """A unit after what leads it; nothing where nothing is said."""
        predicate, rows = group
        terms = [term for row in rows for _, term in row.statements(part)]
        return f"{self._syntax.between}{self._syntax.unit(node.iri(part), predicate, terms)}" if terms else ""

    def _several(self, values: Iterable[str | None], opening: bytes, between: bytes, closing: bytes) -> bytes:
        """The unit of any number of literals, none of them twice."""
        escaped = self._syntax.escaped
        found = [escaped(value).encode() for value in dict.fromkeys(values) if value]
        return b"".join((opening, between.join(found), closing)) if found else b""


@lru_cache(maxsize=32)
def _program(publication: Publication, syntax: type[Writer], profile: Profile) -> Program:
    """The program, which every page of a revision shares."""
    return program(publication, syntax(), profile)


@lru_cache(maxsize=64)
def _code(source: str) -> CodeType:
    """Compiled once: a new revision seldom makes another source."""
    return compile(source, "<rdf>", "exec")
