"""Requests that mean no good, each with the code it is refused with; None where it is harmless and answered."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.graph.samples import PEOPLE

BAD, COSTLY, DEEP, EXPIRED = "BAD_INPUT", "TOO_COSTLY", "TOO_DEEP", "CURSOR_EXPIRED"


@dataclass(frozen=True)
class Abuse:
    """A request's body and what is answered to it."""

    name: str
    body: bytes
    code: str
    content_type: str = "application/json"


def asked(name: str, code: str, query: Any, **more: Any) -> Abuse:
    return Abuse(name, json.dumps({"query": query, **more}, ensure_ascii=False).encode(), code)


def nested(name: str, times: int, middle: str = "id") -> str:
    return f"{name} {{ " * times + middle + " }" * times


def corpus() -> Iterator[Abuse]:
    page = "resources { nodes { id } }"
    yield asked("a nest of 20 levels", DEEP, f"{{ resources {{ nodes {{ {nested('fulfils', 20)} }} }} }}")
    yield asked("a nest of 300 levels", BAD, f"{{ resources {{ nodes {{ {nested('fulfils', 300)} }} }} }}")
    yield asked("a nest of 2,500 levels", BAD, f"{{ {nested('a', 2500)} }}")
    yield asked("braces alone", BAD, "{" * 100_000)
    yield asked(
        "480 aliases of a root field", COSTLY, f"{{ {' '.join(f'a{n}: catalogue {{ title }}' for n in range(480))} }}"
    )
    yield asked(
        "one field 90 times, three levels", COSTLY, f"{{ {' '.join('resources { nodes { id } }' for _ in range(90))} }}"
    )
    yield asked(
        "fields that differ under one name",
        BAD,
        f"{{ {' '.join(f'resources(first: {n}) {{ totalCount }}' for n in range(60))} }}",
    )
    yield asked(
        "fragments by the hundred in one place",
        COSTLY,
        f"{{ {' '.join(f'...F{n}' for n in range(150))} }} "
        + " ".join(f"fragment F{n} on Query {{ a{n}: catalogue {{ title }} }}" for n in range(150)),
    )
    doubling = " ".join(
        f"fragment F{n} on Resource {{ a: fulfils {{ ...F{n + 1} }} b: fulfils {{ ...F{n + 1} }} }}" for n in range(30)
    )
    yield asked(
        "fragments that double 30 times by aliases",
        COSTLY,
        f"{{ resources {{ nodes {{ ...F0 }} }} }} {doubling} fragment F30 on Resource {{ id }}",
    )
    yield asked("900 unknown fields", BAD, f"{{ {' '.join(f'resource{n}' for n in range(900))} }}")
    yield asked(
        "900 unknown arguments",
        BAD,
        f"{{ resources({', '.join(f'first{n}: 1' for n in range(900))}) {{ nodes {{ id }} }} }}",
    )
    yield asked("a literal list of 5,000", COSTLY, f"{{ nodes(ids: [{'1 ' * 5000}]) {{ id }} }}")
    yield asked(
        "a literal object of 2,000",
        COSTLY,
        f"{{ resources(filter: {{{' '.join(f'name{n}: 1' for n in range(2000))}}}) {{ nodes {{ id }} }} }}",
    )
    yield asked("a nest of inline fragments", BAD, f"{{ {nested('...', 900, 'catalogue { title }')} }}")
    yield asked(
        "1,000 aliases of a root field",
        COSTLY,
        f"{{ {' '.join(f'a{n}: catalogue {{ title }}' for n in range(1000))} }}",
    )
    yield asked(
        "1,000 aliases of a field",
        COSTLY,
        f"{{ resources(first: 100) {{ nodes {{ {' '.join(f'a{n}: fulfils {{ id }}' for n in range(1000))} }} }} }}",
    )
    yield asked("20,000 aliases", BAD, f"{{ {' '.join(f'a{n}: catalogue {{ title }}' for n in range(20_000))} }}")
    yield asked(
        "one field 2,500 times",
        COSTLY,
        f"{{ {page} {'catalogue { title } ' * 300} {'resources { totalCount } ' * 1000} }}",
    )
    yield asked(
        "one field 1,600 times with other selections",
        COSTLY,
        f"{{ {' '.join(f'resources {{ a{n}: totalCount }}' for n in range(1300))} }}",
    )
    yield asked("a circle of fragments", BAD, "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }")
    circle = " ".join(f"fragment F{n} on Resource {{ fulfils {{ ...F{(n + 1) % 400} }} }}" for n in range(400))
    yield asked("a circle of 400 fragments", COSTLY, f"{{ resources {{ nodes {{ ...F0 }} }} }} {circle}")
    chain = " ".join(f"fragment F{n} on Resource {{ ...F{n + 1} ...F{n + 1} }}" for n in range(300))
    yield asked(
        "fragments that double 300 times",
        DEEP,
        f"{{ resources {{ nodes {{ ...F0 }} }} }} {chain} fragment F300 on Resource {{ id }}",
    )
    unused = " ".join(f"fragment U{n} on Resource {{ id }}" for n in range(1000))
    yield asked("1,000 fragments that nobody uses", COSTLY, f"{{ {page} }} {unused}")
    yield asked("1,000 operations", COSTLY, " ".join(f"query Q{n} {{ catalogue {{ title }} }}" for n in range(1000)))
    yield asked("a huge page", COSTLY, "{ resources(first: 100000) { nodes { id } } }")
    yield asked("a page beyond 32 bits", BAD, "{ resources(first: 99999999999999999999) { nodes { id } } }")
    yield asked(
        "a huge page by variable",
        COSTLY,
        "query($n: Int) { resources(first: $n) { nodes { id } } }",
        variables={"n": 2**31 - 1},
    )
    yield asked(
        "pages times pages",
        COSTLY,
        "{ resources(first: 100) { nodes { fields(first: 500) { nodes { dataElement { fields(first: 500) { nodes { id } } } } } } } }",
    )
    yield asked("a flood of directives", COSTLY, f"{{ catalogue {'@include(if: true) ' * 1000} {{ title }} }}")
    yield asked("a flood of unknown directives", COSTLY, f"{{ catalogue {'@x ' * 3900} {{ title }} }}")
    yield asked("a flood of unknown fields", COSTLY, f"{{ {' '.join(f'f{n}' for n in range(7900))} }}")
    yield asked(
        "a flood of unknown arguments",
        COSTLY,
        f"{{ resources({', '.join(f'a{n}: 1' for n in range(2500))}) {{ nodes {{ id }} }} }}",
    )
    yield asked(
        "a flood of variables",
        COSTLY,
        f"query({' '.join(f'$v{n}: Int' for n in range(1900))}) {{ catalogue {{ title }} }}",
    )
    yield asked(
        "deep input objects", BAD, f"{{ resources(filter: {'{name: ' * 400}1{'}' * 400}) {{ nodes {{ id }} }} }}"
    )
    yield asked(
        "very deep input objects", BAD, f"{{ resources(filter: {'{a: ' * 1900}1{'}' * 1900}) {{ nodes {{ id }} }} }}"
    )
    yield asked("deep lists", BAD, f"{{ whoProvides(what: {'[' * 450}1{']' * 450}) {{ nodes {{ verdict }} }} }}")
    yield asked("very deep lists", BAD, f"{{ nodes(ids: {'[' * 3900}1{']' * 3900}) {{ id }} }}")
    yield asked("a deep type", BAD, f"query($x: {'[' * 3000}Int{']' * 3000}) {{ catalogue {{ title }} }}")
    deep: Any = "x"
    for _ in range(400):
        deep = {"name": deep}
    yield asked(
        "deep variables",
        BAD,
        "query($f: ResourceFilter) { resources(filter: $f) { nodes { id } } }",
        variables={"f": deep},
    )
    lists: Any = "x"
    for _ in range(600):
        lists = [lists]
    yield asked("deep lists in variables", BAD, "query($i: [ID!]!) { nodes(ids: $i) { id } }", variables={"i": lists})
    yield Abuse("JSON of 100,000 brackets", b"[" * 100_000, BAD)
    yield asked(
        "a flood of identifiers",
        COSTLY,
        "query($i: [ID!]!) { nodes(ids: $i) { id } }",
        variables={"i": [PEOPLE] * 20_000},
    )
    yield asked("a body of 10 MB", BAD, "#" * 10_000_000)
    yield asked(
        "a text of 100 KB in a variable",
        BAD,
        "query($t: String!) { search(text: $t) { nodes { kind } } }",
        variables={"t": "婚" * 100_000},
    )
    yield asked(
        "a cursor of 500 KB",
        BAD,
        "query($a: String) { resources(after: $a) { nodes { id } } }",
        variables={"a": "W" * 500_000},
    )
    yield asked("a comment of 900 KB", BAD, f"#{'x' * 900_000}")
    yield asked("a text of 900 KB", BAD, f'{{ search(text: "{"婚" * 300_000}") {{ nodes {{ kind }} }} }}')
    yield asked("a name of 900 KB", BAD, f"{{ {'a' * 900_000} }}")
    yield asked("an open string", BAD, '{ search(text: "' + "x" * 100_000)
    yield Abuse("no UTF-8", b'{"query": "{ catalogue { title } } # \xff\xfe"}', BAD)
    yield Abuse("half a surrogate", b'{"query": "{ search(text: \\"\\ud800\\") { nodes { kind } } }"}', BAD)
    yield asked("half a surrogate in the document", BAD, '{ search(text: "\\ud800") { nodes { kind } } }')
    yield asked("a null character", BAD, "{ catalogue { title \0 } }")
    yield asked("an unknown operation", BAD, "query A { catalogue { title } }", operationName="B")
    yield asked("no operation told", BAD, "query A { catalogue { title } } query B { catalogue { title } }")
    yield asked("a null where none may be", BAD, "{ whoProvides(what: null) { nodes { verdict } } }")
    yield asked(
        "a null in a variable",
        BAD,
        "query($w: String!) { whoProvides(what: $w) { nodes { verdict } } }",
        variables={"w": None},
    )
    yield asked("an impossible date", BAD, '{ whoProvides(what: "婚姻", on: "2018-02-30") { nodes { verdict } } }')
    yield asked(
        "a date of the year 99999", BAD, '{ whoProvides(what: "婚姻", on: "99999-01-01") { nodes { verdict } } }'
    )
    yield asked("a cursor that is none", BAD, '{ resources(after: "%00/../") { nodes { id } } }')
    forged = urlsafe_b64encode(json.dumps(["x", *["y"] * 50]).encode()).decode()
    yield asked("a cursor of elsewhere", EXPIRED, f'{{ resources(after: "{forged}") {{ nodes {{ id }} }} }}')
    brackets = urlsafe_b64encode(b"[" * 50_000).decode()
    yield asked("a cursor of 50,000 brackets", BAD, f'{{ resources(after: "{brackets}") {{ nodes {{ id }} }} }}')
    yield asked("a mutation", BAD, "mutation { load }")
    yield asked("a subscription", BAD, "subscription { changes { id } }")
    yield asked("a type definition", BAD, "type Query { a: Int }")
    yield asked(
        "introspection of introspection",
        DEEP,
        f"{{ __schema {{ types {{ {nested('fields { type', 60, 'name')} {'}' * 60} }} }} }}",
    )
    yield Abuse("a batch", b'[{"query": "{ catalogue { title } }"}]', BAD)
    yield Abuse("a form", b"query={catalogue{title}}", BAD, "application/x-www-form-urlencoded")
    yield Abuse("an upload", b"--x\r\n\r\n--x--", BAD, "multipart/form-data; boundary=x")


CORPUS = list(corpus())
