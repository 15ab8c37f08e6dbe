"""What commands print: one JSON document on standard output, or words for people; progress on standard error."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import orjson

from catalog.issue import Issue
from catalog.revision import Applied
from catalog.table import camel


def print_json(document: Any) -> None:
    """One JSON document, indented, on standard output; the issues in it are worded as they are written."""
    option = orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS
    text = orjson.dumps(document, default=_worded, option=option)
    sys.stdout.buffer.write(text + b"\n")
    sys.stdout.flush()


def say(text: str = "") -> None:
    """A line of progress or diagnosis on standard error."""
    print(text, file=sys.stderr, flush=True)


def counts(applied: Applied) -> dict[str, dict[str, int]]:
    """The counts of a change set as the contract words them."""
    return {
        str(kind): {
            "created": tally.created,
            "updated": tally.updated,
            "unchanged": tally.unchanged,
            "deleted": tally.deleted,
        }
        for kind, tally in applied.counts.items()
    }


def _worded(value: object) -> dict[str, Any]:
    if isinstance(value, Issue):
        return issue(value)
    raise TypeError(f"{type(value).__name__} is no part of a document")


def issue(found: Issue) -> dict[str, Any]:
    """An issue under its GraphQL names."""
    place = found.place
    return {
        "code": found.code,
        "severity": str(found.severity),
        "message": found.message,
        "place": None
        if place is None
        else {
            "source": place.source,
            "line": place.line,
            "span": None if place.span is None else _plain(place.span),
            "sheet": place.sheet,
            "row": place.row,
            "column": place.column,
        },
        "suggestion": found.suggestion,
    }


def where(found: Issue) -> str:
    """``catalogue.csv:7:C``, ``catalogue.xlsx:目录:7:C`` or ``rules.txt:12``."""
    place = found.place
    if place is None:
        return ""
    parts = [place.source, place.sheet, place.line or place.row, place.column]
    return ":".join(str(part) for part in parts if part is not None)


def _plain(value: Any) -> Mapping[str, Any]:
    return {camel(name): getattr(value, name) for name in value.__slots__}
