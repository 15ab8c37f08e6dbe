"""Agencies: bodies, statutory offices, roles, governments and private parties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from catalog.record import Record
from catalog.value import Jurisdiction
from catalog.vocabulary import AgencyKind, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency(Record):
    """A body (广州市公安局) or a statutory office (公安机关, a role in a jurisdiction) (部门).

    ``agency_kind`` is GraphQL's ``kind``; ``fills`` are the offices that this body fills; ``credit_code`` is the
    unified social credit code (GB 32100). For an open class, ``literal`` keeps the clause that describes it.
    """

    kind: ClassVar[Kind] = Kind.AGENCY

    name: str
    agency_kind: AgencyKind
    aliases: tuple[str, ...] = ()
    jurisdiction: Jurisdiction | None = None
    credit_code: str | None = None
    literal: str | None = None
    fills: tuple[str, ...] = ()


def denoted(agency: Agency, namesakes: Iterable[Agency]) -> Agency:
    """Which of the agencies of its name an agency means that is known by nothing but this name and perhaps its place.

    It is the one of them that has a credit code; where none has, and its own place is not known, the one whose place
    is; else the agency itself. Who was named first changes nothing.
    """
    if agency.credit_code is not None or agency.agency_kind is not AgencyKind.BODY:
        return agency
    others = {one.id: one for one in namesakes if one.id != agency.id}
    found = [one for one in others.values() if one.credit_code is not None]
    if not found and agency.jurisdiction is None:
        found = [one for one in others.values() if one.jurisdiction is not None]
    return found[0] if len(found) == 1 else agency
