"""Records in schema.org's words, for search engines that read the pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from catalog.vocabulary import Kind
from graph.rdf.context import Publication

TYPES: Mapping[Kind, str] = {
    Kind.RESOURCE: "Dataset",
    Kind.AGENCY: "GovernmentOrganization",
    Kind.REGULATION: "Legislation",
    Kind.PROVISION: "Legislation",
    Kind.DATA_ELEMENT: "DefinedTerm",
    Kind.FIELD: "DefinedTerm",
}


def said(publication: Publication, kind: Kind, row: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    """What a page says of its record; None for kinds that schema.org has no word for."""
    if kind not in TYPES:
        return None
    told: dict[str, Any] = {
        "@type": TYPES[kind],
        "@id": publication.id(row["id"]),
        "url": publication.iri(row["id"]),
        "name": name,
        "inLanguage": "zh-Hans",
        "alternateName": row.get("aliases"),
    }
    match kind:
        case Kind.RESOURCE:
            told |= _dataset(publication, row, name)
        case Kind.AGENCY:
            told |= {"identifier": row["credit_code"]}
        case Kind.REGULATION:
            told |= {
                "legislationIdentifier": row["number"],
                "legislationDate": row["adopted"],
                "datePublished": row["promulgated"],
                "legislationDateVersion": row["effective"],
                "expires": row["expires"] or row["repealed"],
            }
        case Kind.PROVISION:
            told |= {"text": row["text"], "isPartOf": _ref(publication, "Legislation", row["regulation"])}
        case Kind.DATA_ELEMENT:
            told |= {"description": row["definition"], "termCode": row["identifier"]}
        case _:
            pass
    return told


def _ref(publication: Publication, type_: str, row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"@type": type_, "@id": publication.id(row["id"]), "name": row.get("name") or row.get("title")}


def _dataset(publication: Publication, row: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    agencies = {held["agency"]["id"]: held["agency"] for held in row["responsibilities"]}
    place = row["jurisdiction"]
    return {
        "description": row["summary"] or name,
        "identifier": row["code"],
        "creator": [_ref(publication, "GovernmentOrganization", each) for each in agencies.values()],
        "spatialCoverage": place and place["name"],
        "datePublished": row["issued"],
        "dateModified": row["modified"],
        "variableMeasured": [item["name"] for item in row["fields"]],
        "includedInDataCatalog": {"@type": "DataCatalog", "@id": publication.iri("id/catalog/main")},
        "isAccessibleForFree": True if row["open_to_public"] == "OPEN" else None,
    }
