"""Regulations and their provisions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from catalog.record import Record
from catalog.value import Citation, Jurisdiction, Reference, RegulationRelation, Span
from catalog.vocabulary import Kind, ProvisionKind, RegulationKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Regulation(Record):
    """A legal text (法规规章).

    ``effective`` is the first day in force, ``expires`` and ``repealed`` the first day no longer in force; ``draft`` is
    apart from dates. ``short_title`` is how sentences about it call it (广州细则).
    """

    kind: ClassVar[Kind] = Kind.REGULATION

    title: str
    short_title: str
    regulation_kind: RegulationKind
    number: str | None = None
    aliases: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    jurisdiction: Jurisdiction | None = None
    adopted: dt.date | None = None
    promulgated: dt.date | None = None
    effective: dt.date | None = None
    expires: dt.date | None = None
    repealed: dt.date | None = None
    draft: bool = False
    comment_deadline: dt.date | None = None
    trial: bool = False
    article_count: int = 0
    basis: tuple[Citation, ...] = ()
    relations: tuple[RegulationRelation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision(Record):
    """A part, chapter, section, article, paragraph, item or sub-item (条款).

    ``text`` is verbatim: exactly ``source[span.start:span.end]``. ``reading`` is the same normalised. ``position``
    counts all provisions of the text from 1 in document order; ``ordinal`` is the number at its own level. ``mentions``
    are the agencies it names.
    """

    kind: ClassVar[Kind] = Kind.PROVISION

    regulation: str
    parent: str | None = None
    provision_kind: ProvisionKind
    label: str
    ordinal: int | None = None
    heading: str | None = None
    position: int
    text: str
    reading: str
    span: Span
    references: tuple[Reference, ...] = ()
    mentions: tuple[str, ...] = ()
