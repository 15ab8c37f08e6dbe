"""The settings: name, default and help in one tuple, read when a command starts and never at import."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from catalog.errors import BadInput

MOST = 7
"""How many digits a number of MiB may have."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: the environment variable, its default and what it does."""

    variable: str
    default: str
    help: str


STORE = Setting("MULU_STORE", "mulu.db", "a file, or neo4j://user:password@host:7687/database")
BASE_IRI = Setting("MULU_BASE_IRI", "https://data.example.cn/", "where the IRIs of the catalogue start")
TITLE = Setting("MULU_TITLE", "政务信息资源目录", "the catalogue's title")
PUBLISHER = Setting("MULU_PUBLISHER", "目录管理机构", "who publishes the catalogue, by name")
ANSWERS = Setting("MULU_ANSWERS", "64", "how many MiB of answers a server keeps while nothing is written; 0: none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one run."""

    store: str
    base_iri: str
    title: str
    publisher: str
    answers: int
    """Bytes."""

    @classmethod
    def read(
        cls, *, store: str | None = None, base_iri: str | None = None, environment: Mapping[str, str] | None = None
    ) -> Settings:
        """Flags first, then the environment, then the defaults. Raises BadInput for a base that cannot start IRIs."""
        held = os.environ if environment is None else environment

        def value(given: str | None, setting: Setting) -> str:
            return given or held.get(setting.variable) or setting.default

        return cls(
            store=value(store, STORE),
            base_iri=base(value(base_iri, BASE_IRI)),
            title=value(None, TITLE),
            publisher=value(None, PUBLISHER),
            answers=mebibytes(value(None, ANSWERS), ANSWERS),
        )


def mebibytes(text: str, setting: Setting) -> int:
    """The bytes of a number of MiB. Raises BadInput for what is no such number."""
    if not (text.isascii() and text.isdecimal() and len(text) <= MOST):
        raise BadInput(f"{setting.variable} is {text[:50]!r}", suggestion="give a whole number of MiB, 0 for none")
    return int(text) * 1024 * 1024


def base(text: str) -> str:
    """A base IRI with its closing slash. Raises BadInput unless it is http(s) with a host and no query or fragment."""
    parts = urlsplit(text)
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or parts.query
        or parts.fragment
        or not text.isascii()
    ):
        raise BadInput(
            f"{text!r} cannot start IRIs", suggestion="give something like https://data.example.cn/ in --base-iri"
        )
    return text if text.endswith("/") else f"{text}/"
