"""Persisted queries: a client sends a document once with its hash, and afterwards the hash alone.

The form is that of Apollo's clients: ``extensions.persistedQuery`` with ``version`` 1 and ``sha256Hash``.
"""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from catalog.errors import BadInput, MuluError

if TYPE_CHECKING:
    from schema.http import Operation

DOCUMENTS = 1_000
BYTES = 8_000_000
"""What is kept at most: so many documents, and so many bytes of them."""
_HASH = re.compile(r"[0-9a-f]{64}")


class PersistedQueryNotFound(MuluError):
    """No document with this hash is kept; the client sends it again, as its message tells it to."""

    code = "PERSISTED_QUERY_NOT_FOUND"

    def __init__(self) -> None:
        super().__init__("PersistedQueryNotFound", suggestion="send the query once together with its hash")


def hash_of(extensions: dict[str, Any] | None) -> str | None:
    """The hash that a request gives, None for a request without. Raises BadInput where it is not in order."""
    asked = (extensions or {}).get("persistedQuery")
    if asked is None:
        return None
    if not isinstance(asked, dict) or asked.get("version") != 1:
        raise BadInput("persistedQuery is not of version 1", suggestion='give {"version": 1, "sha256Hash": "…"}')
    found = asked.get("sha256Hash")
    if not isinstance(found, str) or not _HASH.fullmatch(found.lower()):
        raise BadInput("sha256Hash is no SHA-256 in hexadecimal", suggestion="give the 64 digits of the query's hash")
    return found.lower()


class Persisted:
    """The documents kept, the least recently used going first."""

    def __init__(self, *, documents: int = DOCUMENTS, size: int = BYTES) -> None:
        self._documents = documents
        self._size = size
        self._held: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0

    def resolve(self, asked: Operation) -> Operation:
        """The operation with its document. Raises PersistedQueryNotFound, BadInput where hash and document differ."""
        if asked.hash is None:
            return asked
        if asked.query:
            if hashlib.sha256(asked.query.encode("utf-8", "surrogatepass")).hexdigest() != asked.hash:
                raise BadInput("sha256Hash is not that of the query", suggestion="hash the query's UTF-8 bytes")
            return asked
        held = self._held.get(asked.hash)
        if held is None:
            raise PersistedQueryNotFound
        self._held.move_to_end(asked.hash)
        return replace(asked, query=held.decode())

    def keep(self, asked: Operation) -> None:
        """Keeps a document that came with its hash and was found to run: what is refused takes nobody's place."""
        if asked.hash is None or asked.hash in self._held:
            return
        document = asked.query.encode()
        if len(document) > self._size:
            return
        self._held[asked.hash] = document
        self._bytes += len(document)
        while len(self._held) > self._documents or self._bytes > self._size:
            _, gone = self._held.popitem(last=False)
            self._bytes -= len(gone)

    def __len__(self) -> int:
        return len(self._held)
