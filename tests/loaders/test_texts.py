"""Texts by what people call them: what is no name means none of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from catalog.records import Provision, Regulation, Resource
from catalog.value import Citation, Span
from catalog.vocabulary import Origin, ProvisionKind, RegulationKind
from loaders.correspondence.citing import Citing
from loaders.texts import Texts

NAMED = Regulation(
    id="law/named",
    title="示例市数据办法",
    short_title="示例办法",
    regulation_kind=RegulationKind.RULE,
    number="示府〔2020〕1号",
)
NAMELESS = replace(NAMED, id="law/nameless", title="《》", number="　")
ARTICLE = Provision(
    id="law/named.a5",
    regulation=NAMED.id,
    provision_kind=ProvisionKind.ARTICLE,
    label="第五条",
    text="第五条",
    reading="第五条",
    span=Span(start=0, end=3, line=1),
    position=1,
)
TEXTS = Texts.of((NAMED, NAMELESS, ARTICLE))


@pytest.mark.parametrize("words", ["", " ", "《》", "第五条"])
def test_words_without_a_name_cite_no_text(words):
    assert TEXTS.cite(words).regulation is None
    assert TEXTS.numbered(words, words).regulation is None


@pytest.mark.parametrize("words", ["示例市数据办法", "《示例市数据办法》", "示府〔2020〕1号"])
def test_a_title_or_a_number_cites_its_text(words):
    assert TEXTS.numbered(words, words).regulation == NAMED.id


@pytest.mark.parametrize("words", ["", "示例市数据办法"])
def test_a_citation_of_a_document_that_has_its_provision_keeps_it(words):
    held = Citation(text=words, provision=ARTICLE.id)
    resource = Resource(id="resource/x", name="甲", origin=Origin.REGISTERED, basis=(held,))
    assert Citing(TEXTS).cited(resource) == resource
    gone = replace(resource, basis=(replace(held, provision="law/gone.a1"),))
    found = Citing(TEXTS).cited(gone)
    assert isinstance(found, Resource)
    assert found.basis == (Citation(text=words, regulation=NAMED.id if words else None),)
