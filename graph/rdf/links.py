"""The IRIs of what a resource refers to: made here, for the statements that name a node and for the node itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog.codec import Row
from catalog.vocabulary import ShareMode
from graph.rdf import concepts
from graph.rdf.context import Entry, Publication
from graph.rdf.describe import CATALOGUE_AGENT, publishing_agency
from graph.rdf.terms import EU, encode

LICENCE = "id/concept/licence-not-stated"
PUBLISHED = "id/concept/record-status/published"
COUNTRY = f"{EU}country/CHN"
IANA = "http://www.iana.org/assignments/media-types/"
UNKNOWN_MEDIA = "application/octet-stream"
_ABSOLUTE = re.compile(
    r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:[/?#](?:[A-Za-z0-9._~!$&'()*+,;=:@/?#-]|%[0-9A-Fa-f]{2})*)?"
)
_ADDRESS = re.compile(r"https?://[A-Za-z0-9._~!$&'()*+,;=:@/?#%-]+")
_CODE = re.compile(r"[A-Z0-9_]+")
_BELOW = re.compile("[/／>＞→›]")
"""What stands between a class and the one below it."""
_INTERFACE = ShareMode.SERVICE_INTERFACE
_MEDIA = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+")


def publisher(entry: Entry) -> str:
    """The agency that provides it, or the catalogue itself."""
    agency = publishing_agency(entry)
    return entry.publication.id(str(agency["id"]) if agency else CATALOGUE_AGENT)


def area(publication: Publication, place: Row | None) -> str:
    """The place, by its code where it has one; the country where no place is named."""
    return publication.iri("id/area", place["code"] or place["name"]) if place else COUNTRY


def law(publication: Publication, citation: Row) -> str | None:
    """The provision cited, or the text where only that is known."""
    target = citation["provision"] or citation["regulation"]
    return publication.id(target["id"]) if target else None


def law_type(publication: Publication, citation: Row) -> str:
    """The level of what is cited."""
    provision = citation["provision"]
    return publication.iri("id/concept/law-type", provision["provision_kind"].lower() if provision else "regulation")


def licence(entry: Entry) -> str:
    """The terms of use: their IRI, a concept of ours for words, or that none are stated."""
    stated = entry.row["licence"]
    if not stated:
        return entry.publication.iri(LICENCE)
    return stated if absolute(stated) else entry.publication.iri("id/concept/licence", stated)


def absolute(text: str) -> bool:
    """Whether a text is an address that may stand in RDF as it is."""
    return _ABSOLUTE.fullmatch(text) is not None


def category(entry: Entry) -> str | None:
    """The class it is grouped under."""
    name = entry.row["category"]
    return entry.publication.iri("id/concept/class", name) if name else None


def classes(publication: Publication, printed: str) -> Iterator[tuple[str, str]]:
    """A class and those it is printed below (``类/项/目``), the narrowest first: their IRIs, and what is printed."""
    above = [printed[: found.start()].rstrip() for found in _BELOW.finditer(printed) if printed[found.end() :].strip()]
    for each in dict.fromkeys([printed, *reversed(above)]):
        if each:
            yield publication.iri("id/concept/class", each), each


def share_type(entry: Entry) -> str:
    """Its share type."""
    return entry.publication.iri("id/concept/share-type", concepts.SHARE_TYPE[entry.row["share_type"]])


def theme(entry: Entry) -> str:
    """The EU's data theme."""
    return f"{EU}data-theme/{concepts.THEME.get(entry.row['category'] or '', concepts.OTHER_THEME)}"


def frequency(entry: Entry) -> str:
    """The EU's frequency."""
    found = entry.row["update_frequency"]
    return f"{EU}frequency/{concepts.FREQUENCY[found['code']] if found else concepts.UNKNOWN_FREQUENCY}"


def access_right(entry: Entry) -> str:
    """The EU's access right."""
    return f"{EU}access-right/{concepts.ACCESS_RIGHT[entry.row['open_to_public']]}"


def file_type(publication: Publication, form: Row) -> str:
    """The EU's file type; a concept of our own for what cannot be one of its codes."""
    code = form["code"]
    return f"{EU}file-type/{code}" if _CODE.fullmatch(code) else publication.iri("id/concept/format", code)


def media_type(form: Row) -> str:
    """The media type without parameters, where the format has one."""
    name = (form["media_type"] or "").partition(";")[0].strip().lower()
    return name if _MEDIA.fullmatch(name) else UNKNOWN_MEDIA


def media_iri(form: Row) -> str:
    """The media type's IRI at IANA."""
    return IANA + encode(media_type(form), safe="/+")


def modes(entry: Entry) -> Iterator[str]:
    """The ways it is shared."""
    return (entry.publication.iri("id/concept/share-mode", mode) for mode in entry.row["mode"])


def interface(entry: Entry) -> bool:
    """Whether it is got through a service interface."""
    return _INTERFACE in entry.row["mode"]


def served(entry: Entry) -> bool:
    """Whether a service gives access to it: the platform it is on, or an interface of its own."""
    return interface(entry) or bool(entry.row["platform"])


def called(entry: Entry) -> str:
    """What that service is called: like the platform, or an interface."""
    return entry.row["platform"] or _INTERFACE.zh


def endpoint(entry: Entry) -> str | None:
    """The address of the platform, where the catalogue names one that may stand in RDF."""
    found = _ADDRESS.search(entry.row["platform"] or "")
    return found[0] if found and absolute(found[0]) else None
