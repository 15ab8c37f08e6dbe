"""Data elements: what fields mean, across resources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from catalog.record import Record
from catalog.vocabulary import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class DataElement(Record):
    """What a field means, across resources (数据元); ``identifier`` is that of the standard which defines it."""

    kind: ClassVar[Kind] = Kind.DATA_ELEMENT

    name: str
    aliases: tuple[str, ...] = ()
    identifier: str | None = None
    definition: str | None = None
    identity_key: bool = False
