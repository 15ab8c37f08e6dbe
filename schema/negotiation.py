"""What a client can take: media types (RFC 9110, 12.5.1) and content codings (12.5.3)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")

_WEIGHT = re.compile(r"[0-9]{1,9}(?:\.[0-9]{0,9})?|\.[0-9]{1,9}")
"""A weight, more or less: what is none, "nan" say, weighs 1."""
CODINGS = ("zstd", "gzip")
"""What bodies are compressed with, the one preferred first."""


def media(accept: str, offers: Mapping[T, str]) -> T | None:
    """The offer (by its media type) for an Accept header: the best quality, ties in the order of the offers.

    ``*/*`` and a header that says nothing understandable take the first offer. None where nothing offered is wanted.
    """
    ranges = [_weighed(part) for part in accept.split(",") if "/" in part.partition(";")[0]]
    if not ranges:
        return next(iter(offers))
    best: tuple[float, T] | None = None
    for offer, name in offers.items():
        quality = _quality((name, f"{name.partition('/')[0]}/*", "*/*"), ranges)
        if quality > 0 and (best is None or quality > best[0]):
            best = quality, offer
    return best[1] if best else None


def coding(accept_encoding: str) -> str | None:
    """The content coding for an Accept-Encoding header, None for the bytes as they are."""
    weighed = [_weighed(part) for part in accept_encoding.split(",") if part.strip()]
    best: tuple[float, str] | None = None
    for name in CODINGS:
        quality = _quality((name, "*"), weighed)
        if quality > 0 and (best is None or quality > best[0]):
            best = quality, name
    plain = _quality(("identity",), weighed)
    return best[1] if best and best[0] >= plain else None


def _weighed(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "q":
            quality = min(1.0, float(value)) if _WEIGHT.fullmatch(value.strip()) else 1.0
    return name.lower(), quality


def _quality(names: Sequence[str], weighed: list[tuple[str, float]]) -> float:
    """The weight of the first of these names, from near to far, that the header has; 0 where it has none."""
    for wanted in names:
        found = [quality for name, quality in weighed if name == wanted]
        if found:
            return max(found)
    return 0.0
