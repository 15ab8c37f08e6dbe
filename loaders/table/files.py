"""The files of a resource in a catalogue's row: their addresses and sizes, each with its format, and the period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import zip_longest
from urllib.parse import urlsplit

from catalog.text import fold
from catalog.value import Format, Period
from catalog.vocabulary import Kind
from loaders.table import values
from loaders.table.reader import Reader
from loaders.table.sheet import Line, heading_key

DOWNLOADS, SIZES = "下载地址", "文件大小"
HEADINGS = {heading_key(DOWNLOADS): DOWNLOADS, heading_key(SIZES): SIZES}
"""Headings of what belongs to formats, folded, to the heading by which metadata and exports call them."""
_APART = re.compile(r"[\s;；,，、]+")
_LISTED = re.compile(r"[;；,，、\n]+")
NONE = ("-", "—", "无")
"""The words for a format without a file."""
_TO = re.compile(r"\s*(?:至|到|~|～|—+|–|--)\s*|(?<=\d{2})/(?=\d{4}-)")
_SIZE = re.compile(r"(\d{1,15}(?:\.\d{1,3})?)\s*([kmgt]?)i?b?", re.IGNORECASE)
_UNITS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4}


def with_files(reader: Reader, line: Line, formats: Sequence[Format]) -> tuple[Format, ...]:
    """The formats with the addresses and sizes of their files, in order; a file beyond them has that of its ending.

    What is no address or no size is left out with an issue, and so is a size without a file.
    """
    columns = _columns(tuple(reader.sheet.headings))
    if not columns:
        return tuple(formats)
    addresses = list(_addresses(line, columns.get(DOWNLOADS), reader))
    sizes = list(_sizes(line, columns.get(SIZES), reader))
    found: list[Format] = []
    for held, address, size in zip_longest(formats, addresses, sizes[: max(len(formats), len(addresses))]):
        of = held or _by_ending(address or "")
        found.append(replace(of, download_url=address, byte_size=size))
    return tuple(found)


def period(reader: Reader, line: Line) -> Period | None:
    """``2024-01-01至2026-06-30``, ``2024年1月1日至今``, one day; anything else is left out with an issue."""
    cell = reader.text(line, Kind.RESOURCE, "temporal")
    if not cell:
        return None
    parts = [part.strip() for part in _TO.split(cell)]
    days = [None if part in ("", "今") else values.date(part) for part in parts]
    bad = [part for part, day in zip(parts, days, strict=True) if day is None and part not in ("", "今")]
    if bad or len(parts) > 2 or not any(days):
        reader.bad(line, Kind.RESOURCE, "temporal", "2024-01-01至2026-06-30")
        return None
    return Period(start=days[0], end=days[-1])


def period_text(held: Period | None) -> str:
    """The cell of a period."""
    if held is None:
        return ""
    return f"{held.start or ''}至{held.end or ''}"


@lru_cache(maxsize=64)
def _columns(headings: tuple[str, ...]) -> Mapping[str, int]:
    """Where the columns of files are."""
    return {HEADINGS[key]: column for column, one in enumerate(headings) if (key := heading_key(one)) in HEADINGS}


def _addresses(line: Line, column: int | None, reader: Reader) -> Iterator[str | None]:
    for one in filter(None, _APART.split(line.get(column))):
        if one in NONE:
            yield None
        elif urlsplit(one).scheme in ("http", "https") and urlsplit(one).netloc:
            yield one
        else:
            _bad(reader, line, column, one, "address", "an address begins with https://")


def _sizes(line: Line, column: int | None, reader: Reader) -> Iterator[int | None]:
    for one in filter(None, map(str.strip, _LISTED.split(line.get(column)))):
        if one in NONE:
            yield None
        elif found := _SIZE.fullmatch(one):
            yield round(float(found[1]) * 1024 ** _UNITS[found[2].lower()])
        else:
            _bad(reader, line, column, one, "size", "a size is a number of bytes, or 20 KB")
            yield None


def _bad(reader: Reader, line: Line, column: int | None, cell: str, what: str, suggestion: str) -> None:
    reader.report.add(
        "BAD_VALUE", f"{cell[:200]!r} is no {what}; it is left out",
        row=line.number, column=column, suggestion=suggestion,
    )  # fmt: skip


def _by_ending(address: str) -> Format:
    ending = urlsplit(address).path.rpartition(".")[2] if "." in urlsplit(address).path else ""
    found = values.FORMATS.get(fold(ending)) if ending else None
    return found or Format(code="OCTET", label="文件")
