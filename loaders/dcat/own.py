"""Mulu's own exports, both views, as the records that they were made of.

What the harvest view does not say cannot be read from it: the law it names has titles and no text, the items no names,
and a description that was made of other things is taken as the summary. Exported again it gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote

import msgspec

from catalog.authority import ACCESS_RIGHT, CATALOGUE_AGENT, FREQUENCY, INTERVAL, OPENNESS
from catalog.codec import Row, from_row
from catalog.errors import BadInput
from catalog.identifiers import kind_of, slug
from catalog.namespaces import EU, expand
from catalog.record import Record
from catalog.statements import Kept, keep
from catalog.text import traditional
from catalog.vocabulary import AgencyKind, Kind, Openness, Origin, Role, Severity, ShareMode, ShareType
from loaders.dcat.graph import Graph, Text
from loaders.dcat.law import named_law, whole_law
from loaders.dcat.report import Report
from loaders.dcat.rows import Own
from loaders.dcat.rules import clock, condition
from loaders.regulation.agencies import kind_of as kind_by_name

_FREQUENCIES = {f"{EU}frequency/{said}": code for code, said in FREQUENCY.items()}
_INTERVAL = re.compile(r"P(\d{1,9})([DMY])")
_UNITS = {letter: unit for unit, (factor, letter) in INTERVAL.items() if factor == 1}


def read_own(graph: Graph, base: str, source: str, report: Report) -> Iterator[Record]:
    """The records of a document that Mulu wrote; one that cannot be a record is left out, with an issue."""
    own = Own(graph, base)
    shared = {Kind.AGENCY, Kind.DATA_ELEMENT}
    for identifier, kind, row in _rows(own):
        try:
            yield from_row(kind, {"id": identifier, "source": None if kind in shared else source, **row})
        except msgspec.ValidationError as error:
            report.add(
                "BAD_RECORD",
                f"what is said of it makes no {kind.lower()}: {error}; it is left out",
                subject=own.iri(identifier),
                severity=Severity.ERROR,
            )


def _rows(own: Own) -> Iterator[tuple[str, Kind, Row]]:
    graph = own.graph
    start = f"{own.base}id/"
    fields = {
        each: f"resource/{schema.removeprefix(f'{start}schema/')}"
        for schema in graph.typed("csvw:Schema") if schema.startswith(f"{start}schema/")
        for each in graph.iris(schema, "sh:property")
    }  # fmt: skip
    laws: set[str] = set()
    for node in list(graph.nodes):
        if not node.startswith(start):
            continue
        identifier = node.removeprefix(start)
        try:
            kind = kind_of(identifier)
        except BadInput:
            continue
        match kind:
            case Kind.RESOURCE if graph.value(node, "dct:title") is not None:
                yield identifier, kind, resource(own, node)
            case Kind.FIELD if node in fields:
                yield identifier, kind, _field(own, node, fields[node])
            case Kind.AGENCY if identifier != CATALOGUE_AGENT and graph.value(node, "foaf:name") is not None:
                yield identifier, kind, _agency(own, node, identifier)
            case Kind.DATA_ELEMENT:
                yield identifier, kind, own.row(node, kind)
            case Kind.CLOCK:
                yield identifier, kind, clock(own, node)
            case Kind.CONDITION if graph.value(node, "gir:spanStart") is not None:
                yield identifier, kind, condition(own, node)
            case Kind.REGULATION | Kind.PROVISION if (row := whole_law(own, node, kind)) is not None:
                laws.add(identifier)
                yield identifier, kind, row
    for identifier, kind, row in named_law(own):
        if identifier not in laws:
            yield identifier, kind, row


def resource(own: Own, node: str) -> Row:
    """A resource, by the harvest view's table; what the full view says beside goes before."""
    graph = own.graph
    found: dict[str, Any] = {
        "origin": Origin.REGISTERED if slug(own.identifier(node) or "").startswith("r-") else Origin.STATUTORY,
        "name": _chinese(own, node, "dct:title"),
        "aliases": graph.texts(node, "skos:altLabel"),
        "code": _each(own, node, "adms:identifier", lambda each: own.label(each, "skos:notation")),
        "category": _each(own, node, "dct:subject", own.label),
        "summary": _chinese(own, node, "dct:description"),
        "jurisdiction": _place(own, node),
        "share_type": own.word(graph.value(node, "gir:shareType")) or ShareType.UNDECLARED,
        "contact": _contact(own, node),
        "issued": _day(own, node, "dct:issued"),
        "modified": _day(own, node, "dct:modified"),
        "update_frequency": _frequency(own, node),
        "temporal": _period(own, node),
        "cleared": True,
        "basis": [_cited(own, each) for each in graph.iris(node, "dcatap:applicableLegislation")],
        "related": [held for each in graph.iris(node, "dct:relation") if (held := own.identifier(each, Kind.RESOURCE))],
        **_distributed(own, node),
        "platform": _platform(own, node),
    }
    if graph.value(node, "gir:origin") is None:
        return found | {"responsibilities": _published(own, node), "metadata": _in_other_languages(own, node)}
    whole = own.row(node, Kind.RESOURCE)
    return found | whole | {"responsibilities": _attributed(own, node), "metadata": _metadata(own, node)}


