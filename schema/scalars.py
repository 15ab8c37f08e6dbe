"""The scalars Date and DateTime: strict, so that no impossible date is asked for or answered."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import strawberry
from strawberry.types.scalar import ScalarDefinition

from catalog.errors import BadInput

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def parse_date(value: Any) -> dt.date:
    """A date written YYYY-MM-DD that exists; anything else is BAD_INPUT."""
    try:
        if isinstance(value, str) and _DATE.fullmatch(value):
            return dt.date.fromisoformat(value)
    except ValueError:
        pass
    raise BadInput(f"{value!r} is not a date of the calendar", suggestion="write an existing date as YYYY-MM-DD")


def parse_datetime(value: Any) -> dt.datetime:
    """An RFC 3339 time with its offset; anything else is BAD_INPUT."""
    try:
        if isinstance(value, str) and (found := dt.datetime.fromisoformat(value)).tzinfo is not None:
            return found
    except ValueError:
        pass
    raise BadInput(f"{value!r} is not a time with an offset", suggestion="write it as 2026-11-22T08:00:00+08:00")


def _text(value: Any) -> str:
    """Rows hold ISO strings already; computed values are dates."""
    return value if isinstance(value, str) else str(value.isoformat())


SCALARS: dict[object, ScalarDefinition] = {
    dt.date: strawberry.scalar(
        name="Date",
        description="A day, YYYY-MM-DD (日期).",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc3339",
        serialize=_text,
        parse_value=parse_date,
    ),
    dt.datetime: strawberry.scalar(
        name="DateTime",
        description="A point in time with its offset, RFC 3339 (时间).",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc3339",
        serialize=_text,
        parse_value=parse_datetime,
    ),
}
