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
:root{color-scheme:light dark;--ink:#1d2126;--quiet:#5d6672;--line:#e3e6ea;--link:#0b5aa2;--mark:#b8341b;--paper:#fff}
@media(prefers-color-scheme:dark){
:root{--ink:#e6e8eb;--quiet:#9aa4b0;--line:#2c323a;--link:#82b9f2;--mark:#f08a72;--paper:#14171b}}
body{font:16px/1.65 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;color:var(--ink);
background:var(--paper);max-width:54rem;margin:2.5rem auto;padding:0 1.25rem;overflow-wrap:anywhere}
h1{font-size:1.7rem;line-height:1.3;margin:.1rem 0 1.4rem}.kind{color:var(--mark);font-weight:600;margin:0}
dl{display:grid;grid-template-columns:minmax(7rem,11rem) 1fr;margin:0 0 1.6rem;border-bottom:1px solid var(--line)}
dt,dd{margin:0;padding:.5rem 0;border-top:1px solid var(--line)}dt,.label{color:var(--quiet)}
ol,ul{margin:0;padding-left:1.3rem}li{padding:.1rem 0}li::marker{color:var(--quiet)}.text{white-space:pre-wrap}
a{color:var(--link);text-decoration-thickness:1px;text-underline-offset:.2em}code{color:var(--quiet);font-size:.85em}
footer{margin-top:1.6rem;color:var(--quiet);font-size:.9rem}
@media(max-width:34rem){body{margin:1.25rem auto}dl{display:block}dt{padding:.5rem 0 0}dd{border:0;padding:0 0 .5rem}}
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