def _chinese(own: Own, node: str, predicate: str) -> str | None:
    found = [each for each in own.graph.objects(node, predicate) if isinstance(each, Text)]
    return next((each.value for each in found if each.language == "zh-hans"), own.label(node, predicate))


def _in_other_languages(own: Own, node: str) -> list[Row]:
    """Titles and descriptions that were given, as statements kept; a title that is the name converted is not."""
    converted = ("dct:title", traditional(_chinese(own, node, "dct:title") or ""))
    found = [
        keep(Kept(predicate=expand(predicate), value=each.value, literal=True, language=each.language))
        for predicate in ("dct:title", "dct:description")
        for each in own.graph.objects(node, predicate)
        if isinstance(each, Text) and each.language in ("zh-hant", "en") and (predicate, each.value) != converted
    ]
    return [{"element": each.element, "value": each.value, "known": each.known} for each in found]


def _each(own: Own, node: str, predicate: str, read: Callable[[Any], str | None]) -> str | None:
    found = own.graph.value(node, predicate)
    return read(found) if found is not None else None


def _day(own: Own, node: str, predicate: str) -> str | None:
    found = own.graph.text(node, predicate)
    return found[:10] if found else None


def _place(own: Own, node: str) -> Row | None:
    area = own.graph.value(node, "dct:spatial")
    if not isinstance(area, str) or not area.startswith(own.base):
        return None
    return {"code": own.label(area, "skos:notation"), "name": own.label(area) or ""}


def _contact(own: Own, node: str) -> str | None:
    """The name and the mail that were told apart; the catalogue's own name stood in where there was none."""
    point = own.graph.value(node, "dcat:contactPoint")
    if point is None:
        return None
    name = own.label(point, "vcard:fn")
    if name == own.label(own.iri(CATALOGUE_AGENT), "foaf:name"):
        name = None
    found = own.graph.value(point, "vcard:hasEmail")
    mail = unquote(found.removeprefix("mailto:")) if isinstance(found, str) else None
    return " ".join(each for each in (name, mail) if each) or None


def _frequency(own: Own, node: str) -> Row | None:
    found = own.graph.value(node, "dct:accrualPeriodicity")
    code = _FREQUENCIES.get(found) if isinstance(found, str) else None
    if code is None:
        return None
    interval = _INTERVAL.fullmatch(own.graph.text(node, "gir:updateInterval") or "")
    return {
        "code": str(code), "text": getattr(code, "zh", ""),
        "amount": int(interval[1]) if interval else None, "unit": str(_UNITS[interval[2]]) if interval else None,
    }  # fmt: skip


def _period(own: Own, node: str) -> Row | None:
    found = own.graph.value(node, "dct:temporal")
    if not isinstance(found, str) or not found.startswith(f"{node}/"):
        return None
    return {"start": _day(own, found, "dcat:startDate"), "end": _day(own, found, "dcat:endDate")}


def _licence(own: Own, part: str) -> str | None:
    """An address as it stands, the words of one of our concepts, or None where the concept says that none is stated."""
    found = own.graph.value(part, "dct:license")
    if not isinstance(found, str) or not found.startswith(f"{own.base}id/concept/"):
        return found if isinstance(found, str) else None
    return own.label(found, "dct:title") if "/licence/" in found else None


def _cited(own: Own, node: str) -> Row:
    identifier = own.identifier(node, Kind.PROVISION, Kind.REGULATION)
    provision = identifier if identifier and "." in identifier else None
    regulation = identifier.partition(".")[0] if identifier else None
    return {"text": own.label(node, "dct:title") or node, "provision": provision, "regulation": regulation}


