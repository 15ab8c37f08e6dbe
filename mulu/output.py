"""What commands print: one JSON document on standard output, or words for people; progress on standard error."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import orjson

from catalog.issue import Issue
from catalog.revision import Applied
from catalog.table import camel
from catalog.vocabulary import Severity


def print_json(document: Any) -> None:
    """One JSON document, indented, on standard output."""
    sys.stdout.buffer.write(_text(document) + b"\n")
    sys.stdout.flush()


def print_json_with(document: Mapping[str, Any], name: str, members: Iterable[Any]) -> None:
    """One JSON document as :func:`print_json` writes it, with a last member that is a list, however long.

    The document has other members; of the list only one is in memory at a time.
    """
    out = sys.stdout.buffer
    out.write(_text(document).removesuffix(b"\n}") + b",\n  " + _text(name) + b": [")
    between = b"\n    "
    for one in members:
        out.write(between + _text(one).replace(b"\n", b"\n    "))
        between = b",\n    "
    out.write(b"]\n}\n" if between == b"\n    " else b"\n  ]\n}\n")
    sys.stdout.flush()


def _text(document: Any) -> bytes:
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS)


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


def gravest(found: Collection[Issue]) -> Iterator[Issue]:
    """Issues, errors first, else in their order: gone through once for each severity and never held."""
    for severity in Severity:
        yield from (one for one in found if one.severity is severity)


def where(found: Issue) -> str:
    """``catalogue.csv:7:C``, ``catalogue.xlsx:目录:7:C`` or ``rules.txt:12``."""
    place = found.place
    if place is None:
        return ""
    parts = [place.source, place.sheet, place.line or place.row, place.column]
    return ":".join(str(part) for part in parts if part is not None)


def _plain(value: Any) -> Mapping[str, Any]:
    return {camel(name): getattr(value, name) for name in value.__slots__}
