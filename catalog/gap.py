"""Gaps: where the catalogue falls short of the law."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from catalog.record import Record
from catalog.value import Citation
from catalog.vocabulary import GapKind, Kind, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap(Record):
    """A difference between what the law demands and what the catalogue holds (缺口), with its owner and evidence."""

    kind: ClassVar[Kind] = Kind.GAP

    gap_kind: GapKind
    severity: Severity
    subject: str
    message: str
    owner: str | None = None
    because: tuple[str, ...] = ()
    citation: Citation | None = None
    evidence: tuple[str, ...] = ()
