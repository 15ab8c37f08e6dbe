"""Cursors: opaque, keyset, good for one question only, and unharmed by writes between pages."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Mapping
from typing import Any

from catalog.errors import BadInput, CursorExpired
from graph.shape import KeysetKey

PAGING = frozenset({"first", "after", "last", "before"})
_HALVES = re.compile("[\ud800-\udfff]")
"""Halves of characters, which are no text that a store could hold."""


def question_of(place: str, arguments: Mapping[str, Any]) -> str:
    """What tells one question from another: where it is asked, and every argument but those of paging."""
    return digest(place, {name: value for name, value in arguments.items() if name not in PAGING and value is not None})


def digest(place: str, asked: Mapping[str, Any]) -> str:
    """A short name for a place with these arguments, the same in every process."""
    text = json.dumps([place, asked], sort_keys=True, default=_plain, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


def encode(question: str, key: KeysetKey) -> str:
    """The cursor of the row with this key."""
    text = json.dumps([question, *key], ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(cursor: str, question: str) -> KeysetKey:
    """The key in a cursor. BadInput where it is no cursor, CursorExpired where it is another question's."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        digest, *key = json.loads(urlsafe_b64decode(padded))
        sound = bool(key) and all(_is_part(part) for part in key)
    except (Error, ValueError, TypeError, RecursionError):
        sound, digest, key = False, "", []
    if not sound or not isinstance(digest, str):
        raise BadInput(
            f"{cursor[:80]!r} is not a cursor", suggestion="take endCursor or a cursor of an answer, unchanged"
        )
    if digest != question:
        raise CursorExpired(
            "the cursor belongs to another question",
            suggestion="page on with the same field, filter and order, or begin again without a cursor",
        )
    return tuple(key)


def _is_part(part: Any) -> bool:
    """Text that can be written, or a number that every store can hold."""
    return not _HALVES.search(part) if isinstance(part, str) else type(part) is int and abs(part) < 2**63


def _plain(value: Any) -> Any:
    return getattr(value, "__dict__", None) or str(value)
