"""What a workbook's bytes are before anything parses them: encrypted, damaged, far too large, with macros.

Sizes are counted by unpacking, never believed from the directory of the archive; nothing is kept while counting.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers.expat import ExpatError

from loaders.table.biff import error_cells
from loaders.table.error_cells import UNCALCULATED, ErrorCell
from loaders.table.opendocument import OpenDocument

UNPACKED = 300_000_000
"""Bytes that all members of a workbook may have together once unpacked."""
RATIO = 300
"""How many times its packed size a member of more than a megabyte may have."""
MEMBERS = 5_000
ROWS = 100_000
"""Rows of one sheet."""
CELLS = 10_000_000
"""Rows times columns of one sheet."""
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 1 << 20
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)
_FAR = re.compile(rb""" r="(?:([A-Z]{2,3})(\d{1,7})|[A-Z](\d{5,7}))"[^>]*(?<!/)>""")
_FAR_ODDLY = re.compile(rb"""\br\s*=\s*["'](?:([A-Z]{2,3})(\d{1,7})|[A-Z](\d{5,7}))["'][^>]*(?<!/)>""")
_ODD = tuple(map(re.compile, (b"'", b"\t", b"\n", b"= ", b" =")))
"""What no spreadsheet program writes between cells; where it stands the slower pattern looks. Bytes that are frequent
one by one are found by a pattern in less than half of the time that ``in`` takes."""
_PRINTED, _TYPED, _FORMULA = re.compile(b">#"), re.compile(rb"""t=["']e["']"""), re.compile(rb"<f\b")
_ERROR = re.compile(rb"""<c\s[^>]*?\bt=["']e["'][^>]*>(?:<f\b[^>]*>[^<]*</f>|<f\b[^>]*/>)?<v>([^<]*)""")
_UNCALCULATED = re.compile(
    rb"""<c\s(?=[^>]*\br=["']([A-Z]{1,3})(\d{1,7})["'])(?![^>]*\bt=["']str["'])[^>]*>"""
    rb"""<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v\s*/>|<v>\s*</v>)?</c>"""
)
"""A formula without a value; one that gives an empty text is of the type str."""
_CELL = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_HIDES = re.compile(rb"hidden=")
_HIDDEN = re.compile(rb"""<row\s(?=[^>]*\bhidden=["'](?:1|true)["'])[^>]*?\br=["'](\d{1,7})["']""")
_TAIL = 400


@dataclass(eq=False)
class Refused(Exception):
    """A workbook that is not read at all: a stable code, what is wrong, what to do."""

    code: str
    message: str
    suggestion: str


@dataclass(slots=True)
class Contents:
    """What was noticed while unpacking: macros, cells with errors by the sheet they stand in (its member of an .xlsx
    workbook, its place among the sheets of an .xls one, its name in an .ods one), whether texts look like such errors,
    the numbers of the rows that are hidden in the sheets of an .xlsx one, and the merged ranges of each sheet of an
    OpenDocument workbook, which the parser does not give."""

    macros: bool = False
    errors: dict[str, list[ErrorCell]] = field(default_factory=dict)
    errors_by_place: dict[int, list[ErrorCell]] = field(default_factory=dict)
    suspect: bool = False
    hidden: dict[str, set[int]] = field(default_factory=dict)
    merged: dict[str, list[tuple[int, int, int, int]]] = field(default_factory=dict)


def inspect(data: bytes) -> Contents:
    """Looks through a workbook's bytes. Raises Refused."""
    if data.startswith(OLE):
        if _ENCRYPTED in data:
            raise _password()
        return Contents(
            macros="_VBA_PROJECT".encode("utf-16-le") in data, errors_by_place=error_cells(data), suspect=True
        )
    if not data.startswith(b"PK"):
        raise Refused(
            "NOT_A_WORKBOOK",
            "these bytes are no workbook, whatever the file's ending says",
            "open it in a spreadsheet program and save it as .xlsx, or as .csv in UTF-8",
        )
    try:
        return _archive(data)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, ExpatError) as error:
        raise Refused(
            "DAMAGED_WORKBOOK", f"the workbook is damaged or cut off: {error}", "take a whole copy"
        ) from error


def _password() -> Refused:
    return Refused(
        "ENCRYPTED_WORKBOOK", "the workbook is protected by a password", "save a copy without a password and load that"
    )


