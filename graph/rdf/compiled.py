"""The table of a profile, compiled for one publication and syntax: a resource's text without a walk of terms.

What a row of the table makes depends on the resource's slug and on the few properties that the row declares. Most of
these (who, how shared, which law, which format) have few values in a catalogue: the text made of them is made once,
with a gap wherever the slug stands, and kept. Rows that read what differs from resource to resource are made each time.
Text that is kept is made from nothing but what its rows declare: a wrong declaration is an error, never a wrong text.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeAlias

import orjson

from catalog.codec import Row as Held
from graph.rdf.context import Entry, Publication
from graph.rdf.nodes import subjects
from graph.rdf.profile import DCAT_AP, Profile
from graph.rdf.syntax import Writer
from graph.rdf.table import Node, Row, term
from graph.rdf.terms import Literal, Subject, encode

PECULIAR = frozenset("name aliases code summary issued modified loaded share_condition open_condition fields".split())
"""The properties that hardly two resources share: what is made of them is not kept."""
KEPT = 4096
"""How many texts are kept of one run of rows. One more empties it, so that memory stays flat."""
GAP = "z0gap9slug7here3z"
"""Stands for the slug while a text is made. Text that holds these very letters is never kept."""

Properties: TypeAlias = tuple[str, ...]
Group: TypeAlias = tuple[str, tuple[Row, ...]]
"""The rows of one node that share a predicate, with it."""


@dataclass(slots=True)
class _Run:
    """Groups that stand together and whose text is kept by the values of the properties they read."""

    of: Properties
    groups: tuple[Group, ...]
    kept: dict[Hashable, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Text:
    """A row that is made each time: its literals' texts between what stands around them, cut where the slug goes."""

    row: Row
    opening: tuple[str, ...]
    between: tuple[str, ...]
    closing: str


Step: TypeAlias = _Run | _Text | Group


@dataclass(frozen=True, slots=True)
class _Plan:
    node: Node
    address: tuple[str, ...]
    steps: tuple[Step, ...]


