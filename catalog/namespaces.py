"""The closed namespaces of the RDF that Mulu writes and reads back, and text as it stands in IRIs. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from urllib.parse import quote

NAMESPACES: Mapping[str, str] = {
    "adms": "http://www.w3.org/ns/adms#",
    "as": "https://www.w3.org/ns/activitystreams#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "csvw": "http://www.w3.org/ns/csvw#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "dqv": "http://www.w3.org/ns/dqv#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "gir": "https://data.example.cn/def/gir#",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "ldes": "https://w3id.org/ldes#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "tree": "https://w3id.org/tree#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The prefixes of the export. ``gir`` is our own small vocabulary; its name does not depend on the host served."""

EU = "http://publications.europa.eu/resource/authority/"
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_PREFIXES = {iri: prefix for prefix, iri in NAMESPACES.items()}
_PLAIN = re.compile(r"[A-Za-z0-9._~-]*")


def expand(name: str) -> str:
    """``dct:title`` → its IRI, and ``<iri>`` → iri. Raises KeyError for a prefix that is not in the closed list."""
    if name.startswith("<"):
        return name[1:-1]
    prefix, _, local = name.partition(":")
    return NAMESPACES[prefix] + local


@cache
def compact(iri: str) -> str:
    """An IRI by its prefix where it has one of ours, else in angle brackets; :func:`expand` undoes it."""
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    prefix = _PREFIXES.get(iri[:cut])
    return f"{prefix}:{iri[cut:]}" if prefix and _LOCAL.fullmatch(iri, cut) else f"<{iri}>"


def encode(path: str, safe: str = "/") -> str:
    """A path as it stands in an IRI: NFC, UTF-8, percent-encoded in upper-case hexadecimal."""
    if _PLAIN.fullmatch(path.replace("/", "") if "/" in safe else path):
        return path
    return quote(unicodedata.normalize("NFC", path), safe=f"{safe}-._~")


def segment(name: str) -> str:
    """Any text as one segment of a path: slashes encoded, and full stops where they alone would mean a step upward."""
    return encode(name, safe="") if name.strip(".") else name.replace(".", "%2E")
