"""Pages of the export: keyset by identifier, each page read from one whole revision, joined by Hydra.

Identifiers never change, so whoever follows the links meets every resource that was there throughout exactly once,
whatever is written meanwhile: nothing is lost, doubled or invented.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from catalog.errors import BadInput
from catalog.identifiers import slug
from catalog.vocabulary import Kind
from graph.port import Store
from graph.rdf import profiles
from graph.rdf.context import Publication
from graph.rdf.export import Document
from graph.rdf.full import FullDocument
from graph.rdf.profile import DCAT_AP
from graph.rdf.syntax import WRITERS
from graph.rdf.tables import IRI, LITERAL, Line, Table, View, typed
from graph.shape import Equals, Question, Shape

USUAL, MOST = 100, 1000
"""How many resources a page has, unless asked otherwise, and at most."""
VIEWS: Mapping[str, type[Document]] = {"harvest": Document, "full": FullDocument}
"""What a page can say; the first is for harvesters."""
CLEARED = (Equals("cleared", (True,)),)
_SLUG = re.compile(r"[0-9A-Za-z][0-9A-Za-z._~-]{0,199}")
_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Place:
    """Which page: the resources after one, in one syntax. ``revision`` is given where only that one will do."""

    extension: str
    after: str = ""
    limit: int = USUAL
    view: str = "harvest"
    profile: str = DCAT_AP.name
    revision: int | None = None

    @classmethod
    def asked(
        cls,
        extension: str,
        after: str,
        limit: str | None,
        view: str = "harvest",
        profile: str = DCAT_AP.name,
        revision: str | None = None,
    ) -> Place:
        """The page that was asked for in words. Raises BadInput, saying what to do, for words that name none."""
        if after and not _SLUG.fullmatch(after):
            raise BadInput(
                f"after={after[:200]!r} names no resource of this catalogue",
                suggestion="follow the hydra:next of a page, or begin without after",
            )
        if limit is not None and not (_NUMBER.fullmatch(limit) and 1 <= int(limit) <= MOST):
            raise BadInput(f"limit={limit[:50]!r} is no page size", suggestion=f"give a number from 1 to {MOST}")
        if view not in VIEWS:
            raise BadInput(f"view={view[:50]!r} is no view", suggestion=f"give one of {', '.join(VIEWS)}")
        if revision is not None and not _NUMBER.fullmatch(revision):
            raise BadInput(
                f"revision={revision[:50]!r} is no revision", suggestion="give a number, or leave it out for the newest"
            )
        number = None if revision is None else int(revision)
        return cls(extension, after, int(limit) if limit else USUAL, view, profiles.profile(profile, view).name, number)

    def iri(self, publication: Publication, after: str | None = None) -> str:
        """Where the page is, or another of its size."""
        after, view = self.after if after is None else after, "" if self.view == "harvest" else f"&view={self.view}"
        profile = "" if self.profile == DCAT_AP.name else f"&profile={self.profile}"
        pinned = "" if self.revision is None else f"&revision={self.revision}"
        return f"{publication.base}catalog.{self.extension}?after={after}&limit={self.limit}{view}{profile}{pinned}"


@dataclass(frozen=True, slots=True)
class HarvestPage:
    """A page: its text in UTF-8, and where the pages beside it are."""

    content: bytes
    total: int
    first: str
    following: str | None
    preceding: str | None

    @property
    def text(self) -> str:
        """The page as text."""
        return self.content.decode()


@dataclass(frozen=True, slots=True)
class Control:
    """What a page says of itself: which it is, of how many datasets, and where the next one is."""

    publication: Publication
    place: Place
    total: int
    following: str | None


def _first(of: Control) -> tuple[str, ...]:
    return (of.place.iri(of.publication, ""),)


CONTROL: Table[Control] = Table(
    "page", View.PAGING, lambda c: c.place.iri(c.publication),
    (
        *typed("hydra:PartialCollectionView", "hydra:PagedCollection"),
        Line("hydra:totalItems", LITERAL, lambda c: (str(c.total),), "xsd:integer"),
        Line("hydra:itemsPerPage", LITERAL, lambda c: (str(c.place.limit),), "xsd:integer"),
        Line("hydra:first", IRI, _first),
        Line("hydra:firstPage", IRI, _first),
        Line("hydra:next", IRI, lambda c: (c.following,)),
        Line("hydra:nextPage", IRI, lambda c: (c.following,)),
    ),
)  # fmt: skip
"""The node by which harvesters find the next page, under both of Hydra's names for each thing."""


async def stood(store: Store, place: Place) -> bool:
    """Whether the resource that a page begins after is published, or was: only then is it a page of this catalogue.

    Who follows the links may come after the last resource, or after one that was withdrawn meanwhile, and gets an empty
    last page; who comes from elsewhere would begin in the middle and take what stands before for deleted.
    """
    if not place.after:
        return True
    wanted = [f"resource/{place.after}"]
    (row,) = await store.get(wanted, Shape(frozenset({"cleared"})), Kind.RESOURCE)
    if row is not None and row["cleared"]:
        return True
    (left,) = await store.tombstones(wanted, Kind.RESOURCE)
    return left is not None and left.cleared


async def page(store: Store, publication: Publication, place: Place, total: int | None = None) -> HarvestPage:
    """One page of a view. ``total``, the number of all datasets, is counted unless it is known."""
    after = (f"resource/{place.after}",) if place.after else None
    document = VIEWS[place.view](publication, WRITERS[place.extension](), profiles.profile(place.profile, place.view))
    asked = Question(Kind.RESOURCE, document.shape, CLEARED, first=place.limit, after=after, count=total is None)
    found = await store.read(asked)
    total = found.total if total is None else total
    following = place.iri(publication, slug(found.rows[-1]["id"])) if found.more else None
    preceding = None
    if after:
        # the page before ends with the resource that this one begins after: it begins after the last but so many
        before = await store.read(
            Question(Kind.RESOURCE, Shape(), CLEARED, first=place.limit, after=after, backward=True)
        )
        whole = len(before.rows) == place.limit
        preceding = place.iri(publication, slug(before.rows[0]["id"]) if whole else "")
    control = CONTROL.node(Control(publication, place, total or 0, following))
    content = document.start(control) + document.resources(found.rows)
    content += await document.named(store) + document.end()
    return HarvestPage(content, total or 0, place.iri(publication, ""), following, preceding)