def _archive(data: bytes) -> Contents:
    contents = Contents()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if len(members) > MEMBERS:
            raise _bomb(f"it has {len(members):,} members, over the limit of {MEMBERS:,}")
        left = UNPACKED
        for member in members:
            if member.flag_bits & 1:
                raise _password()
            name = member.filename
            look = _Look(name, contents)
            size = 0
            for piece in _unpacked(data, member):
                size += len(piece)
                if size > left:
                    raise _bomb(f"it unpacks to more than {UNPACKED:,} bytes")
                if size > _CHUNK and size > RATIO * max(1, member.compress_size):
                    raise _bomb(f"{name} unpacks to more than {RATIO} times its size")
                look.at(piece)
            if size != member.file_size:
                raise _bomb(f"{name} unpacks to {size:,} bytes and declares {member.file_size:,}")
            left -= size
            contents.macros |= name.lower().endswith("vbaproject.bin") or name.startswith("Basic/")
    return contents


def _bomb(why: str) -> Refused:
    return Refused("OVERSIZED_WORKBOOK", f"the workbook is refused unread: {why}", "split it, or save it as .csv")


def _unpacked(data: bytes, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a member piece by piece, as many as there really are."""
    header = data[member.header_offset : member.header_offset + 30]
    if len(header) < 30 or header[:4] != ZIP:
        raise zipfile.BadZipFile(f"{member.filename} has no header")
    start = (
        member.header_offset + 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    )
    packed = memoryview(data)[start : start + member.compress_size]
    if len(packed) < member.compress_size:
        raise EOFError(f"{member.filename} is cut off")
    if member.compress_type == zipfile.ZIP_STORED:
        yield bytes(packed)
    elif member.compress_type == zipfile.ZIP_DEFLATED:
        stream = zlib.decompressobj(-15)
        rest: bytes | memoryview = packed
        while rest and not stream.eof:
            yield stream.decompress(rest, _CHUNK)
            rest = stream.unconsumed_tail
        while not stream.eof and (more := stream.decompress(b"", _CHUNK)):
            yield more
        if not stream.eof:
            raise EOFError(f"{member.filename} is cut off")
    else:
        raise zipfile.BadZipFile(f"{member.filename} is packed in a way that is not read")


class _Look:
    """Looks at the pieces of one member: document types, sheets far too large, cells with errors."""

    def __init__(self, name: str, contents: Contents) -> None:
        self.name, self.contents = name, contents
        self.xml = name.lower().endswith((".xml", ".rels"))
        self.sheet = bool(re.fullmatch(r"xl/worksheets/[^/]+\.xml", name, re.I))
        self.document = OpenDocument(contents.merged, contents.errors, bound) if name == "content.xml" else None
        self.manifest = name == "META-INF/manifest.xml"
        self.tail, self.rows, self.deepest, self.widest = b"", 0, 0, 26

    def at(self, piece: bytes) -> None:
        if not self.xml:
            return
        text = self.tail + piece
        if _DOCTYPE.search(text) or text.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise Refused(
                "UNSAFE_WORKBOOK",
                f"{self.name} declares a document type or entities, which no spreadsheet program writes",
                "open it in a spreadsheet program and save it again",
            )
        if self.manifest and b"encryption-data" in text:
            raise _password()
        self.contents.suspect |= _PRINTED.search(text) is not None or b">Err:" in text
        if self.sheet:
            self._sheet(text, piece)
        elif self.document is not None:
            self.document.feed(piece)
        self.tail = text[-_TAIL:]

    def _sheet(self, text: bytes, piece: bytes) -> None:
        self.rows += piece.count(b"<row")
        pattern = _FAR_ODDLY if any(odd.search(text) for odd in _ODD) else _FAR
        for column, row, low in pattern.findall(text):
            if column:
                self.widest = max(self.widest, _index(column))
            self.deepest = max(self.deepest, int(row or low))
        bound(max(self.rows, self.deepest), self.widest)
        if _TYPED.search(text):
            for error in _ERROR.finditer(text):
                if (cell := _CELL.search(error[0])) is not None:
                    value = error[1].decode("utf-8", "replace")
                    self._found(ErrorCell(int(cell[2]) - 1, _index(cell[1]) - 1, value))
        if _FORMULA.search(text):
            for cell in _UNCALCULATED.finditer(text):
                self._found(ErrorCell(int(cell[2]) - 1, _index(cell[1]) - 1, UNCALCULATED))

        if _HIDES.search(text):
            rows = self.contents.hidden.setdefault(self.name, set())
            rows.update(int(row) for row in _HIDDEN.findall(text))

    def _found(self, entry: ErrorCell) -> None:
        found = self.contents.errors.setdefault(self.name, [])
        if entry not in found[-_TAIL // 20 :]:  # what the tail of the piece before had shown already
            found.append(entry)


def bound(rows: int, columns: int) -> None:
    """Raises Refused for a sheet over the limits."""
    if rows > ROWS or rows * columns > CELLS:
        raise Refused(
            "TOO_MANY_ROWS",
            f"a sheet reaches to {rows:,} rows and {columns:,} columns; limits: {ROWS:,} rows, {CELLS:,} cells",
            "split the sheet into several files, or save it as .csv",
        )


def _index(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
