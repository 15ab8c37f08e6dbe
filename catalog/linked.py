"""The field table in RDF, for the full view: under which predicate each property is said so that it can be read back.

A property has the predicate that the field table declares, or the one named here, or one of ours called like it. Terms
are concepts (the last step of the IRI is the term's name), references are IRIs, embedded values nodes of their own
below the record's, numbered from 1. Written by ``graph.rdf.whole``, read by ``loaders.dcat.records``. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from catalog.authority import SHARE_TYPE
from catalog.table import Property, by_name, camel
from catalog.vocabulary import Kind, ShareType, Term

PREDICATES: Mapping[tuple[Kind, str], str] = {
    (Kind.FIELD, "position"): "sh:order",
    (Kind.FIELD, "allowed_values"): "gir:allowedValue",
    (Kind.FIELD, "parts"): "gir:part",
    (Kind.REGULATION, "short_title"): "eli:title_short",
    (Kind.REGULATION, "regulation_kind"): "eli:type_document",
    (Kind.REGULATION, "issuers"): "eli:passed_by",
    (Kind.PROVISION, "provision_kind"): "dct:type",
    (Kind.PROVISION, "label"): "skos:notation",
    (Kind.PROVISION, "heading"): "eli:title",
    (Kind.PROVISION, "text"): "eli:description",
    (Kind.PROVISION, "parent"): "eli:is_part_of",
    (Kind.CLOCK, "regulation"): "dct:isPartOf",
    (Kind.CLOCK, "start"): "gir:from",
    (Kind.CONDITION, "regulation"): "dct:isPartOf",
    (Kind.CONDITION, "agencies"): "odrl:assignee",
    (Kind.RESOURCE, "contact"): "gir:contact",
    (Kind.RESOURCE, "summary"): "gir:summary",
    (Kind.RESOURCE, "share_condition"): "gir:shareCondition",
    (Kind.RESOURCE, "jurisdiction"): "gir:jurisdiction",
    (Kind.RESOURCE, "formats"): "gir:format",
    (Kind.RESOURCE, "update_frequency"): "gir:updateFrequency",
    (Kind.RESOURCE, "basis"): "gir:basis",
    (Kind.RESOURCE, "temporal"): "gir:temporal",
    (Kind.RESOURCE, "open_to_public"): "gir:openToPublic",
    (Kind.FIELD, "open_to_public"): "gir:openToPublic",
    (Kind.REGULATION, "basis"): "gir:basis",
    (Kind.FIELD, "basis"): "gir:basis",
    (Kind.AGENCY, "credit_code"): "gir:creditCode",
}
"""Where the full view says it otherwise than the field table declares: the declared one may say less, or a default."""

BESIDE: Mapping[Kind, tuple[str, ...]] = {
    Kind.AGENCY: ("agency_kind", "aliases", "jurisdiction", "credit_code", "literal", "fills"),
    Kind.REGULATION: ("jurisdiction", "article_count", "basis", "relations"),
    Kind.PROVISION: ("reading", "span", "references", "mentions"),
    Kind.RESOURCE: (
        "origin", "regime", "regulation", "open_list", "subtypes", "summary", "jurisdiction", "share_condition", "mode",
        "platform", "formats", "update_frequency", "open_to_public", "open_condition", "basis", "fulfils", "related",
        "contact", "temporal",
    ),
    Kind.FIELD: ("share_type", "open_to_public", "basis", "element_text"),
}  # fmt: skip
"""The properties that other rows of the export do not say, or not wholly: the full view says them beside."""

WHOLLY: Mapping[Kind, tuple[str, ...]] = {
    Kind.AGENCY: ("name", *BESIDE[Kind.AGENCY]),
    Kind.DATA_ELEMENT: ("name", "aliases", "identifier", "definition", "identity_key"),
    Kind.REGULATION: (
        "title", "short_title", "regulation_kind", "number", "aliases", "issuers", "adopted", "promulgated",
        "effective", "expires", "repealed", "draft", "comment_deadline", "trial", *BESIDE[Kind.REGULATION],
    ),
    Kind.PROVISION: (
        "provision_kind", "label", "ordinal", "heading", "position", "text", *BESIDE[Kind.PROVISION],
    ),
    Kind.RESOURCE: ("name", "aliases", "share_type", "issued", "modified", *BESIDE[Kind.RESOURCE]),
    Kind.FIELD: (
        "position", "name", "text", "aliases", "data_type", "length", "allowed_values", "parts", "qualifier",
        "applicability", "identity_key", *BESIDE[Kind.FIELD],
    ),
    Kind.CLOCK: (
        "action", "clock_kind", "text", "regulation", "position", "amount", "unit", "start", "from_implied", "month",
        "day", "date", "extension",
    ),
    Kind.CONDITION: ("topic", "text", "regulation", "position", "agencies", "trigger"),
}  # fmt: skip
"""The properties that can be read back by their predicate alone; the others have readers of their own."""


def predicate(owner: Kind | type[Any], name: str) -> str:
    """The predicate, with its prefix, of a property of a kind of record or of embedded values."""
    if isinstance(owner, Kind):
        if (found := PREDICATES.get((owner, name))) is not None:
            return found
        if (declared := by_name(owner)[name].rdf) is not None:
            return declared.predicate
    return f"gir:{camel(name)}"


def scheme(row: Property) -> str:
    """The scheme of a term's concepts: ``ClockUnit`` → ``clock-unit``."""
    assert isinstance(row.type, type)
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", row.type.__name__).lower()


def class_of(value: type[Any]) -> str:
    """The type of an embedded value's node."""
    return f"gir:{value.__name__}"


def word(term: Term) -> str:
    """The last step of a term's concept: its name; a share type's is the one that harvesters know."""
    return SHARE_TYPE[term] if isinstance(term, ShareType) else term.value


def step(name: str, number: int) -> str:
    """The last step of an embedded value's IRI."""
    return f"{name.replace('_', '-')}-{number}"
