"""The change feed: LDES with the activities of DCAT-AP Feeds, page by page over the change log.

A page is a stretch of the log. Each member holds its object, in a graph of its own. The last page is open: it says what
the catalogue says now. Once a page is full it is closed, and says for good what the catalogue said at the last revision
of its stretch: its bytes never change again. Of several members of one object a page holds the last
(``ldes:LatestVersionSubset``). Whoever replays the members in order ends with what the harvest view says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
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
from graph.rdf.stream import (
    ACTIVITY,
    MEMBER,
    NEXT,
    PAGE,
    RETENTION,
    STREAM,
    Activity,
    FeedPlace,
    Following,
    StreamPage,
)
from graph.rdf.syntax import NTriples, Turtle
from graph.rdf.terms import Subject
from graph.shape import KeysetKey, Nested, Shape

SIZE = 250
"""How many entries of the log a page is made of."""
KINDS = (Kind.RESOURCE, Kind.FIELD)
"""What a dataset is made of: a change of its items is one of the dataset. What it names is noted in the log itself."""
DESCRIBED = Shape(HARVEST.properties | {"revision"}, HARVEST.nested)
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
    log = await store.changes(since=0, kinds=KINDS, first=SIZE, after=key(after), announced=True)
    return log.rows[-1] if log.more else None


async def feed_page(store: Store, publication: Publication, extension: str, after: str) -> FeedPage:
    """One page of the feed."""
    log = await store.changes(since=0, kinds=KINDS, first=SIZE, after=key(after), announced=True)
    if log.more:
        store = await store.as_of(log.rows[-1].revision)
    here, following = FeedPlace(publication, extension, after), None
    if log.more:
        last = log.rows[-1]
        place = replace(here, after=f"{last.revision}-{_RANKS.index(last.kind)}-{slug(last.id)}")
        following = Following(place, last.at)
    writer = SYNTAXES[extension][1]()
    page = StreamPage(here, following)
    own = [STREAM.node(page), PAGE.node(page), RETENTION.node(page), *([NEXT.node(following)] if following else [])]
    text = writer.start() + "".join(map(writer.subject, own))
    for each in await _activities(store, publication, log.rows):
        text += writer.subject(MEMBER.node(each)) + writer.subject(ACTIVITY.node(each))
        if each.row is not None:
            text += writer.graph(each.iri, _nodes(Entry(publication, each.row)))
    return FeedPage(text, following.place.iri if following else None)


def _nodes(entry: Entry) -> list[Subject]:
    found = list(subjects(entry))
    return found + list({subject.iri: subject for subject in referenced(entry)}.values())


async def _activities(store: Store, publication: Publication, log: tuple[Change, ...]) -> list[Activity]:
    """The members of a stretch of the log, in its order."""
    own = [change for change in log if change.kind is Kind.RESOURCE]
    wanted = {change.id: change for change in own}
    holders = await _holders(store, [change for change in log if change.kind is Kind.FIELD])
    ids = sorted({*wanted, *(id_ for id_, _ in holders)})
    rows = dict(zip(ids, await store.get(ids, DESCRIBED, Kind.RESOURCE), strict=True)) if ids else {}
    left = await _published(store, [id_ for id_ in wanted if (row := rows[id_]) is None or not row["cleared"]])
    told = (_own(publication, change, rows[change.id], change.id in left) for change in own)
    found = [activity for activity in told if activity]
    for id_, change in holders:
        row = rows[id_]
        # where the dataset itself was written then, its own entry says so
        if row is not None and row["cleared"] and row["revision"] < change.revision:
            found.append(Activity(publication, "Update", id_, change, row))
    return sorted(found, key=lambda activity: (activity.change.revision, activity.id))


async def _holders(store: Store, changes: list[Change]) -> list[tuple[str, Change]]:
    """The datasets whose items changed, each once a revision."""
    rows = await store.get([change.id for change in changes], HOLDER, Kind.FIELD) if changes else []
    found: dict[tuple[str, int], Change] = {}
    for change, row in zip(changes, rows, strict=True):
        holder = row["resource"]["id"] if row else f"resource/{slug(change.id).rpartition('-')[0]}"
        found.setdefault((holder, change.revision), change)
    return [(holder, change) for (holder, _), change in found.items() if holder != "resource/"]


async def _published(store: Store, ids: list[str]) -> set[str]:
    """Which of the datasets that are not there, or not cleared, were cleared once: of no other is anything told."""
    left = await store.tombstones(ids, Kind.RESOURCE) if ids else []
    return {id_ for id_, tombstone in zip(ids, left, strict=True) if tombstone is not None and tombstone.cleared}


def _own(publication: Publication, change: Change, row: Row | None, published: bool) -> Activity | None:
    """What an entry of a dataset's own tells; ``published`` says whether one that is out of sight was seen before."""
    if row is None:
        gone = published and change.change is ChangeKind.DELETED
        return Activity(publication, "Delete", change.id, change) if gone else None
    if change.announced:  # where it was written later, its own entry says so
        told = row["cleared"] and row["revision"] < change.revision
        return Activity(publication, "Update", change.id, change, row) if told else None
    if row["revision"] != change.revision:
        return None  # superseded
    if not row["cleared"]:
        return Activity(publication, "Delete", change.id, change) if published else None
    kind = "Create" if change.change is ChangeKind.CREATED else "Update"
    return Activity(publication, kind, change.id, change, row)
