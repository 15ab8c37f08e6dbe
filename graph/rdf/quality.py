"""The metadata quality of one dataset, as data.europa.eu scores it (MQA): 405 points in five dimensions.

Computed from the statements that the harvest view gives out, never from the record: what a harvester cannot see earns
nothing. Points for a distribution are given by the share of the dataset's distributions that earn them, rounded down.
Source: piveau's DQV vocabulary and default scores (data.europa.eu, Metadata Quality Assessment Methodology).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from graph.rdf.file_types import CODES as FILE_TYPES
from graph.rdf.file_types import MACHINE_READABLE, NON_PROPRIETARY
from graph.rdf.terms import EU, Iri, Subject, Term, expand

Said: TypeAlias = Mapping[str, tuple[Term, ...]]
"""What is said of a node: the objects under each prefixed predicate."""
LICENCES = (
    f"{EU}licence/",
    "https://creativecommons.org/",
    "http://creativecommons.org/",
    "https://spdx.org/licenses/",
)
"""Where the licences that the score knows have their IRIs."""
IANA = "http://www.iana.org/assignments/media-types/"
UNKNOWN = f"{IANA}application/octet-stream"
"""The media type that says that none is known."""


class Dimension(StrEnum):
    """The five dimensions."""

    FINDABILITY = "findability"
    ACCESSIBILITY = "accessibility"
    INTEROPERABILITY = "interoperability"
    REUSABILITY = "reusability"
    CONTEXTUALITY = "contextuality"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the statements alone do not tell.

    ``answers`` says which addresses are known to answer; ``conforms``, whether the dataset's page passes DCAT-AP's
    shapes.
    """

    answers: Callable[[str], bool]
    conforms: bool


@dataclass(frozen=True, slots=True)
class Metric:
    """One thing that is scored: the name in piveau's vocabulary, its points, on what, and how to earn them."""

    name: str
    dimension: Dimension
    points: int
    of_distribution: bool
    met: Callable[[Said, Facts], bool]
    advice: str


@dataclass(frozen=True, slots=True)
class Loss:
    """Points a dataset did not get, and what would bring them."""

    metric: Metric
    points: int


@dataclass(frozen=True, slots=True)
class Score:
    """The score of one dataset: of each dimension, and what is lost."""

    dataset: str
    dimensions: Mapping[Dimension, int]
    losses: tuple[Loss, ...]

    @property
    def total(self) -> int:
        """All points, 0 to 405."""
        return sum(self.dimensions.values())


def _has(predicate: str) -> Callable[[Said, Facts], bool]:
    return lambda said, _: predicate in said


def _iris(said: Said, predicate: str) -> list[str]:
    return [term.value for term in said.get(predicate, ()) if isinstance(term, Iri)]


def _any(predicate: str, holds: Callable[[str], bool]) -> Callable[[Said, Facts], bool]:
    return lambda said, _: any(map(holds, _iris(said, predicate)))


def _answers(predicate: str) -> Callable[[Said, Facts], bool]:
    return lambda said, facts: any(map(facts.answers, _iris(said, predicate)))


def _file_type(among: frozenset[str]) -> Callable[[str], bool]:
    start = f"{EU}file-type/"
    return lambda iri: iri.startswith(start) and iri.removeprefix(start) in among


def _aligned(said: Said, _: Facts) -> bool:
    formats, media = _iris(said, "dct:format"), _iris(said, "dcat:mediaType")
    known = [_file_type(FILE_TYPES)(iri) for iri in formats]
    return bool(known) and all(known) and bool(media) and all(m.startswith(IANA) and m != UNKNOWN for m in media)


