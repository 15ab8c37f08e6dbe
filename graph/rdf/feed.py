"""The change feed: LDES with the activities of DCAT-AP Feeds, page by page over the change log.

A page is a stretch of the log. Each member holds its object, in a graph of its own. The last page is open: it says what
the catalogue says now. Once a page is full it is closed, and says for good what the catalogue said at the last revision
of its stretch: its bytes never change again. Of several members of one object a page holds the last
(``ldes:LatestVersionSubset``). Whoever replays the members in order ends with what the harvest view says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from catalog.codec import Row
from catalog.errors import BadInput
from catalog.identifiers import slug
from catalog.records import RECORDS
from catalog.revision import Change
from catalog.vocabulary import ChangeKind, Kind
from graph.port import Store
from graph.rdf.context import Entry, Publication
from graph.rdf.export import HARVEST
from graph.rdf.nodes import referenced, subjects
from graph.rdf.syntax import NTriples, Turtle
from graph.rdf.terms import Iri, Literal, Statement, Subject, expand
from graph.shape import KeysetKey, Nested, Shape

SIZE = 250
"""How many entries of the log a page is made of."""
KINDS = (Kind.RESOURCE, Kind.FIELD)
"""What a dataset is made of: a change of its items is one of the dataset."""
MEMBER = Shape(HARVEST.properties | {"revision", "version"}, HARVEST.nested)
HOLDER = Shape(frozenset({"revision"}), (("resource", Nested("resource", Shape(frozenset({"revision"})))),))
_RANKS = list(RECORDS)
_AFTER = re.compile(r"(?P<revision>[0-9]{1,15})-(?P<rank>[0-9]{1,2})-(?P<slug>[0-9A-Za-z][0-9A-Za-z._~-]{0,199})")


class QuadWriter(Protocol):
    """A syntax for graphs."""

    def start(self) -> str: ...
    def subject(self, subject: Subject) -> str: ...
    def graph(self, name: str, nodes: list[Subject]) -> str: ...


class TriG(Turtle):
    """TriG 1.1: Turtle, with named graphs in braces."""

    def graph(self, name: str, nodes: list[Subject]) -> str:
        """A named graph."""
        return f"\n<{name}> {{{''.join(map(self.subject, nodes))}}}\n"


class NQuads(NTriples):
    """N-Quads 1.1: N-Triples, with the graph's name at the end of each line."""

    def graph(self, name: str, nodes: list[Subject]) -> str:
        """A named graph."""
        return "".join(map(self.subject, nodes)).replace(" .\n", f" <{name}> .\n")


SYNTAXES: Mapping[str, tuple[str, type[QuadWriter]]] = {
    "trig": ("application/trig", TriG),
    "nq": ("application/n-quads", NQuads),
}
"""Media type and writer by file extension."""


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A page of the feed: its text, and the page after it, None while it is open."""

    text: str
    following: str | None


@dataclass(frozen=True, slots=True)
class Activity:
    """A member: what happened to a dataset, and the dataset as the page says it unless it is gone."""

    kind: str
    id: str
    change: Change
    row: Row | None = None


def address(publication: Publication, extension: str, after: str) -> str:
    """Where a page is."""
    return f"{publication.base}feed.{extension}?after={after}"


def key(after: str) -> KeysetKey | None:
    """The place in the log that a page begins after. Raises BadInput for words that are none."""
    if not after:
        return None
    found = _AFTER.fullmatch(after)
    if not found or int(found["rank"]) >= len(_RANKS):
        raise BadInput(f"after={after[:200]!r} is no page of the feed", suggestion="begin at /feed, follow tree:node")
    kind = _RANKS[int(found["rank"])]
    segment = "field" if kind is Kind.FIELD else "resource"
    return int(found["revision"]), int(found["rank"]), f"{segment}/{found['slug']}"


async def closed_at(store: Store, after: str) -> Change | None:
    """The last entry of a closed page's stretch of the log, None for the open page."""
    log = await store.changes(since=0, kinds=KINDS, first=SIZE, after=key(after))
    return log.rows[-1] if log.more else None


async def feed_page(store: Store, publication: Publication, extension: str, after: str) -> FeedPage:
    """One page of the feed."""
    log = await store.changes(since=0, kinds=KINDS, first=SIZE, after=key(after))
    if log.more:
        store = await store.as_of(log.rows[-1].revision)
    following = None
    if log.more:
        last = log.rows[-1]
        following = address(publication, extension, f"{last.revision}-{_RANKS.index(last.kind)}-{slug(last.id)}")
    writer = SYNTAXES[extension][1]()
    text = writer.start()
    here = address(publication, extension, after)
    text += "".join(writer.subject(subject) for subject in _control(publication, extension, here, following, log.rows))
    stream = f"{publication.base}feed#stream"
    for each in await _activities(store, log.rows):
        name = f"{publication.base}feed/e/{each.change.revision}-{slug(each.id)}"
        published = Literal(each.change.at.isoformat(), datatype="xsd:dateTime")
        said: tuple[Statement, ...] = (
            ("rdf:type", Iri(expand(f"as:{each.kind}"))),
            ("as:object", Iri(publication.id(each.id))),
            ("as:published", published),
        )
        text += writer.subject(Subject(stream, (("tree:member", Iri(name)),))) + writer.subject(Subject(name, said))
        if each.row is not None:
            text += writer.graph(name, _nodes(Entry(publication, each.row)))
    return FeedPage(text, following)


