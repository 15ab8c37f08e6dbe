"""What the change feed says of itself: the stream, its pages, its members, in the words of LDES, TREE and activities.

Source: LDES and TREE as of 2026, DCAT-AP Feeds, ActivityStreams 2.0.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from catalog.codec import Row
from catalog.identifiers import slug
from catalog.revision import Change
from graph.rdf.context import Publication
from graph.rdf.tables import CONCEPT, IRI, LANGUAGE, LITERAL, TYPE, Line, Table, View, typed
from graph.rdf.terms import expand

SHAPE = "https://semiceu.github.io/LDES-DCAT-AP-feeds/shape.ttl#ActivityShape"
POLLED = 3600
"""After how many seconds it is worth asking again."""
KINDS = ("as:Create", "as:Update", "as:Delete")


@dataclass(frozen=True, slots=True)
class FeedPlace:
    """A page of the feed in one syntax: the place in the log that it begins after."""

    publication: Publication
    extension: str
    after: str = ""

    @property
    def iri(self) -> str:
        """Where the page is."""
        return f"{self.publication.base}feed.{self.extension}?after={self.after}"


@dataclass(frozen=True, slots=True)
class Following:
    """The page after another, and when the last of what stands before it was written."""

    place: FeedPlace
    written: dt.datetime


@dataclass(frozen=True, slots=True)
class StreamPage:
    """A page as the tables see it. ``following`` is None while it is open."""

    place: FeedPlace
    following: Following | None


@dataclass(frozen=True, slots=True)
class Activity:
    """A member: what happened to a dataset, and the dataset as the page says it unless it is gone."""

    publication: Publication
    kind: str
    id: str
    change: Change
    row: Row | None = None

    @property
    def iri(self) -> str:
        """The member's IRI, which is its graph's too."""
        return f"{self.publication.base}feed/e/{self.change.revision}-{slug(self.id)}"


def _stream(publication: Publication) -> str:
    return f"{publication.base}feed#stream"


def _at(name: str) -> Line[StreamPage]:
    return Line(f"ldes:version{name}Object", CONCEPT, lambda _: (expand(f"as:{name}"),))


STREAM: Table[StreamPage] = Table(
    "stream", View.FEED, lambda p: _stream(p.place.publication),
    (
        *typed("ldes:EventStream"),
        Line("dct:title", LANGUAGE, lambda p: (f"{p.place.publication.title} 变更流",)),
        Line("tree:shape", IRI, lambda _: (SHAPE,)),
        Line("ldes:timestampPath", IRI, lambda _: (expand("as:published"),)),
        Line("ldes:versionOfPath", IRI, lambda _: (expand("as:object"),)),
        _at("Create"),
        _at("Update"),
        _at("Delete"),
        Line("ldes:pollingInterval", LITERAL, lambda _: (str(POLLED),), "xsd:integer"),
        Line("tree:view", IRI, lambda p: (FeedPlace(p.place.publication, p.place.extension).iri,)),
    ),
)  # fmt: skip
PAGE: Table[StreamPage] = Table(
    "page of the stream", View.FEED, lambda p: p.place.iri,
    (
        *typed("tree:Node"),
        Line("ldes:retentionPolicy", IRI, lambda p: (f"{p.place.publication.base}feed#retention",)),
        Line("tree:relation", IRI, lambda p: (f"{p.place.publication.base}feed#next" if p.following else None,)),
    ),
)  # fmt: skip
RETENTION: Table[StreamPage] = Table(
    "what pages keep", View.FEED, lambda p: f"{p.place.publication.base}feed#retention",
    (*typed("ldes:LatestVersionSubset"), Line("ldes:amount", LITERAL, lambda _: ("1",), "xsd:integer")),
)  # fmt: skip
NEXT: Table[Following] = Table(
    "relation to the next page", View.FEED, lambda f: f"{f.place.publication.base}feed#next",
    (
        *typed("tree:GreaterThanOrEqualToRelation"),
        Line("tree:path", IRI, lambda _: (expand("as:published"),)),
        Line("tree:value", LITERAL, lambda f: (f.written.isoformat(),), "xsd:dateTime"),
        Line("tree:node", IRI, lambda f: (f.place.iri,)),
    ),
)  # fmt: skip
MEMBER: Table[Activity] = Table(
    "stream with a member", View.FEED, lambda a: _stream(a.publication),
    (Line("tree:member", IRI, lambda a: (a.iri,)),), adds_to=("ldes:EventStream",),
)  # fmt: skip
ACTIVITY: Table[Activity] = Table(
    "activity", View.FEED, lambda a: a.iri,
    (
        Line(TYPE, CONCEPT, lambda a: (expand(f"as:{a.kind}"),), classes=KINDS),
        Line("as:object", IRI, lambda a: (a.publication.id(a.id),)),
        Line("as:published", LITERAL, lambda a: (a.change.at.isoformat(),), "xsd:dateTime"),
    ),
)  # fmt: skip
TABLES: tuple[Table[StreamPage] | Table[Following] | Table[Activity], ...] = (
    STREAM, PAGE, RETENTION, NEXT, MEMBER, ACTIVITY,
)  # fmt: skip
