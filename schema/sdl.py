"""The schema as text."""

from __future__ import annotations

from schema.api import api


def sdl() -> str:
    """The SDL of the API, ending in a newline."""
    return api().as_str().rstrip() + "\n"
