"""Correspondences: what is registered against what the law names, each with how and on whose word it was drawn."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from catalog.record import Record
from catalog.value import Jurisdiction
from catalog.vocabulary import CorrespondenceKind, CorrespondenceMethod, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondence(Record):
    """That a registered thing corresponds to what the law or another catalogue names (对应关系).

    A row of a mapping file or a cell of a catalogue says so (``source`` and ``place`` tell which), or, where ``source``
    is None, equal names do. The names stand as written; ``subject`` and ``objects`` are what they denote in the
    catalogue as it is now, and empty as long as nothing loaded is called so. Agencies' ``fills``, resources'
    ``fulfils`` and ``related`` and fields' ``data_element`` follow from the correspondences that are resolved.
    ``date`` and ``authority`` say since when and on whose word; ``score`` is of a hundred.
    """

    kind: ClassVar[Kind] = Kind.CORRESPONDENCE

    correspondence_kind: CorrespondenceKind
    method: CorrespondenceMethod
    subject_name: str
    object_name: str
    subject_key: str
    object_key: str
    subject_code: str | None = None
    provider: str | None = None
    resource_name: str | None = None
    jurisdiction: Jurisdiction | None = None
    regulation_title: str | None = None
    score: int | None = None
    authority: str | None = None
    date: dt.date | None = None
    note: str | None = None
    subject: str | None = None
    objects: tuple[str, ...] = ()
