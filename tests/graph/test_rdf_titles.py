"""Titles: simplified first, then traditional, then English where the record has it; nothing is translated."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import DCTERMS, Literal, URIRef

from catalog.statements import Kept, keep
from catalog.text import all_traditional, traditional
from catalog.value import MetadataValue
from graph.rdf.syntax import WRITERS
from tests.graph.rdf_samples import BARE, export, parsed

DATASET = URIRef("https://data.example.cn/id/resource/r-2bare")


def said(language: str, words: str, predicate: str = "title", subject: str | None = None) -> MetadataValue:
    kept = Kept(predicate=str(DCTERMS[predicate]), value=words, literal=True, language=language, subject=subject)
    return keep(kept)


CASES = [
    ("公交线路", (), [("公交线路", "zh-Hans"), ("公交線路", "zh-Hant")]),
    ("常住人口", (), [("常住人口", "zh-Hans"), ("常住人口", "zh-Hant")]),
    ("信息里程", (), [("信息里程", "zh-Hans"), ("信息里程", "zh-Hant")]),
    ("戶籍", (), [("戶籍", "zh-Hans"), ("戶籍", "zh-Hant")]),
    ("Bus", (), [("Bus", "zh-Hans")]),
    ("线", (said("en", "Line"),), [("线", "zh-Hans"), ("線", "zh-Hant"), ("Line", "en")]),
    ("线", (said("EN", "Line"), said("en", "Lines")), [("线", "zh-Hans"), ("線", "zh-Hant"), ("Line", "en")]),
    ("线", (said("zh-hant", "綫"),), [("线", "zh-Hans"), ("綫", "zh-Hant")]),
    ("线", (said("fr", "Ligne"), said("en", "Bus", subject="_:n1")), [("线", "zh-Hans"), ("線", "zh-Hant")]),
    ("线", (MetadataValue(element="备注", value="Line", known=False),), [("线", "zh-Hans"), ("線", "zh-Hant")]),
]


@pytest.mark.parametrize("extension", WRITERS)
@pytest.mark.parametrize(("name", "metadata", "titles"), CASES)
def test_titles_stand_in_this_order(extension, name, metadata, titles):
    graph = parsed(export(extension, [replace(BARE, name=name, metadata=metadata)]), extension)
    found = list(graph.objects(DATASET, DCTERMS.title))
    wanted = [Literal(words, lang=language) for words, language in titles]
    assert found == wanted
    assert graph.value(DATASET, DCTERMS.title) == wanted[0]


def test_descriptions_are_said_as_given_and_never_converted():
    told = [said("en", "Roads", "description"), said("zh-hant", "道路", "description")]
    for metadata, wanted in (
        ((), [("线路。", "zh-Hans")]),
        (tuple(told), [("线路。", "zh-Hans"), ("道路", "zh-Hant"), ("Roads", "en")]),
    ):
        graph = parsed(export("nt", [replace(BARE, summary="线路。", metadata=metadata)]), "nt")
        assert list(graph.objects(DATASET, DCTERMS.description)) == [Literal(w, lang=lang) for w, lang in wanted]


@pytest.mark.parametrize("text", ["\ud800线", "", "a\ud800"])
def test_halves_of_characters_stay(text):
    assert traditional(text) == text.replace("线", "線")


@given(st.lists(st.text(alphabet="里程后面信息线 a\n\r\u2028\ud800", max_size=6), max_size=5))
def test_many_at_once_are_converted_as_each_by_itself(texts):
    assert all_traditional(texts) == [traditional(text) for text in texts]
