"""Resources: what is shared, disclosed or reported."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from catalog.record import Record
from catalog.value import Citation, Format, Frequency, Jurisdiction, MetadataValue, Period, Responsibility
from catalog.vocabulary import Kind, Openness, Origin, Regime, ShareMode, ShareType


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource(Record):
    """An information resource (信息资源): statutory (a regulation assigns it) or registered (a catalogue lists it).

    ``regulation`` is the text that assigns a statutory resource. ``cleared`` says that the record may be published
    anonymously, which is a decision apart from share type and openness. ``licence`` is an IRI or the words of the terms
    of use. ``metadata`` keeps every catalogue element of
    the source row, known or not.
    """

    kind: ClassVar[Kind] = Kind.RESOURCE

    name: str
    origin: Origin
    regime: Regime = Regime.SHARING
    aliases: tuple[str, ...] = ()
    code: str | None = None
    category: str | None = None
    summary: str | None = None
    jurisdiction: Jurisdiction | None = None
    regulation: str | None = None
    open_list: bool = False
    subtypes: tuple[str, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    share_type: ShareType = ShareType.UNDECLARED
    share_condition: str | None = None
    mode: tuple[ShareMode, ...] = ()
    platform: str | None = None
    formats: tuple[Format, ...] = ()
    update_frequency: Frequency | None = None
    open_to_public: Openness = Openness.UNDECLARED
    open_condition: str | None = None
    cleared: bool = False
    basis: tuple[Citation, ...] = ()
    fulfils: tuple[str, ...] = ()
    metadata: tuple[MetadataValue, ...] = ()
    contact: str | None = None
    temporal: Period | None = None
    licence: str | None = None
    issued: dt.date | None = None
    modified: dt.date | None = None
