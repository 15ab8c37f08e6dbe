"""JSON-LD contexts that documents name by address. None is ever fetched: known ones are here, others are refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import orjson

from catalog.namespaces import NAMESPACES
from loaders.dcat.graph import READ

_PREFIXES: dict[str, Any] = {
    **READ,
    **NAMESPACES,
    "dcterms": NAMESPACES["dct"],
    "dctype": "http://purl.org/dc/dcmitype/",
}
_POD: dict[str, Any] = {
    **_PREFIXES,
    "@vocab": READ["pod"],
    "dataset": {"@id": "dcat:dataset", "@container": "@set"},
    "distribution": {"@id": "dcat:distribution", "@container": "@set"},
    "title": "dct:title",
    "description": "dct:description",
    "identifier": "dct:identifier",
    "keyword": "dcat:keyword",
    "theme": "dcat:theme",
    "modified": "dct:modified",
    "issued": "dct:issued",
    "publisher": "dct:publisher",
    "name": "foaf:name",
    "contactPoint": "dcat:contactPoint",
    "fn": "vcard:fn",
    "hasEmail": {"@id": "vcard:hasEmail", "@type": "@id"},
    "accessLevel": "pod:accessLevel",
    "accrualPeriodicity": "dct:accrualPeriodicity",
    "spatial": "dct:spatial",
    "temporal": "dct:temporal",
    "license": {"@id": "dct:license", "@type": "@id"},
    "rights": "dct:rights",
    "language": "dct:language",
    "landingPage": {"@id": "dcat:landingPage", "@type": "@id"},
    "references": {"@id": "dct:references", "@type": "@id"},
    "isPartOf": "dct:isPartOf",
    "conformsTo": {"@id": "dct:conformsTo", "@type": "@id"},
    "describedBy": {"@id": "pod:describedBy", "@type": "@id"},
    "accessURL": {"@id": "dcat:accessURL", "@type": "@id"},
    "downloadURL": {"@id": "dcat:downloadURL", "@type": "@id"},
    "mediaType": "dcat:mediaType",
    "format": "dct:format",
}
CONTEXTS: Mapping[str, dict[str, Any]] = {
    "project-open-data.cio.gov/v1.1/schema/catalog.jsonld": _POD,
    "www.w3.org/ns/hydra/core": {**_PREFIXES, "@vocab": NAMESPACES["hydra"]},
    "www.w3.org/ns/odrl.jsonld": {**_PREFIXES, "@vocab": NAMESPACES["odrl"]},
}
"""Known contexts by address without scheme: data.gov's (Project Open Data 1.1), and the vocabularies that one names."""
DEEPEST = 200
_NAMED = re.compile(rb'"@(?:context|import)"\s*:\s*(?:"|\[)')


class RemoteContext(Exception):
    """A document names a context that is not known here."""


def resolved(data: bytes) -> bytes:
    """The document with known contexts in the place of their addresses.

    Raises RemoteContext, naming the address, for any other; ValueError for text that is no JSON.
    """
    if not _NAMED.search(data):
        return data
    return orjson.dumps(_walked(orjson.loads(data), 0))


def _walked(value: Any, depth: int) -> Any:
    if depth > DEEPEST:
        raise ValueError(f"it is nested more than {DEEPEST} levels deep")
    if isinstance(value, list):
        return [_walked(each, depth + 1) for each in value]
    if not isinstance(value, dict):
        return value
    return {key: _context(each) if key == "@context" else _walked(each, depth + 1) for key, each in value.items()}


def _context(value: Any) -> Any:
    if isinstance(value, list):
        return [_context(each) for each in value]
    if isinstance(value, dict) and isinstance(value.get("@import"), str):
        return [_known(value["@import"]), {key: each for key, each in value.items() if key != "@import"}]
    return _known(value) if isinstance(value, str) else value


def _known(address: str) -> dict[str, Any]:
    found = CONTEXTS.get(re.sub(r"^https?://", "", address).rstrip("/#"))
    if found is None:
        raise RemoteContext(address)
    return found
