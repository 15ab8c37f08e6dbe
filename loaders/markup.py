"""HTML pages as text. The decoded source of a page is the text extracted here, and all positions are positions of it.

Tags, comments, scripts and styles go; block elements and ``<br>`` become line feeds; character references are resolved.
Nothing else is changed, so that the text reads as the page did.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    "address article aside blockquote body br center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 head header "
    "hr li main nav ol option p pre section table tbody td tfoot th thead title tr ul".split()
)
_SILENT = frozenset({"script", "style", "template", "noscript"})
_LOOKS = re.compile(
    r"<!doctype\s+html|<html[\s>]|<(?:head|body|div|table|p|br|span|meta)(?:\s[^<>]{0,300})?/?>", re.IGNORECASE
)
_LAYOUT = re.compile(r"[ \t\r\n\f]+")
_FEEDS = re.compile(r" *\n *")
_MANY = re.compile(r"\n{3,}")
PROBE = 4096


def is_html(text: str) -> bool:
    """Whether a decoded file is a page: a document type, or tags among its first characters."""
    return bool(_LOOKS.search(text, 0, PROBE))


def text_of_html(page: str) -> str:
    """The text a page shows; never raises."""
    parser = _Text()
    try:
        parser.feed(page)
        parser.close()
    except (AssertionError, ValueError):  # what html.parser raises on broken declarations
        parser.parts.append(re.sub(r"<[^<>]{0,1000}>", "", page[parser.getpos()[1] :]))
    text = _FEEDS.sub("\n", "".join(parser.parts))
    return _MANY.sub("\n\n", text).strip("\n") + "\n"


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._silent is None and tag in _SILENT:
            self._silent = tag
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = None
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if self._silent is None:
            self.parts.append(_LAYOUT.sub(" ", data))
