"""Embedded values: spans, places, jurisdictions, frequencies and the like."""

from __future__ import annotations

import datetime as dt

from catalog import value
from catalog.table import by_name
from catalog.vocabulary import ClockUnit, FrequencyCode
from schema.plans import Prop
from schema.types.base import Value, planned, record


@record(value.Span)
class Span(Value):
    """Characters of a source's text as it was decoded (原文位置)."""

    start: int
    end: int
    line: int


@record(value.Place)
class Place(Value):
    """Where in a source something stands: a span of a text, or a cell of a sheet (出处)."""

    source: str
    line: int | None
    span: Span | None
    sheet: str | None
    row_number: int | None = planned(Prop("row"), by_name(value.Place)["row"].description, name="row")
    column: str | None


@record(value.Jurisdiction)
class Jurisdiction(Value):
    """A place that rules apply to, with its code in GB/T 2260 (行政区划)."""

    code: str | None
    name: str
    level: str | None


@record(value.Frequency)
class Frequency(Value):
    """How often a resource is updated, with the source's own word (更新周期)."""

    code: FrequencyCode
    amount: int | None
    unit: ClockUnit | None
    text: str


@record(value.Format)
class Format(Value):
    """A format that a resource comes in (信息资源格式)."""

    code: str
    media_type: str | None
    label: str
    download_url: str | None
    byte_size: int | None


@record(value.Period)
class Period(Value):
    """The time that a resource's data is about (时间范围)."""

    start: dt.date | None
    end: dt.date | None


@record(value.MetadataValue)
class MetadataValue(Value):
    """An element of the source row, understood or kept as it stands (目录要素)."""

    element: str
    value: str
    known: bool


@record(value.Constraint)
class Constraint(Value):
    """An ODRL constraint of a rule (约束)."""

    left_operand: str
    operator: str
    right_operand: str
    unit: str | None
    text: str
