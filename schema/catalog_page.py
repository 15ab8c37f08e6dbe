"""The catalogue's page for people: what it is, and its resources in pages, with schema.org's DataCatalog inside."""

from __future__ import annotations

from html import escape

from catalog.codec import Row
from catalog.identifiers import slug
from catalog.vocabulary import Kind
from graph.port import Store
from graph.rdf.context import Entry, Publication
from graph.rdf.describe import publishing_agency
from graph.rdf.paging import CLEARED, Place
from graph.shape import Nested, Question, Shape
from schema.html import document

_AGENCY = Nested("agency", Shape(frozenset({"name"})))
NAMED = Shape(
    frozenset({"name", "code"}),
    (("responsibilities", Nested("responsibilities", Shape(frozenset({"roles"}), (("agency", _AGENCY),)))),),
)
"""A resource's name, and what tells it from others of that name: whose it is, and its code."""


async def catalogue_page(
    store: Store, publication: Publication, place: Place, total: int | None
) -> tuple[str, int, str | None]:
    """The page's text, how many resources there are in all, and where the next page is."""
    after = (f"resource/{place.after}",) if place.after else None
    asked = Question(Kind.RESOURCE, NAMED, CLEARED, first=place.limit, after=after, count=total is None)
    found = await store.read(asked)
    total = (found.total or 0) if total is None else total
    following = place.iri(publication, slug(found.rows[-1]["id"])) if found.more else None
    items = "".join(_item(publication, row) for row in found.rows)
    more = (
        f'<p><a rel="next" href="{escape(following.removeprefix(publication.base))}">下一页</a></p>'
        if following
        else ""
    )
    body = (
        f'<p class="kind">目录</p><h1>{escape(publication.title)}</h1>'
        f"<dl><dt>发布机构</dt><dd>{escape(publication.publisher)}</dd><dt>信息资源</dt><dd>{total}</dd>"
        f'<dt>更新时间</dt><dd><time datetime="{publication.updated.isoformat()}">'
        f"{publication.updated:%Y-%m-%d %H:%M %Z}</time></dd></dl><ul>{items}</ul>{more}"
    )
    data = {
        "@type": "DataCatalog",
        "@id": publication.iri("id/catalog/main"),
        "name": publication.title,
        "url": publication.base,
        "inLanguage": "zh-Hans",
        "dateModified": publication.updated.isoformat(),
        "publisher": {"@type": "GovernmentOrganization", "name": publication.publisher},
        "dataset": [
            {
                "@type": "Dataset",
                "@id": publication.id(row["id"]),
                "name": row["name"],
                "url": publication.iri(row["id"]),
            }
            for row in found.rows
        ],
    }
    return document(publication.title, body, data), total, following


def _item(publication: Publication, row: Row) -> str:
    agency = publishing_agency(Entry(publication, row))
    whose = f' <span class="label">{escape(agency["name"])}</span>' if agency else ""
    code = f" <code>{escape(row['code'])}</code>" if row["code"] else ""
    return f'<li><a href="/{escape(row["id"])}">{escape(row["name"])}</a>{whose}{code}</li>'
