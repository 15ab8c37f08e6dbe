"""What the stores must answer to names and texts, worked out the slow way from the records themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from catalog.data_element import DataElement
from catalog.field import Field
from catalog.record import Record
from catalog.resource import Resource
from catalog.text import fold, names, searchable
from catalog.vocabulary import Kind, MatchKind

Matched = tuple[str, str, Kind, str, str]
TIERS = list(MatchKind)


def _placed(resource: Resource, jurisdiction: str | None, regimes: tuple[str, ...]) -> bool:
    place = resource.jurisdiction
    there = jurisdiction is None or (place is not None and jurisdiction in (place.code, place.name))
    return there and (not regimes or resource.regime in regimes)


def matches(
    records: Iterable[Record], what: str, jurisdiction: str | None = None, regimes: tuple[str, ...] = ()
) -> list[Matched]:
    """(how, text, kind, id, resource) in the order of :class:`graph.shape.MatchQuestion`."""
    held: Mapping[str, Record] = {record.id: record for record in records}
    found = []
    for record in held.values():
        if not isinstance(record, Resource | Field):
            continue
        resource = record if isinstance(record, Resource) else held[record.resource]
        assert isinstance(resource, Resource)
        if not _placed(resource, jurisdiction, regimes):
            continue
        ways: list[tuple[int, int, str, str]] = []
        for name, how in names(record):
            folded = fold(name)
            tier = how if folded == what else MatchKind.SUBSTRING if what in folded else None
            if tier is not None and folded:
                ways.append((TIERS.index(tier), len(folded), folded, name))
        if isinstance(record, Field) and isinstance(element := held.get(record.data_element or ""), DataElement):
            ways += [(2, len(what), what, name) for name, _ in names(element) if fold(name) == what]
        if ways:
            tier_, length, folded, text = min(ways, key=lambda way: way[:3])
            key = (tier_, length, folded, record.kind is not Kind.FIELD, record.id)
            found.append((key, (TIERS[tier_].value, text, record.kind, record.id, resource.id)))
    return [answer for _, answer in sorted(found)]


def searches(records: Iterable[Record], text: str, kinds: tuple[Kind, ...] = ()) -> list[tuple[Kind, str, str, float]]:
    """(kind, id, text, score) in the order of :class:`graph.shape.SearchQuestion`."""
    found = []
    for record in records:
        if kinds and record.kind not in kinds:
            continue
        ways = []
        for place, one in enumerate(searchable(record)):
            folded = fold(one)
            if text in folded:
                score = 1.0 if folded == text else 0.8 if folded.startswith(text) else 0.6 if place == 0 else 0.4
                ways.append((-score, len(folded), place, one))
        if ways:
            score, length, _, one = min(ways)
            found.append(((score, length, record.id), (record.kind, record.id, one, -score)))
    return [answer for _, answer in sorted(found)]