class Compiled:
    """A profile's table for one publication, in the syntax of a writer. It may serve many documents."""

    def __init__(self, publication: Publication, syntax: Writer, profile: Profile = DCAT_AP) -> None:
        self._publication, self._syntax, self._profile = publication, syntax, profile
        nodes = groupby(profile.rows, key=lambda row: row.node)
        self._plans = tuple(self._plan(node, tuple(rows)) for node, rows in nodes)
        runs = (step for plan in self._plans for step in plan.steps if isinstance(step, _Run))
        self.read = frozenset({*(run.of for run in runs), *(reference.of for reference in profile.references)})

    def keys(self, row: Held) -> dict[Properties, Hashable]:
        """The values of each set of properties that texts are kept by."""
        return {of: _key(row, of) for of in self.read}

    def text(self, row: Held, keys: Mapping[Properties, Hashable], writer: Writer) -> str:
        """The nodes of a resource: what the writer says of :func:`graph.rdf.nodes.subjects`, byte for byte."""
        entry = Entry(self._publication, row)
        slug = entry.slug
        if encode(slug) != slug:
            return "".join(map(writer.subject, subjects(entry, self._profile.rows)))
        found, quoted = [], self._syntax.quoted
        for plan in self._plans:
            for part in plan.node.of(entry) if plan.node is Node.DISTRIBUTION else (entry,):
                iri = plan.node.iri(part) if part.index else slug.join(plan.address)
                units: list[str] = []
                for step in plan.steps:
                    if isinstance(step, _Run):
                        key = (part.index, keys[step.of]) if plan.node is Node.DISTRIBUTION else keys[step.of]
                        text = step.kept.get(key)
                        if text is None and (text := self._keep(step, key, plan.node, part)) is None:
                            units += self._units(step.groups, iri, part)
                        elif text:
                            units.append(slug.join(text))
                    elif isinstance(step, _Text) and not part.index:
                        values = [quoted(value) for value in dict.fromkeys(step.row.value(part)) if value]
                        if values:
                            inner = slug.join(step.between).join(values) if len(values) > 1 else values[0]
                            units.append(f"{slug.join(step.opening)}{inner}{step.closing}")
                    else:
                        groups = ((step.row.predicate, (step.row,)),) if isinstance(step, _Text) else (step,)
                        units += self._units(groups, iri, part)
                if units:
                    found.append(writer.block(iri, units))
        return "".join(found)

    def _plan(self, node: Node, rows: tuple[Row, ...]) -> _Plan:
        groups = [(predicate, tuple(same)) for predicate, same in groupby(rows, key=lambda row: row.predicate)]
        if len({predicate for predicate, _ in groups}) < len(groups):
            raise ValueError(f"the rows of one predicate stand apart in {node.name}")
        iri = node.iri(Entry(self._publication, {"id": f"resource/{GAP}"}))
        steps: list[Step] = []
        for group in groups:
            of = frozenset[str]().union(*(row.of for row in group[1]))
            if not PECULIAR.isdisjoint(of):
                steps.append(self._made(iri, group))
                continue
            last = steps[-1] if steps else None
            if isinstance(last, _Run) and (not of or not last.of or of == set(last.of)):
                steps[-1] = _Run(last.of or tuple(sorted(of)), (*last.groups, group))
            else:
                steps.append(_Run(tuple(sorted(of)), (group,)))
        return _Plan(node, tuple(iri.split(GAP)), tuple(steps))

    def _made(self, iri: str, group: Group) -> Step:
        predicate, rows = group
        like = term(rows[0].object, "", rows[0].datatype)
        if len(rows) > 1 or not isinstance(like, Literal):
            return group
        frame = self._syntax.frame(iri, predicate, like)
        between = f"{frame.after}{frame.between}{frame.before}"
        opening = f"{frame.opening}{frame.before}"
        return _Text(rows[0], tuple(opening.split(GAP)), tuple(between.split(GAP)), f"{frame.after}{frame.closing}")

    def _keep(self, run: _Run, key: Hashable, node: Node, part: Entry) -> tuple[str, ...] | None:
        """Makes a run's text with gaps for the slug, and keeps it: empty for nothing, None if it must not be kept."""
        held = {name: part.row[name] for name in run.of}
        if GAP in orjson.dumps(held).decode():
            return None
        gapped = Entry(part.publication, {"id": f"resource/{GAP}", **held}, part.index)
        units = list(self._units(run.groups, node.iri(gapped), gapped))
        if len(run.kept) >= KEPT:
            run.kept.clear()
        run.kept[key] = tuple(self._syntax.between.join(units).split(GAP)) if units else ()
        return run.kept[key]

    def _units(self, groups: tuple[Group, ...], iri: str, part: Entry) -> Iterator[str]:
        for predicate, rows in groups:
            terms = [term for row in rows for _, term in row.statements(part)]
            if terms:
                yield self._syntax.unit(iri, predicate, terms)


class References:
    """The nodes that the resources of one document refer to, each reference's given once, or again when many were."""

    def __init__(self, profile: Profile = DCAT_AP) -> None:
        self._references = profile.references
        self._seen: set[Hashable] = set()

    def new(self, entry: Entry, keys: Mapping[Properties, Hashable]) -> Iterator[Subject]:
        """The nodes that a resource refers to, save those of references that an earlier resource shares."""
        for number, reference in enumerate(self._references):
            key = number, keys[reference.of]
            if key not in self._seen:
                if len(self._seen) >= KEPT * len(self._references):
                    self._seen.clear()
                self._seen.add(key)
                yield from reference.nodes(entry)


def _key(row: Held, of: Properties) -> Hashable:
    if len(of) == 1 and isinstance(value := row[of[0]], str | None):
        return value
    return orjson.dumps([row[name] for name in of]) if of else None
