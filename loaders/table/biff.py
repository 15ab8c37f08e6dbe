"""The cells with errors of an .xls workbook ([MS-XLS], inside a compound file, [MS-CFB]), which the parser gives empty.

Only what leads to them is read: the file's allocation table, the stream of the workbook, its sheets in order, and of
their cells the results. Each sector is visited once at most, so that no chain of them goes round in circles.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from loaders.table.error_cells import BIFF, ErrorCell

_FREE = 0xFFFFFFFA
"""Sector numbers from here on mark ends and unused places."""
_ENTRY = 128
_STREAMS = ("workbook", "book")
_BOUNDSHEET, _BOOLERR, _FORMULA, _EOF, _BOF = 0x0085, 0x0205, 0x0006, 0x000A, 0x0809


def error_cells(data: bytes) -> dict[int, list[ErrorCell]]:
    """Place of a sheet among all sheets (from 0) → its cells with errors. Empty for bytes that are laid out otherwise.

    Whether the workbook can be read at all is for the parser to say, so that nothing is raised here.
    """
    try:
        stream = _stream(data)
        starts = [
            struct.unpack_from("<I", stream, at)[0]
            for kind, at, size in _records(stream, 0)
            if kind == _BOUNDSHEET and size >= 4
        ]
        return {number: found for number, start in enumerate(starts) if (found := list(_errors(stream, start)))}
    except (struct.error, IndexError, ValueError):
        return {}


def _stream(data: bytes) -> bytes:
    """The bytes of the stream that holds the workbook."""
    sector = 1 << struct.unpack_from("<H", data, 30)[0]
    small = 1 << struct.unpack_from("<H", data, 32)[0]
    if sector not in (512, 4096) or small != 64:
        return b""
    directory, least, small_start = struct.unpack_from("<I4xII", data, 48)

    def at(number: int) -> bytes:
        return data[(number + 1) * sector : (number + 2) * sector]

    per = sector // 4
    tables = [one for one in struct.unpack_from("<109I", data, 76) if one < _FREE]
    further, seen = struct.unpack_from("<I", data, 68)[0], set()
    while further < _FREE and further not in seen:
        seen.add(further)
        *more, further = struct.unpack(f"<{per}I", at(further))
        tables += [one for one in more if one < _FREE]
    chain = [number for table in tables for number in struct.unpack(f"<{per}I", at(table))]

    def whole(start: int) -> bytes:
        return b"".join(map(at, _chain(chain, start)))

    entries = whole(directory)
    root_start = 0
    for place in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        entry = entries[place : place + _ENTRY]
        start, size = struct.unpack_from("<II", entry, 116)
        if entry[66] == 5:
            root_start = start
        name = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace")
        if entry[66] != 2 or name.lower() not in _STREAMS:
            continue
        if size >= least:
            return whole(start)[:size]
        mini, links = whole(root_start), whole(small_start)
        following = struct.unpack(f"<{len(links) // 4}I", links)
        return b"".join(mini[one * small : (one + 1) * small] for one in _chain(following, start))[:size]
    return b""


def _chain(following: list[int] | tuple[int, ...], start: int) -> Iterator[int]:
    seen = set()
    while start < len(following) and start not in seen:
        seen.add(start)
        yield start
        start = following[start]


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """The records of a part of the stream up to its end: kind, where the content begins, how long it is."""
    depth = 0  # charts are parts inside a part
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, size
        depth += (kind == _BOF) - (kind == _EOF)
        if kind == _EOF and depth <= 0:
            return
        at += 4 + size


def _errors(stream: bytes, start: int) -> Iterator[ErrorCell]:
    for kind, at, size in _records(stream, start):
        if kind == _BOOLERR and size >= 8:
            row, column, code, is_error = struct.unpack_from("<HH2xBB", stream, at)
            if is_error:
                yield ErrorCell(row, column, BIFF.get(code, ""))
        elif kind == _FORMULA and size >= 14:
            row, column, what, code, end = struct.unpack_from("<HH2xBxBx2xH", stream, at)
            if what == 2 and end == 0xFFFF:
                yield ErrorCell(row, column, BIFF.get(code, ""))
