"""One load: files in, records and issues out. Pure; what is already held comes in as :class:`loaders.known.Known`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from catalog.changes import merge
from catalog.identifiers import issue_id, source_id
from catalog.issue import Issue
from catalog.puts import Gathered, Gathering, Issues
from catalog.record import Record
from catalog.regulation import Regulation
from catalog.source import Source
from catalog.uncollected import uncollected
from catalog.value import Place
from catalog.vocabulary import Kind, Severity
from loaders.correspondence.linking import link
from loaders.correspondence.rows import KINDS as MAPPING_KINDS
from loaders.correspondence.rows import read_mapping
from loaders.dcat.documents import Documents
from loaders.dcat.syntax import LIKELY, syntax
from loaders.decoding import decode
from loaders.known import Known
from loaders.regulation.load import read_regulations
from loaders.table.above import asks
from loaders.table.apart import Apart, item_sheets
from loaders.table.catalogue import Registered, read_catalogue
from loaders.table.demands import KINDS as DEMAND_KINDS
from loaders.table.demands import read_demands
from loaders.table.elements import KINDS as CATALOGUE_KINDS
from loaders.table.sheet import LISTS, Grid, Sheet, find_sheet
from loaders.table.ticks import together
from loaders.table.workbook import is_workbook, read_separated, read_workbook

Step = Callable[[str], None]
Gather = Callable[[], Gathering]
"""Makes what takes the records of a load."""
_MANY = frozenset({Kind.RESOURCE, Kind.FIELD})
"""What tables have many of."""


@dataclass(frozen=True, slots=True)
class File:
    """A file: ``path`` below what was named, and its bytes, or how to read them when its turn comes."""

    path: str
    content: bytes | Callable[[], bytes]

    @property
    def data(self) -> bytes:
        """The bytes. Raises BadInput where they cannot be read."""
        return self.content if isinstance(self.content, bytes) else self.content()


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file was taken for: ``regulation``, ``catalogue``, ``demands``, ``mapping``, ``dcat``; or None."""

    path: str
    format: str | None


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load gives: records (issues among them, each of its source), and what each file was taken for.

    ``problems`` are all issues, those of files that were not recognised included; ``sources`` the identifiers of the
    sources whose records this load replaces, ``copies`` those among them that Mulu exported itself, and ``copied``
    the identifiers of the records that only these give: where another source gave the record, they are no news.
    ``deletes`` is what no longer holds (not each of it need be held), and ``settled`` the shared records that are
    given whole (:class:`catalog.changes.ChangeSet`).
    """

    records: Collection[Record]
    problems: Collection[Issue]
    files: tuple[Recognised, ...]
    sources: tuple[str, ...]
    copies: frozenset[str] = frozenset()
    copied: frozenset[str] = frozenset()
    deletes: tuple[str, ...] = ()
    settled: frozenset[str] = frozenset()


def load(
    files: Sequence[File], known: Iterable[Record] = (), *, step: Step = lambda path: None, base: str = ""
) -> Loaded:
    """Reads files and draws the links that follow; ``known`` is everything already held that may be touched."""
    held = tuple(known)
    found = linked(read(files, held, step=step, base=base), held)
    return replace(found, records=tuple(found.records), problems=tuple(found.problems))


def linked(
    loaded: Loaded,
    held: Iterable[Record],
    *,
    looked_up: frozenset[str] = frozenset(),
    unnamed: frozenset[str] = frozenset(),
    gather: Gather = Gathered,
) -> Loaded:
    """What was read with all links drawn: what bodies fill, resources fulfil, fields mean, demands ask for.

    ``held`` are the records of the catalogue that this may touch; ``looked_up`` and ``unnamed`` as
    :func:`loaders.correspondence.linking.link` takes them. The records go where ``gather`` says.
    """
    found = link(
        loaded.records,
        held,
        loaded.sources,
        looked_up=looked_up,
        unnamed=unnamed,
        told=loaded.problems,
        gather=gather,
    )
    return replace(
        loaded,
        records=found.records,
        problems=found.issues,
        deletes=(*loaded.deletes, *found.deletes),
        settled=found.settled,
    )


def read(
    files: Sequence[File],
    known: Iterable[Record] = (),
    *,
    step: Step = lambda path: None,
    base: str = "",
    gather: Gather = Gathered,
) -> Loaded:
    """Reads files in the order regulations, catalogues, DCAT, demand lists, mappings, whatever order they come in.

    Links between what is registered and what the law assigns are not drawn yet. ``known`` are the records already held
    that this load may lean on. ``step`` is told each path as its turn comes. ``base`` is where the IRIs of this
    catalogue start, by which DCAT may name what it holds. The records go where ``gather`` says: one file's cells are in
    memory at a time, beside what is not a resource or an item of a table, or an issue of one.
    """
    with uncollected():
        reading = _Reading(tuple(known), base, gather(), Issues(gather()))
        for path, group in _by_path(files):
            step(path)
            reading.file(path, group)
        return reading.loaded(gather)


class _Reading:
    """The state of one reading. ``listed`` takes the resources and items of tables, ``doubts`` the issues of these."""

    def __init__(self, known: Sequence[Record], base: str, listed: Gathering, doubts: Issues) -> None:
        self.known = known
        self.listed = listed
        self.doubts = doubts
        self.records: list[Record] = []
        self.problems: list[Issue] = []
        self.formats: dict[str, str | None] = {}
        self.tables: dict[str, list[tuple[Source, Sheet]]] = {"demands": [], "mapping": []}
        self.registered = Registered()
        self.texts: dict[str, str] = {}
        self.sources: list[Source] = []
        self.documents = Documents(base)

    def file(self, path: str, group: Sequence[File]) -> None:
        """Reads one file, but for regulations, demands and mappings, which lean on others."""
        data = group[0].data
        if any(other.data != data for other in group[1:]):
            self.problems.append(_two_files(path))
        self.formats[path] = None
        if (found_syntax := syntax(path, data)) is not None:
            source = _source(path, "dcat", data)
            if self.documents.add(source, data, found_syntax):
                self.formats[path] = "dcat"
                self.sources.append(source)
            return
        if path.lower().endswith(tuple(LIKELY)):
            return
        grids = self._grids(path, data)
        if grids is None:
            return
        sheets = [(_sheet(grid), grid) for grid in grids]
        kinds = sorted({format_ for (format_, _), _ in sheets if format_})
        format_ = "+".join(kinds) or "regulation"
        source = _source(path, format_, data)
        of_catalogues = {i: sheet for i, ((kind, sheet), _) in enumerate(sheets) if kind in ("catalogue", None)}
        listing = item_sheets(of_catalogues, grids, CATALOGUE_KINDS)
        apart = Apart.of(list(listing.values()), source.id, source.path)
        for index, ((kind, sheet), grid) in enumerate(sheets):
            if index in listing:
                continue
            if kind is not None and sheet is not None:
                self.formats[path] = format_
                if kind == "catalogue":
                    self._catalogue(source, sheet, apart)
                else:
                    self.tables[kind].append((source, sheet))
            elif grid.name != LISTS and any(map(any, grid.rows)):
                self.problems.append(_no_sheet(source, grid.name))
        self.doubts.extend(apart.left())
        self.sources.append(source)

    def _grids(self, path: str, data: bytes) -> Sequence[Grid] | None:
        """The sheets of a file, none of a text; None where it is not readable at all."""
        if is_workbook(path, data):
            workbook = read_workbook(data, path, source_id(path))
            self.problems.extend(workbook.issues)
            return workbook.grids
        decoded = decode(data, path)
        self.problems.extend(decoded.issues)
        if decoded.text is None:
            return None
        if path.lower().endswith((".csv", ".tsv")):
            separated = read_separated(decoded.text, path, source_id(path))
            self.problems.extend(separated.issues)
            return separated.grids
        self.texts[path] = decoded.text
        return ()

    def _catalogue(self, source: Source, sheet: Sheet, apart: Apart) -> None:
        found, report = read_catalogue(sheet, source.id, source.path, self.registered, apart)
        for record in found:
            if record.kind in _MANY:
                self.listed.add(record)
            else:
                self.records.append(record)
        self.doubts.extend(report.issues)

    def loaded(self, gather: Gather) -> Loaded:
        """What all files gave."""
        found = read_regulations(self.texts, self.known)
        self.problems.extend(found.issues)
        records = [*found.records, *self.records]
        for path in found.recognised:
            self.formats[path] = "regulation"
        early = len(self.problems)
        if self.documents:
            known = Known.of((*self.known, *records))
            records.extend(self.documents.records(known, chain(records, self.listed)))
        self.problems.extend(self.documents.issues)
        for source, sheet in self.tables["demands"]:
            read_records, report = read_demands(sheet, source.id, source.path, Known.of((*self.known, *records)))
            records.extend(read_records)
            self.problems.extend(report.issues)
        for source, sheet in self.tables["mapping"]:
            correspondences, report = read_mapping(sheet, source.id, source.path)
            records.extend(correspondences)
            self.problems.extend(report.issues)
        loaded = [source for source in self.sources if self.formats[source.path]]
        kept = {source.id for source in loaded}
        about = kept | {one.source for one in self.known if isinstance(one, Regulation)} - {None}
        told = [one for one in self.problems if one.source in about]
        found_all = self._all(merge((*loaded, *records, *told)), gather)
        found_all.extend(one for one in self.doubts if one.source in kept)
        problems = chain(self.problems[:early], self.doubts, self.problems[early:]) if self.doubts else self.problems
        return Loaded(
            records=found_all,
            problems=Issues(gather(), problems),
            files=tuple(Recognised(path, self.formats[path]) for path in sorted(self.formats)),
            sources=tuple(sorted(kept)),
            copies=frozenset(self.documents.copies),
            copied=frozenset(self.documents.given),
            deletes=found.obsolete,
        )

    def _all(self, others: Sequence[Record], gather: Gather) -> Gathering:
        """Everything together: what documents say of a resource that a table lists too goes before it."""
        found = self.listed
        if self.documents:
            said = {one.id for one in others if one.kind in _MANY}
            if any(one.id in said for one in found):
                found = gather()
                found.extend(one for one in self.listed if one.id not in said)
                self.listed.close()
        found.extend(others)
        return found


def more(issues: Collection[Issue], others: Sequence[Issue], gather: Gather = Gathered) -> Collection[Issue]:
    """The issues with others after them."""
    return Issues(gather(), chain(issues, others)) if others else issues


def _source(path: str, format_: str, data: bytes) -> Source:
    return Source(id=source_id(path), path=path, format=format_, sha256=hashlib.sha256(data).hexdigest())


def _by_path(files: Sequence[File]) -> Iterator[tuple[str, list[File]]]:
    grouped: dict[str, list[File]] = {}
    for file in files:
        grouped.setdefault(file.path, []).append(file)
    yield from sorted(grouped.items())


def _two_files(path: str) -> Issue:
    return Issue(
        id=issue_id(source_id(path), "TWO_FILES_ONE_NAME", path),
        place=Place(source=path),
        code="TWO_FILES_ONE_NAME",
        severity=Severity.ERROR,
        message=f"two different files are called {path} in this load; the first was read",
        suggestion="load them from the folder above both, so that their paths differ",
    )


def _sheet(grid: Grid) -> tuple[str | None, Sheet | None]:
    """What the cells of a sheet are, a mapping, a demand list or a catalogue, and the sheet; None twice for others."""
    grid = together(grid)
    mapping = find_sheet(grid, MAPPING_KINDS, (Kind.CORRESPONDENCE, "subject_name"), least=4)
    if mapping is not None:
        return "mapping", mapping
    demands = find_sheet(grid, DEMAND_KINDS, (Kind.DEMAND, "agency"), least=3)
    if demands is not None:
        return "demands", demands
    catalogue = find_sheet(grid, CATALOGUE_KINDS, (Kind.RESOURCE, "name"))
    if catalogue is None or (Kind.RESOURCE, "share_type") not in catalogue.columns:
        asked = find_sheet(grid, DEMAND_KINDS, (Kind.DEMAND, "what"), least=3)
        if asked is not None and asks(asked):
            return "demands", asked
    return ("catalogue", catalogue) if catalogue is not None else (None, None)


def _no_sheet(source: Source, name: str | None) -> Issue:
    what = f"the sheet {name!r}" if name is not None else "the table"
    return Issue(
        id=issue_id(source.id, "SHEET_NOT_RECOGNISED", name or ""),
        source=source.id,
        place=Place(source=source.path, sheet=name),
        code="SHEET_NOT_RECOGNISED",
        severity=Severity.INFO,
        message=f"{what} has no headings of a catalogue, a demand list or a mapping; it was left out",
        suggestion="headings stand in the first twenty rows; mulu template writes a workbook with those that are known",
    )
