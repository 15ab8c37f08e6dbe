"""What the rows of the RDF table may ask: one resource's row, the base IRI, and the catalogue's own facts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from catalog.codec import Row
from catalog.identifiers import slug
from graph.rdf.terms import encode, segment

PAGE_FORMAT: Row = {"code": "HTML", "label": "目录条目", "media_type": "text/html"}
"""What a resource without a declared format can honestly offer: its page in the catalogue."""


@dataclass(frozen=True, slots=True)
class Publication:
    """The catalogue as published: where IRIs start, what it is called, who publishes it, its newest revision.

    ``edition`` is the version of the product: another version may write other bytes for the same revision.
    """

    base: str
    title: str
    publisher: str
    updated: dt.datetime
    revision: int = 0
    edition: str = ""

    def iri(self, path: str, name: str | None = None) -> str:
        """The IRI of a path below the base, ``id/resource/…``, with any text as its last segment."""
        return f"{self.base}{encode(path)}" + (f"/{segment(name)}" if name is not None else "")

    def id(self, identifier: str) -> str:
        """The IRI of an identifier."""
        return self.iri(f"id/{identifier}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One resource on its way out: the publication and the resource's row, nested rows included.

    ``index`` tells for which of its formats a distribution is described. ``traditional`` is its name in traditional
    script, where whoever writes many at once has had it converted.
    """

    publication: Publication
    row: Row
    index: int = 0
    traditional: str | None = None

    @property
    def slug(self) -> str:
        """The resource's slug, which names its record, policy, schema and distribution too."""
        return slug(self.row["id"])

    @property
    def forms(self) -> list[Row]:
        """The formats it comes in, each of which is a distribution."""
        return self.row["formats"] or [PAGE_FORMAT]

    @property
    def form(self) -> Row:
        """The format of the distribution."""
        return self.forms[self.index]

    @property
    def issued(self) -> str:
        """The date it was published: its own, else the one it changed on, else that of the revision that wrote it."""
        return str(self.row["issued"] or self.modified)

    @property
    def modified(self) -> str:
        """The date it last changed: its own, else that of the revision that wrote it."""
        return str(self.row["modified"] or self.row["loaded"][:10])
