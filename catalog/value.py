"""Values that records hold: spans, places, citations and the like. They have no identity of their own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from catalog.vocabulary import (
    Allocation,
    ClockUnit,
    Confidence,
    DemandStatus,
    FrequencyCode,
    RegulationRelationKind,
    Role,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Characters ``[start, end)`` of a source's text as it was decoded; ``line`` (from 1) is where it starts."""

    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a source something stands: a span of a text, or a cell of a sheet.

    ``source`` is the source's path as loaded; ``line`` and ``row`` count from 1; ``column`` is the column's letter.
    """

    source: str
    line: int | None = None
    span: Span | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Jurisdiction:
    """A place that rules apply to (行政区划); ``code`` is GB/T 2260, six digits."""

    code: str | None
    name: str
    level: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What something rests on (依据): ``text`` verbatim, and the provision and regulation if they are loaded."""

    text: str
    provision: str | None = None
    regulation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A place in a provision that names another provision or text (引用)."""

    text: str
    span: Span
    target: str | None = None
    regulation: str | None = None
    resolved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RegulationRelation:
    """How a text relates to another, named by ``title`` and linked once that text is loaded (法规关系)."""

    kind: RegulationRelationKind
    title: str
    regulation: str | None = None
    citation: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility:
    """One agency's part in one resource (责任): held by the resource, reached from the agency too.

    ``literal`` is the verbatim text that names the agency.
    """

    agency: str
    roles: tuple[Role, ...]
    allocation: Allocation
    confidence: Confidence
    literal: str
    citation: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequency:
    """How often a resource is updated (更新周期); ``text`` is the source's own word."""

    code: FrequencyCode
    text: str
    amount: int | None = None
    unit: ClockUnit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format of a resource (信息资源格式): a distribution of it, with the file's address and size where it has one.

    ``download_url`` is an absolute address that gives the file itself, ``byte_size`` its size in bytes.
    """

    code: str
    label: str
    media_type: str | None = None
    download_url: str | None = None
    byte_size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The time that data is about (时间范围), the last day included; an end may be open (dct:PeriodOfTime)."""

    start: dt.date | None = None
    end: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MetadataValue:
    """A catalogue element of the source row, kept as it stands (目录要素)."""

    element: str
    value: str
    known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """An ODRL constraint of a rule (约束)."""

    left_operand: str
    operator: str
    right_operand: str
    text: str
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandEvent:
    """A step in a demand's history (需求办理记录)."""

    at: dt.date
    status: DemandStatus
    by: str | None = None
    note: str | None = None
    citation: Citation | None = None