def _nodes(entry: Entry) -> list[Subject]:
    found = list(subjects(entry))
    return found + list({subject.iri: subject for subject in referenced(entry)}.values())


async def _activities(store: Store, log: tuple[Change, ...]) -> list[Activity]:
    """The members of a stretch of the log, in its order."""
    own = [change for change in log if change.kind is Kind.RESOURCE]
    wanted = {change.id: change for change in own}
    holders = await _holders(store, [change for change in log if change.kind is Kind.FIELD])
    ids = sorted({*wanted, *(id_ for id_, _ in holders)})
    rows = dict(zip(ids, await store.get(ids, MEMBER, Kind.RESOURCE), strict=True)) if ids else {}
    found = [activity for change in own if (activity := _own(change, rows[change.id]))]
    for id_, change in holders:
        row = rows[id_]
        # where the dataset itself was written then, its own entry says so
        if row is not None and row["cleared"] and row["revision"] < change.revision:
            found.append(Activity("Update", id_, change, row))
    return sorted(found, key=lambda activity: (activity.change.revision, activity.id))


async def _holders(store: Store, changes: list[Change]) -> list[tuple[str, Change]]:
    """The datasets whose items changed, each once a revision."""
    rows = await store.get([change.id for change in changes], HOLDER, Kind.FIELD) if changes else []
    found: dict[tuple[str, int], Change] = {}
    for change, row in zip(changes, rows, strict=True):
        holder = row["resource"]["id"] if row else f"resource/{slug(change.id).rpartition('-')[0]}"
        found.setdefault((holder, change.revision), change)
    return [(holder, change) for (holder, _), change in found.items() if holder != "resource/"]


def _own(change: Change, row: Row | None) -> Activity | None:
    if row is None:
        return Activity("Delete", change.id, change) if change.change is ChangeKind.DELETED else None
    if row["revision"] != change.revision:
        return None  # superseded
    if not row["cleared"]:  # a record that was written once only was never cleared
        return Activity("Delete", change.id, change) if row["version"] > 1 else None
    return Activity("Create" if change.change is ChangeKind.CREATED else "Update", change.id, change, row)


def _control(
    publication: Publication, extension: str, here: str, following: str | None, log: tuple[Change, ...]
) -> Iterator[Subject]:
    """The stream, this page of it, and where it goes on."""
    feed = f"{publication.base}feed"
    yield Subject(
        f"{feed}#stream",
        (
            ("rdf:type", Iri(expand("ldes:EventStream"))),
            ("dct:title", Literal(f"{publication.title} 变更流", language="zh-Hans")),
            ("tree:shape", Iri("https://semiceu.github.io/LDES-DCAT-AP-feeds/shape.ttl#ActivityShape")),
            ("ldes:timestampPath", Iri(expand("as:published"))),
            ("ldes:versionOfPath", Iri(expand("as:object"))),
            ("ldes:versionCreateObject", Iri(expand("as:Create"))),
            ("ldes:versionUpdateObject", Iri(expand("as:Update"))),
            ("ldes:versionDeleteObject", Iri(expand("as:Delete"))),
            ("ldes:pollingInterval", Literal("3600", datatype="xsd:integer")),
            ("tree:view", Iri(address(publication, extension, ""))),
        ),
    )
    page: list[Statement] = [
        ("rdf:type", Iri(expand("tree:Node"))),
        ("ldes:retentionPolicy", Iri(f"{feed}#retention")),
    ]
    if following:
        page.append(("tree:relation", Iri(f"{feed}#next")))
    yield Subject(here, tuple(page))
    latest = (
        ("rdf:type", Iri(expand("ldes:LatestVersionSubset"))),
        ("ldes:amount", Literal("1", datatype="xsd:integer")),
    )
    yield Subject(f"{feed}#retention", latest)
    if following:
        yield Subject(
            f"{feed}#next",
            (
                ("rdf:type", Iri(expand("tree:GreaterThanOrEqualToRelation"))),
                ("tree:path", Iri(expand("as:published"))),
                ("tree:value", Literal(log[-1].at.isoformat(), datatype="xsd:dateTime")),
                ("tree:node", Iri(following)),
            ),
        )
