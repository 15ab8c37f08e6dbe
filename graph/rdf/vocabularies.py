"""The vocabularies that the export's concepts come from: each scheme with its words, and the node of each.

Closed ones list their words with labels; open ones (what laws and catalogues call things) take any word: a concept of
these is what its name says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from catalog import vocabulary as v
from catalog.linked import scheme, word
from catalog.properties import VALUES
from catalog.records import RECORDS
from catalog.table import rows
from graph.rdf import links
from graph.rdf.context import Publication
from graph.rdf.measures import DIMENSIONS, METRICS
from graph.rdf.named import CONCEPT, SCHEME, Named
from graph.rdf.named import PARTIES as PARTY
from graph.rdf.nodes import category, unstated_licence
from graph.rdf.offer import AGENCIES, PUBLIC
from graph.rdf.public_services import RULE_TYPES
from graph.rdf.terms import Subject


@dataclass(frozen=True, slots=True)
class Scheme:
    """A vocabulary: its title, and the labels (Chinese, English or none) of each word; None for an open one."""

    title: str
    words: Mapping[str, tuple[str, str | None]] | None = None


def _closed() -> Iterator[tuple[str, Scheme]]:
    """The vocabularies of the field table, called as the property that holds their words is."""
    for row in (*(row for kind in RECORDS for row in rows(kind)), *(row for value in VALUES.values() for row in value)):
        if isinstance(row.type, type) and issubclass(row.type, v.Term):
            yield scheme(row), Scheme(row.zh, {word(term): (term.zh, term.en) for term in row.type})


CLASS = "class"
SCHEMES: Mapping[str, Scheme] = {
    **dict(_closed()),
    "law-status": Scheme("效力状态", {term.value: (term.zh, term.en) for term in v.LegalStatus}),
    "law-type": Scheme(
        "条款层级", {"regulation": ("法规", None), **{k.value.lower(): (k.zh, k.en) for k in v.ProvisionKind}}
    ),
    "record-status": Scheme("记录状态", {"published": ("已发布", "published")}),
    "rule-type": Scheme("规则类型", RULE_TYPES),
    "metric": Scheme("质量指标", {each.name: (each.zh, each.en) for each in METRICS}),
    "quality-dimension": Scheme("质量维度", DIMENSIONS),
    "data-elements": Scheme("数据元", {}),
    "purpose": Scheme("使用目的", {"performing-duties": ("履行职责", "performing duties")}),
    "licence": Scheme("许可协议"),
    CLASS: Scheme("信息资源分类"),
    "format": Scheme("信息资源格式"),
    "action": Scheme("行为"),
    "operand": Scheme("左操作数"),
    "operator": Scheme("运算符"),
}
PARTIES: Mapping[str, str] = {PUBLIC.rpartition("/")[2]: "社会公众", AGENCIES.rpartition("/")[2]: "各级行政机关"}
"""The parties that policies name and that are no agency of the catalogue."""


def concept(publication: Publication, name: str, step: str | None = None) -> list[Subject] | None:
    """A scheme with its words, or one concept with its scheme; None where there is no such."""
    if step is None and f"id/concept/{name}" == links.LICENCE:
        return [unstated_licence(publication)]
    held = SCHEMES.get(name)
    if held is None:
        return None
    if step is None:
        return [_scheme(publication, name, held), *_concepts(publication, name, held, held.words or ())]
    if held.words is not None and step not in held.words:
        return None
    return [*_concepts(publication, name, held, (step,)), _scheme(publication, name, held)]


def party(publication: Publication, name: str) -> list[Subject] | None:
    """A party that policies name."""
    if name not in PARTIES:
        return None
    return [PARTY.node(Named(publication.iri(f"id/party/{name}"), PARTIES[name]))]


def _scheme(publication: Publication, name: str, held: Scheme) -> Subject:
    return SCHEME.node(Named(publication.iri(f"id/concept/{name}"), held.title))


def _concepts(publication: Publication, name: str, held: Scheme, steps: Iterable[str]) -> Iterator[Subject]:
    scheme = publication.iri(f"id/concept/{name}")
    for each in steps:
        if name == CLASS:
            yield from category(publication, each, scheme)
            continue
        zh, en = (held.words or {}).get(each, (each, None))
        yield CONCEPT.node(Named(publication.iri(f"id/concept/{name}", each), zh, en, scheme))
