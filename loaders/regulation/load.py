"""From decoded pages to records: structure, then what the rules say, then how texts refer to each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from catalog.agency import Agency
from catalog.clock import Clock
from catalog.condition import Condition
from catalog.findings import findings
from catalog.findings import obsolete as outdated
from catalog.identifiers import issue_id, source_id
from catalog.issue import Issue
from catalog.record import Record
from catalog.regulation import Provision, Regulation
from catalog.text import fold
from catalog.uncollected import uncollected
from catalog.value import Place
from catalog.vocabulary import ProvisionKind
from loaders.regulation.agencies import find, record
from loaders.regulation.assignments import assignments
from loaders.regulation.clocks import clocks
from loaders.regulation.codes import Code
from loaders.regulation.conditions import conditions
from loaders.regulation.document import parse
from loaders.regulation.records import records
from loaders.regulation.references import cross_document, references, relinked
from loaders.regulation.references import doubts as find_doubts
from loaders.regulation.tree import Act, Document

R = TypeVar("R", bound=Record)
INNER = frozenset({ProvisionKind.PART, ProvisionKind.CHAPTER, ProvisionKind.SECTION})


@dataclass(frozen=True, slots=True)
class Found:
    """What pages give: records, issues, the paths in which a text was found, and findings that no longer hold.

    ``obsolete`` are identifiers; not each of them need be held.
    """

    records: tuple[Record, ...]
    issues: tuple[Issue, ...]
    recognised: frozenset[str]
    obsolete: tuple[str, ...] = ()


def read_regulations(pages: Mapping[str, str], known: Iterable[Record] = ()) -> Found:
    """The records of decoded pages by path.

    ``known`` are records already held: texts for references by title, with their provisions and rules. Such of them as
    change because a text arrives, or is no longer printed where it was, come back among the found. A text that two
    pages print is taken from the first path; the other is a mirror and reported as such.
    """
    with uncollected():
        return _found(pages, tuple(known))


def _found(pages: Mapping[str, str], known: tuple[Record, ...]) -> Found:
    found: list[Record] = []
    issues: list[Issue] = []
    recognised: set[str] = set()
    printed: dict[str, str] = {}
    for path, page in sorted(pages.items()):
        document, problems = parse(page, path)
        issues += problems
        structure, more = records(document, source_id(path))
        issues += more
        if document.acts:
            recognised.add(path)
        for regulation, act, provisions in _texts(document, structure):
            if regulation.id in printed:
                issues.append(_mirror(regulation, path, printed[regulation.id]))
                continue
            printed[regulation.id] = path
            said, doubts = _read(document, act, regulation, provisions)
            found += said
            issues += doubts
        found += [agency for agency in structure if isinstance(agency, Agency)]
    replaced = {source_id(path) for path in recognised}  # a page that is no text any more takes none away
    texts = [one for one in known if isinstance(one, Regulation | Provision | Condition)]
    held = [one for one in texts if one.source not in replaced]
    arrived = _of(Regulation, found)
    regulations = {fold(text.title): text for text in (*_of(Regulation, held), *arrived)}
    linked = cross_document(regulations, found, held)
    moved = {one.id for one in (*_of(Regulation, texts), *arrived) if one.source in replaced}
    obsolete: tuple[str, ...] = ()
    if moved:
        linked += relinked(regulations, held, found)
        standing = [*_of(Regulation, held), *arrived]
        told = findings(standing, [*_of(Condition, held), *_of(Condition, found)], {one.id for one in arrived})
        issues += told
        obsolete = tuple(outdated(_of(Regulation, texts), moved, {one.id for one in told}))
    return Found(tuple(linked), tuple(issues), frozenset(recognised), obsolete)


def _texts(document: Document, structure: list[Record]) -> list[tuple[Regulation, Act, list[Provision]]]:
    regulations = _of(Regulation, structure)
    provisions: dict[str, list[Provision]] = {}
    for provision in _of(Provision, structure):
        provisions.setdefault(provision.regulation, []).append(provision)
    by_start = {act.start: act for act in document.acts}
    return [
        (regulation, by_start[regulation.place.span.start], provisions.get(regulation.id, []))
        for regulation in regulations
        if regulation.place is not None and regulation.place.span is not None
    ]


def _read(
    document: Document, act: Act, regulation: Regulation, provisions: list[Provision]
) -> tuple[list[Record], list[Issue]]:
    source, path, page = source_id(document.path), document.path, document.source
    periods = clocks(act, regulation, source, path, page)
    extracts = (
        assignments(act, regulation, source, path, source=page),
        periods,
        conditions(act, regulation, source, path, page, [one for one in periods.records if isinstance(one, Clock)]),
    )
    referring = references(act, regulation, provisions)
    mentioned, agencies = _mentions(act, regulation, referring, page)
    said: list[Record] = [*agencies, regulation, *mentioned]
    doubts: list[Issue] = list(find_doubts(act, regulation, referring))
    for extract in extracts:
        said += extract.records
        doubts += extract.issues
    return said, doubts


def _mentions(
    act: Act, regulation: Regulation, provisions: Iterable[Provision], page: str
) -> tuple[list[Provision], list[Agency]]:
    """The provisions with the agencies their own words name, and these; chapters leave it to their articles."""
    by_start = {(node.kind, node.path): node for node in act.walk()}
    named: dict[str, Agency] = {}
    filled = []
    for provision in provisions:
        node = by_start[provision.provision_kind, provision.id.partition(".")[2]]
        found: dict[str, None] = {}
        if provision.provision_kind not in INNER:
            for mention in find(node.lead):
                start, end = node.lead.span(mention.start, mention.end)
                agency = record(mention, page[start:end], regulation.jurisdiction)
                named.setdefault(agency.id, agency)
                found[agency.id] = None
        filled.append(replace(provision, mentions=tuple(found)) if found else provision)
    return filled, list(named.values())


def _mirror(regulation: Regulation, path: str, first: str) -> Issue:
    source = source_id(path)
    return Issue(
        id=issue_id(source, "MIRROR", regulation.id),
        source=source,
        place=regulation.place or Place(source=path),
        code=Code.MIRROR.name,
        severity=Code.MIRROR.severity,
        message=f"《{regulation.title}》 stands in {first} too; it was read from there",
        suggestion=Code.MIRROR.suggestion,
        regulation=regulation.id,
    )


def _of(kind: type[R], found: Iterable[Record]) -> list[R]:
    return [one for one in found if isinstance(one, kind)]
