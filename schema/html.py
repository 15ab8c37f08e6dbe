"""The frame of the pages for people: no script, no other host, schema.org inside for search engines."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import orjson

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}
STYLE = """
:root{color-scheme:light dark;--line:#8884}
body{font:16px/1.6 system-ui,"Noto Sans CJK SC",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;margin:.2rem 0 1rem}.kind{color:#b8341b;font-weight:600}
dl{display:grid;grid-template-columns:minmax(7rem,12rem) 1fr;margin:0}
dt,dd{margin:0;padding:.45rem .5rem;border-top:1px solid var(--line)}dt{opacity:.7}
ol,ul{margin:0;padding-left:1.2rem}.text{white-space:pre-wrap}a{color:inherit}
footer{margin-top:2rem;opacity:.7;font-size:.9rem}
"""


def document(title: str, body: str, data: Mapping[str, Any] | None = None) -> str:
    """A whole page. ``body`` is HTML already; ``data`` is said in schema.org's words."""
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)} · Mulu 目录</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style>'
        f"{_data(data)}</head>"
        f'<body>{body}<footer><a href="/graphql">GraphiQL</a> · <a href="/catalog.html">目录</a> · '
        f'<a href="/catalog.ttl">RDF</a></footer></body></html>'
    )


def _data(data: Mapping[str, Any] | None) -> str:
    if data is None:
        return ""
    held = {"@context": "https://schema.org", **{key: value for key, value in data.items() if value not in (None, [])}}
    text = orjson.dumps(held).decode().replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'
