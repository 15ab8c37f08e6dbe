"""Files that are broken, hostile or not what they say: each gives a clear issue, and nothing of it is half taken."""

from __future__ import annotations

import json

import pytest

from catalog.records import Resource
from loaders.load import File, Loaded, load

HEAD = "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .\n"
GOOD = '<https://x.example/d> a dcat:Dataset ; dct:title "x" .\n'
XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/">'
SET = '<dcat:Dataset rdf:about="https://x.example/d"><dct:title>{}</dct:title></dcat:Dataset></rdf:RDF>'
LAUGHS = (
    "<!DOCTYPE rdf:RDF [<!ENTITY a 'ha'>"
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
    + XML
    + SET.format("&i;")
)
JSON = {"@context": {"dcat": "http://www.w3.org/ns/dcat#", "title": "http://purl.org/dc/terms/title"}, "@id": "https://x.example/d", "@type": "dcat:Dataset", "title": "x"}  # fmt: skip


def read(name: str, data: bytes | str) -> Loaded:
    return load([File(name, data.encode() if isinstance(data, str) else data)])


REFUSED = [
    ("cut.ttl", HEAD + GOOD + '<https://x.example/e> a dcat:Dataset ; dct:title "y', "DAMAGED_RDF", 3),
    ("cut.nt", "<https://x.example/d> <http://purl.org/dc/terms/title> \"x\" .\n<https://x.ex", "DAMAGED_RDF", 2),
    ("cut.rdf", XML + "\n" + SET.format("x")[:60], "DAMAGED_RDF", 2),
    ("cut.jsonld", json.dumps(JSON)[:-10], "DAMAGED_RDF", 1),
    ("words.ttl", "This is a letter, and no Turtle.\n", "DAMAGED_RDF", 1),
    ("laughs.rdf", LAUGHS, "DAMAGED_RDF", None),
    ("outside.rdf", f'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>{XML}{SET.format("&x;")}', "DAMAGED_RDF", None),
    ("long.rdf", f'<!DOCTYPE r [<!ENTITY x "{"x" * 5000}">]>{XML}{SET.format("&x;" * 5000)}', "DAMAGED_RDF", None),
    ("remote.jsonld", json.dumps(JSON | {"@context": "https://elsewhere.example/context.jsonld"}, indent=1), "REMOTE_CONTEXT", 2),
    ("remote2.jsonld", json.dumps(JSON | {"@context": [{"@import": "https://elsewhere.example/c"}]}), "REMOTE_CONTEXT", 1),
    ("remote3.jsonld", json.dumps(JSON | {"title": {"@context": "https://elsewhere.example/c"}}), "REMOTE_CONTEXT", 1),
    ("empty.ttl", " \n", "EMPTY_RDF", None),
    ("deep.jsonld", '{"@id":"https://x.example/d","http://a/b":' + "[" * 1_000_000, "DAMAGED_RDF", 1),
    ("deep2.jsonld", '{"@context":["x"],"a":' + "[" * 1_000_000, "DAMAGED_RDF", None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "code", "line"), REFUSED, ids=[case[0] for case in REFUSED])
def test_refused_whole(name, data, code, line):
    found = read(name, data)
    (issue,) = [one for one in found.problems if one.severity == "ERROR"]
    assert issue.place is not None
    assert (issue.code, issue.place.source, issue.place.line) == (code, name, line)
    assert len(issue.message) < 600
    assert (found.records, found.sources, [file.format for file in found.files]) == ((), (), [None])


def test_a_file_of_a_hundred_megabytes_of_brackets_is_refused():
    found = read("deep.jsonld", b'{"@id":"https://x.example/d","http://a/b":' + b'{"http://a/b":' * 7_000_000)
    assert [one.code for one in found.problems] == ["DAMAGED_RDF"]


TAKEN = [
    ("mark.ttl", b"\xef\xbb\xbf" + (HEAD + GOOD).encode(), []),
    ("wide.ttl", (HEAD + GOOD).encode("utf-16"), []),
    ("x.ttl", XML + SET.format("x"), ["WRONG_ENDING"]),
    ("x.rdf", HEAD + GOOD, ["WRONG_ENDING"]),
    ("x.nt", json.dumps(JSON), ["WRONG_ENDING"]),
    ("x.nt", HEAD + GOOD, ["DAMAGED_RDF"]),
    ("x.xml", '<?xml version="1.0"?>\n' + XML + SET.format("x"), []),
    ("x.json", json.dumps(JSON), []),
    ("x.trig", HEAD + "<https://x.example/g> { " + GOOD + "}", []),
    ("x.nq", '<https://x.example/d> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Dataset> <https://g.example/> .\n<https://x.example/d> <http://purl.org/dc/terms/title> "x" <https://g.example/> .', []),
    ("x.ttl", HEAD.replace("http://www.w3", "https://www.w3") + GOOD, []),
    ("x.ttl", (HEAD + GOOD.replace('"x"', '"x"@zh_Hans_CN')), ["DAMAGED_RDF"]),
    ("x.ttl", HEAD + GOOD.replace("x.example/d", "x.example/a b{c}"), ["ODD_IRI"]),
    ("x.jsonld", json.dumps(JSON | {"title": {"@value": "x", "@language": "zh_CN"}}), ["BAD_LANGUAGE"]),
    ("x.ttl", (HEAD + GOOD.replace('"x"', '"信息资源"')).encode("gb18030"), ["NOT_UTF8"]),
    ("flat.rdf", f'<!DOCTYPE r [<!ENTITY x "x">]>{XML}{SET.format("&x;")}', []),
    ("two.ttl", HEAD + GOOD.replace('"x"', "<https://x.example/title>"), ["LITERAL_WANTED", "NO_TITLE"]),
    ("bare.ttl", HEAD + "[] a dcat:Dataset .", ["NO_TITLE"]),
    ("none.ttl", HEAD + '<https://x.example/c> dct:title "no catalogue" .', ["NO_DATASETS"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "expected"), TAKEN)
def test_read_with_what_is_wrong_said(name, data, expected):
    found = read(name, data)
    assert [one.code for one in found.problems] == expected
    resources = [one for one in found.records if isinstance(one, Resource)]
    assert len(resources) == (0 if {"DAMAGED_RDF", "NO_DATASETS"} & {*expected} or name == "bare.ttl" else 1)


def test_odd_characters_are_encoded_where_they_are_kept():
    (one,) = [
        each
        for each in read("x.ttl", HEAD + GOOD.replace("x.example/d", "x.example/a b{c}")).records
        if isinstance(each, Resource)
    ]
    assert one.metadata[-1].value == "<https://x.example/a%20b%7Bc%7D>"


@pytest.mark.parametrize("data", ['{"name": "package"}', "[1, 2]", "<a/>", "<html><body>x</body></html>"])
@pytest.mark.parametrize("ending", ["json", "xml"])
def test_other_json_and_xml_is_not_taken_for_rdf(data, ending):
    found = read(f"x.{ending}", data)
    assert (found.records, found.problems, found.files[0].format) == ((), (), None)


def test_a_broken_file_leaves_what_it_gave_before():
    """Its source is not among those replaced: the store keeps what an earlier, whole file said."""
    assert read("a.ttl", HEAD + GOOD).sources != ()
    assert read("a.ttl", HEAD + GOOD[:-9]).sources == ()


def test_nobody_is_asked_for_a_context(monkeypatch: pytest.MonkeyPatch):
    import socket

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    for name, data, _, _ in REFUSED[8:11]:
        assert read(name, data).records == ()
