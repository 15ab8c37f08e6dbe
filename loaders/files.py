"""The one module of this room that opens files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from catalog.errors import BadInput
from loaders.load import File

STANDARD_INPUT = "-"
RDF_ENDINGS = frozenset({".ttl", ".nt", ".nq", ".trig", ".rdf", ".owl", ".jsonld", ".xml", ".json"})
KNOWN_ENDINGS = RDF_ENDINGS | {
    ".txt", ".text", ".md", ".html", ".htm", ".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods",
}  # fmt: skip
LARGEST = 50_000_000
"""A regulation or list of more bytes than this is refused: it is none."""
LARGEST_RDF = 500_000_000
"""So many bytes a file of RDF may have."""


def read_files(paths: Iterable[Path]) -> tuple[list[File], list[str]]:
    """The files named and those below the directories named, and the paths left out because of their ending.

    A file found below a directory is called by its path below it, a file named itself by its own name, so that a
    catalogue loaded on another machine holds the same sources. A file named itself is read whatever its ending. Files
    are read one past the limit, no further, and each when its turn comes, so that one is in memory at a time. Raises
    BadInput for a path that is not there or cannot be read.
    """
    files: list[File] = []
    left: list[str] = []
    for path in paths:
        if str(path) == STANDARD_INPUT:
            files.append(File("stdin.txt", sys.stdin.buffer.read(LARGEST + 1)))
        elif path.is_dir():
            for inner in _below(path):
                name = inner.relative_to(path).as_posix()
                if inner.suffix.lower() in KNOWN_ENDINGS:
                    files.append(File(name, _later(inner)))
                else:
                    left.append(name)
        else:
            files.append(File(path.name, _later(path)))
    return files, left


def _below(directory: Path) -> Iterator[Path]:
    for path in sorted(directory.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(directory).parts)
        if path.is_file() and not hidden:
            yield path


def _later(path: Path) -> bytes | Callable[[], bytes]:
    """How to read a file when its turn comes; that it can be read is seen now, before anything else is done.

    What is no plain file (a pipe) can be read once only: its bytes.
    """
    most = (LARGEST_RDF if path.suffix.lower() in RDF_ENDINGS else LARGEST) + 1
    if not path.is_file():
        return _read(path, most)
    _read(path, 1)
    return partial(_read, path, most)


def _read(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise BadInput(
            f"{path} cannot be read: {error.strerror}", suggestion="name a file or a directory that exists"
        ) from error