_F, _A, _I, _R, _C = Dimension
METRICS: tuple[Metric, ...] = (
    Metric("keywordAvailability", _F, 30, False, _has("dcat:keyword"), "give it a name or class of words"),
    Metric("categoryAvailability", _F, 30, False, _has("dcat:theme"), "give it a class (信息资源分类)"),
    Metric("spatialAvailability", _F, 20, False, _has("dct:spatial"), "name the place it is about (行政区划)"),
    Metric("temporalAvailability", _F, 20, False, _has("dct:temporal"), "say which period it covers (时间范围)"),
    Metric("accessUrlStatusCode", _A, 50, True, _answers("dcat:accessURL"), "give an address that answers 200"),
    Metric("downloadUrlAvailability", _A, 20, True, _has("dcat:downloadURL"), "give the address of the file"),
    Metric("downloadUrlStatusCode", _A, 30, True, _answers("dcat:downloadURL"), "let the file's address answer 200"),
    Metric("formatAvailability", _I, 20, True, _has("dct:format"), "declare a format (信息资源格式)"),
    Metric("mediaTypeAvailability", _I, 10, True, _has("dcat:mediaType"), "declare a media type"),
    Metric("formatMediaTypeVocabularyAlignment", _I, 10, True, _aligned, "declare a format that the EU's table has"),
    Metric(
        "formatMediaTypeNonProprietary", _I, 20, True, _any("dct:format", _file_type(NON_PROPRIETARY)),
        "offer a format that nobody owns, such as CSV or JSON",
    ),
    Metric(
        "formatMediaTypeMachineInterpretable", _I, 20, True, _any("dct:format", _file_type(MACHINE_READABLE)),
        "offer a format that a machine reads",
    ),
    Metric("dcatApCompliance", _I, 30, False, lambda _, facts: facts.conforms, "mend what mulu check --shapes names"),
    Metric("licenceAvailability", _R, 20, True, _has("dct:license"), "declare a licence (许可)"),
    Metric(
        "knownLicence", _R, 10, True, _any("dct:license", lambda iri: iri.startswith(LICENCES)),
        "declare a licence by its IRI in the EU's table, at Creative Commons or at SPDX",
    ),
    Metric("accessRightsAvailability", _R, 10, False, _has("dct:accessRights"), "declare its openness (开放属性)"),
    Metric(
        "accessRightsVocabularyAlignment", _R, 5, False,
        _any("dct:accessRights", lambda iri: iri.startswith(f"{EU}access-right/")),
        "declare its openness by a known word",
    ),
    Metric("contactPointAvailability", _R, 20, False, _has("dcat:contactPoint"), "say whom to ask (联系方式)"),
    Metric("publisherAvailability", _R, 10, False, _has("dct:publisher"), "name the agency that provides it (提供方)"),
    Metric("rightsAvailability", _C, 5, True, _has("dct:rights"), "declare how it is shared (共享类型)"),
    Metric("byteSizeAvailability", _C, 5, True, _has("dcat:byteSize"), "give the file's size in bytes"),
    Metric("dateIssuedAvailability", _C, 5, False, _has("dct:issued"), "give the date it was published (发布日期)"),
    Metric("dateModifiedAvailability", _C, 5, False, _has("dct:modified"), "give the date it last changed (更新日期)"),
)  # fmt: skip
"""Every metric, in the order of the dimensions."""
MOST = sum(metric.points for metric in METRICS)
"""405."""


def rating(points: float) -> str:
    """The word for a score, on piveau's scale."""
    if points > 350:
        return "excellent"
    return "good" if points > 220 else "sufficient" if points >= 120 else "bad"


def score(nodes: Iterable[Subject], facts: Facts) -> Score:
    """The score of the one dataset among some nodes, with its distributions.

    ValueError where there is no dataset among them.
    """
    said = {subject.iri: _said(subject) for subject in nodes}
    dataset = next(_typed(said, "dcat:Dataset"), None)
    if dataset is None:
        raise ValueError("no dataset among these nodes")
    of = [said[iri] for iri in _iris(said[dataset], "dcat:distribution") if iri in said]
    points = dict.fromkeys(Dimension, 0)
    losses = []
    for metric in METRICS:
        judged = of if metric.of_distribution else [said[dataset]]
        met = sum(metric.met(each, facts) for each in judged)
        earned = metric.points * met // len(judged) if judged else 0
        points[metric.dimension] += earned
        if earned < metric.points:
            losses.append(Loss(metric, metric.points - earned))
    return Score(dataset, points, tuple(losses))


def _said(subject: Subject) -> Said:
    found: dict[str, tuple[Term, ...]] = {}
    for predicate, term in subject.statements:
        found[predicate] = (*found.get(predicate, ()), term)
    return found


def _typed(said: Mapping[str, Said], name: str) -> Iterator[str]:
    wanted = expand(name)
    return (iri for iri, each in said.items() if wanted in _iris(each, "rdf:type"))
