"""Agencies: bodies, statutory offices, roles, governments and private parties."""

from __future__ import annotations

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