def _published(own: Own, node: str) -> list[Row]:
    """Who publishes it provides it, who created it collects it."""
    graph = own.graph
    roles: dict[str, list[str]] = {}
    for each in graph.iris(node, "dct:creator"):
        roles.setdefault(each, []).append(Role.COLLECT.value)
    publisher = graph.value(node, "dct:publisher")
    if isinstance(publisher, str) and own.identifier(publisher) != CATALOGUE_AGENT:
        if publisher in roles:
            roles[publisher].append(Role.PROVIDE.value)
        else:
            roles = {publisher: [Role.PROVIDE.value], **roles}
    return [
        {"agency": agency, "roles": held, "allocation": "DECLARED", "confidence": "EXPLICIT",
         "literal": own.label(each, "foaf:name") or ""}
        for each, held in roles.items() if (agency := own.identifier(each, Kind.AGENCY))
    ]  # fmt: skip


def _attributed(own: Own, node: str) -> list[Row]:
    graph = own.graph
    return [
        {
            "agency": own.identifier(graph.value(each, "prov:agent"), Kind.AGENCY),
            "roles": [own.word(role) for role in graph.iris(each, "dcat:hadRole")],
            "allocation": own.word(graph.value(each, "gir:allocation")),
            "confidence": own.word(graph.value(each, "gir:confidence")),
            "literal": graph.text(each, "gir:text") or "",
            "citation": own.citation(each),
        }
        for each in own.numbered(node, "prov:qualifiedAttribution") if each.startswith(own.base)
    ]  # fmt: skip


def _metadata(own: Own, node: str) -> list[Row]:
    return [
        {"element": own.label(each, "gir:element"), "value": own.label(each, "gir:value") or "", "known": False}
        for each in own.graph.iris(node, "gir:metadata")
    ]


def _distributed(own: Own, node: str) -> Row:
    """The formats, and what the words of the rights say: share condition, openness and its condition."""
    graph = own.graph
    parts = [each for each in graph.iris(node, "dcat:distribution") if each.startswith(f"{own.base}id/distribution/")]
    name = _chinese(own, node, "dct:title") or ""
    formats = []
    for part in parts:
        said, media = graph.value(part, "dct:format"), graph.value(part, "dcat:mediaType")
        title = own.label(part, "dct:title") or ""
        formats.append({
            "code": own.label(said) or "",
            "label": title[len(name) + 1 : -1],
            "media_type": (own.label(media, "rdfs:label") if media is not None else None),
            "download_url": url if isinstance(url := graph.value(part, "dcat:downloadURL"), str) else None,
            "byte_size": own.whole(part, "dcat:byteSize"),
        })  # fmt: skip
    rights = graph.value(parts[0], "dct:rights") if parts else None
    licence = _licence(own, parts[0]) if parts else None
    modes = [own.word(each) for each in graph.iris(parts[0], "dct:type")] if parts else []
    return {
        "formats": formats,
        "licence": licence,
        "mode": modes,
        **_rights(own, node, own.label(rights, "rdfs:label") or ""),
    }


def _platform(own: Own, node: str) -> str | None:
    """What its service is called beside the name; an interface that is called nothing else is no platform."""
    service = own.iri(f"service/{slug(own.identifier(node) or '')}")
    title, name = own.label(service, "dct:title"), own.label(node, "dct:title") or ""
    found = title[len(name) + 1 : -1] if title else None
    return found if found != ShareMode.SERVICE_INTERFACE.zh else None


def _rights(own: Own, node: str, sentence: str) -> Row:
    """``有条件共享；限履职使用；不向社会开放。`` taken apart; of several ways any, since all give the same sentence."""
    access = own.graph.value(node, "dct:accessRights")
    may = [each for each in Openness if access == f"{EU}access-right/{ACCESS_RIGHT[each]}"]
    parts = sentence.removesuffix("。").split("；")
    for openness in may:
        for index, part in enumerate(parts[1:], start=1):
            if part == OPENNESS[openness]:
                return {
                    "open_to_public": openness.value,
                    "share_condition": "；".join(parts[1:index]) or None,
                    "open_condition": "；".join(parts[index + 1 :]) or None,
                }
    return {"open_to_public": may[0].value if may else Openness.UNDECLARED.value}


def _field(own: Own, node: str, owner: str) -> Row:
    meant = own.identifier(own.graph.value(node, "csvw:propertyUrl"), Kind.DATA_ELEMENT)
    return own.row(node, Kind.FIELD) | {"resource": owner, "data_element": meant}


def _agency(own: Own, node: str, identifier: str) -> Row:
    if own.graph.value(node, "gir:agencyKind") is not None:
        return own.row(node, Kind.AGENCY)
    name, code = own.label(node, "foaf:name") or "", own.label(node, "dct:identifier")
    credit_code = code if code != slug(identifier) else None
    # a body wins over an office when both are united, so no office may be taken for one
    kind = AgencyKind.BODY if credit_code else kind_by_name(name)
    return {"name": name, "agency_kind": kind.value, "credit_code": credit_code}
