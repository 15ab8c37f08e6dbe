"""The vocabularies that the export's concepts come from: each scheme with its words, and the node of each.

Closed ones list their words with labels; open ones (what laws and catalogues call things) take any word: a concept of
these is what its name says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from catalog import vocabulary as v
from graph.rdf import concepts, links
from graph.rdf.columns import AGENCIES, PUBLIC
from graph.rdf.context import Publication
from graph.rdf.nodes import unstated_licence
from graph.rdf.terms import Iri, Literal, Statement, Subject, expand


@dataclass(frozen=True, slots=True)
class Scheme:
    """A vocabulary: its title, and the labels (Chinese, English or none) of each word; None for an open one."""

    title: str
    words: Mapping[str, tuple[str, str | None]] | None = None


def _of(title: str, terms: type[v.Term]) -> Scheme:
    return Scheme(title, {term.value: (term.zh, term.en) for term in terms})


SCHEMES: Mapping[str, Scheme] = {
    "share-type": Scheme("共享类型", {concepts.SHARE_TYPE[term]: (term.zh, term.en) for term in v.ShareType}),
    "law-type": Scheme(
        "条款层级", {"regulation": ("法规", None), **{k.value.lower(): (k.zh, k.en) for k in v.ProvisionKind}}
    ),
    "record-status": Scheme("记录状态", {"published": ("已发布", "published")}),
    "share-mode": _of("共享方式", v.ShareMode),
    "openness": _of("开放属性", v.Openness),
    "regulation-kind": _of("法规类型", v.RegulationKind),
    "law-status": _of("效力状态", v.LegalStatus),
    "role": _of("职责", v.Role),
    "allocation": _of("分配方式", v.Allocation),
    "confidence": _of("可信度", v.Confidence),
    "topic": _of("主题", v.Topic),
    "clock-kind": _of("期限类型", v.ClockKind),
    "clock-unit": _of("期限单位", v.ClockUnit),
    "data-elements": Scheme("数据元", {}),
    "licence": Scheme("许可协议"),
    "class": Scheme("信息资源分类"),
    "format": Scheme("信息资源格式"),
    "action": Scheme("行为"),
    "operand": Scheme("左操作数"),
    "operator": Scheme("运算符"),
}
PARTIES: Mapping[str, str] = {PUBLIC.rpartition("/")[2]: "社会公众", AGENCIES.rpartition("/")[2]: "各级行政机关"}
"""The parties that policies name and that are no agency of the catalogue."""


def concept(publication: Publication, scheme: str, word: str | None = None) -> list[Subject] | None:
    """A scheme with its words, or one concept with its scheme; None where there is no such."""
    if word is None and f"id/concept/{scheme}" == links.LICENCE:
        return [unstated_licence(publication)]
    held = SCHEMES.get(scheme)
    if held is None:
        return None
    if word is None:
        return [_scheme(publication, scheme, held), *_concepts(publication, scheme, held, held.words or ())]
    if held.words is not None and word not in held.words:
        return None
    return [*_concepts(publication, scheme, held, (word,)), _scheme(publication, scheme, held)]


def party(publication: Publication, name: str) -> list[Subject] | None:
    """A party that policies name."""
    if name not in PARTIES:
        return None
    said: tuple[Statement, ...] = (
        ("rdf:type", Iri(expand("odrl:PartyCollection"))),
        ("skos:prefLabel", Literal(PARTIES[name], language="zh-Hans")),
    )
    return [Subject(publication.iri(f"id/party/{name}"), said)]


def _scheme(publication: Publication, name: str, held: Scheme) -> Subject:
    return Subject(
        publication.iri(f"id/concept/{name}"),
        (("rdf:type", Iri(expand("skos:ConceptScheme"))), ("dct:title", Literal(held.title, language="zh-Hans"))),
    )


def _concepts(
    publication: Publication, scheme: str, held: Scheme, words: Mapping[str, object] | tuple[str, ...]
) -> Iterator[Subject]:
    for word in words:
        zh, en = (held.words or {}).get(word, (word, None))
        labels = [Literal(zh, language="zh-Hans"), *([Literal(en, language="en")] if en else [])]
        yield Subject(
            publication.iri(f"id/concept/{scheme}", word),
            (
                ("rdf:type", Iri(expand("skos:Concept"))),
                *(("skos:prefLabel", label) for label in labels),
                ("skos:inScheme", Iri(publication.iri(f"id/concept/{scheme}"))),
            ),
        )
