"""One load: files in, records and issues out. Pure; what is already held comes in as :class:`loaders.known.Known`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from catalog.changes import merge
from catalog.identifiers import issue_id, source_id
from catalog.issue import Issue
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
from loaders.table.catalogue import KINDS as CATALOGUE_KINDS
from loaders.table.catalogue import Registered, read_catalogue
from loaders.table.demands import KINDS as DEMAND_KINDS
from loaders.table.demands import read_demands
from loaders.table.sheet import LISTS, Grid, Sheet, find_sheet
from loaders.table.workbook import is_workbook, read_separated, read_workbook

Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was read: ``path`` below what was named, and its bytes."""

    path: str
    data: bytes


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

    records: tuple[Record, ...]
    problems: tuple[Issue, ...]
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
    return linked(read(files, held, step=step, base=base), held)


def linked(
    loaded: Loaded,
    held: Iterable[Record],
    *,
    looked_up: frozenset[str] = frozenset(),
    unnamed: frozenset[str] = frozenset(),
) -> Loaded:
    """What was read with all links drawn: what bodies fill, resources fulfil, fields mean, demands ask for.

    ``held`` are the records of the catalogue that this may touch; ``looked_up`` and ``unnamed`` as
    :func:`loaders.correspondence.linking.link` takes them.
    """
    found = link(loaded.records, held, loaded.sources, looked_up=looked_up, unnamed=unnamed)
    return replace(
        loaded,
        records=found.records,
        problems=(*loaded.problems, *found.issues),
        deletes=(*loaded.deletes, *found.deletes),
        settled=found.settled,
    )


def read(
    files: Sequence[File], known: Iterable[Record] = (), *, step: Step = lambda path: None, base: str = ""
) -> Loaded:
    """Reads files in the order regulations, catalogues, DCAT, demand lists, mappings, whatever order they come in.

    Links between what is registered and what the law assigns are not drawn yet. ``known`` are the records already held
    that this load may lean on. ``step`` is told each path as its turn comes. ``base`` is where the IRIs of this
    catalogue start, by which DCAT may name what it holds.
    """
    with uncollected():
        return _read(files, known, step, base)


def _read(files: Sequence[File], known: Iterable[Record], step: Step, base: str) -> Loaded:
    records: list[Record] = list(known)
    held = len(records)
    problems: list[Issue] = []
    formats: dict[str, str | None] = {}
    tables: dict[str, list[tuple[Source, Sheet]]] = {"catalogue": [], "demands": [], "mapping": []}
    texts: dict[str, str] = {}
    sources: list[Source] = []
    documents = Documents(base)
    for path, group in _by_path(files):
        step(path)
        first = group[0]
        if any(other.data != first.data for other in group[1:]):
            problems.append(_two_files(path))
        formats[path] = None
        if (found_syntax := syntax(path, first.data)) is not None:
            source = _source(path, "dcat", first.data)
            if documents.add(source, first.data, found_syntax):
                formats[path] = "dcat"
                sources.append(source)
            continue
        if path.lower().endswith(tuple(LIKELY)):
            continue
        if is_workbook(path, first.data):
            workbook = read_workbook(first.data, path, source_id(path))
            problems.extend(workbook.issues)
            grids = workbook.grids
        else:
            decoded = decode(first.data, path)
            problems.extend(decoded.issues)
            if decoded.text is None:
                continue
            if path.lower().endswith((".csv", ".tsv")):
                separated = read_separated(decoded.text, path, source_id(path))
                problems.extend(separated.issues)
                grids = separated.grids
            else:
                grids, texts[path] = (), decoded.text
        sheets = [(_sheet(grid), grid) for grid in grids]
        kinds = sorted({format_ for (format_, _), _ in sheets if format_})
        format_ = "+".join(kinds) or "regulation"
        source = _source(path, format_, first.data)
        for (kind, sheet), grid in sheets:
            if kind is not None and sheet is not None:
                tables[kind].append((source, sheet))
                formats[path] = format_
            elif grid.name not in (None, LISTS) and any(map(any, grid.rows)):
                problems.append(_no_sheet(source, grid.name or ""))
        sources.append(source)
    found = read_regulations(texts, records)
    problems.extend(found.issues)
    records.extend(found.records)
    for path in found.recognised:
        formats[path] = "regulation"
    registered = Registered()
    for source, sheet in tables["catalogue"]:
        read_records, report = read_catalogue(sheet, source.id, source.path, registered)
        records.extend(read_records)
        problems.extend(report.issues)
    records.extend(documents.records(Known.of(records), records[held:]) if documents else ())
    problems.extend(documents.issues)
    for source, sheet in tables["demands"]:
        read_records, report = read_demands(sheet, source.id, source.path, Known.of(records))
        records.extend(read_records)
        problems.extend(report.issues)
    for source, sheet in tables["mapping"]:
        correspondences, report = read_mapping(sheet, source.id, source.path)
        records.extend(correspondences)
        problems.extend(report.issues)
    loaded = [source for source in sources if formats[source.path]]
    kept = {source.id for source in loaded}
    held_sources = {one.source for one in records[:held] if isinstance(one, Regulation)} - {None}
    return Loaded(
        records=merge((*loaded, *records[held:], *(one for one in problems if one.source in kept | held_sources))),
        problems=tuple(problems),
        files=tuple(Recognised(path, formats[path]) for path in sorted(formats)),
        sources=tuple(sorted(kept)),
        copies=frozenset(documents.copies),
        copied=frozenset(documents.given),
        deletes=found.obsolete,
    )


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
    mapping = find_sheet(grid, MAPPING_KINDS, (Kind.CORRESPONDENCE, "subject_name"), least=4)
    if mapping is not None:
        return "mapping", mapping
    demands = find_sheet(grid, DEMAND_KINDS, (Kind.DEMAND, "agency"), least=3)
    if demands is not None:
        return "demands", demands
    catalogue = find_sheet(grid, CATALOGUE_KINDS, (Kind.RESOURCE, "name"))
    return ("catalogue", catalogue) if catalogue is not None else (None, None)


def _no_sheet(source: Source, name: str) -> Issue:
    return Issue(
        id=issue_id(source.id, "SHEET_NOT_RECOGNISED", name),
        source=source.id,
        place=Place(source=source.path, sheet=name),
        code="SHEET_NOT_RECOGNISED",
        severity=Severity.INFO,
        message=f"the sheet {name!r} has no headings of a catalogue, a demand list or a mapping; it was left out",
        suggestion="headings stand in the first ten rows; mulu template writes a workbook with those that are known",
    )
