"""Gaps: where the catalogue falls short of the law."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from catalog.record import Record
from catalog.value import Citation
from catalog.vocabulary import GapKind, Kind, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap(Record):
    """A difference between what the law demands and what the catalogue holds (缺口), with its owner and evidence.

    It is one on the days of legal time ``[begins, ends)``: ``citation`` is the provision that makes it one on each of
    them, which is in force then (for a lapsed basis, the provision that ended it).
    """

    kind: ClassVar[Kind] = Kind.GAP

    gap_kind: GapKind
    severity: Severity
    subject: str
    message: str
    owner: str | None = None
    because: tuple[str, ...] = ()
    citation: Citation | None = None
    evidence: tuple[str, ...] = ()
    begins: dt.date | None = None
    ends: dt.date | None = None
