"""What the rows of the RDF table may ask: one resource's row, the base IRI, and the catalogue's own facts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from catalog.codec import Row
from catalog.identifiers import slug
from graph.rdf.terms import encode


@dataclass(frozen=True, slots=True)
class Publication:
    """The catalogue as published: where IRIs start, what it is called, who publishes it, its newest revision's time."""

    base: str
    title: str
    publisher: str
    updated: dt.datetime

    def iri(self, path: str) -> str:
        """The IRI of a path below the base: ``id/resource/…``."""
        return f"{self.base}{encode(path)}"

    def id(self, identifier: str) -> str:
        """The IRI of an identifier."""
        return self.iri(f"id/{identifier}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One resource on its way out: the publication and the resource's row, nested rows included."""

    publication: Publication
    row: Row

    @property
    def slug(self) -> str:
        """The resource's slug, which names its record, policy, schema and distribution too."""
        return slug(self.row["id"])

    @property
    def issued(self) -> str:
        """The date it was published: its own, else the one it changed on, else that of the revision that wrote it."""
        return str(self.row["issued"] or self.modified)

    @property
    def modified(self) -> str:
        """The date it last changed: its own, else that of the revision that wrote it."""
        return str(self.row["modified"] or self.row["loaded"][:10])
