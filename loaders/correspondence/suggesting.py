"""Suggestions: what might correspond to what, with how and how alike, for a person to accept row by row.

What is linked already is not suggested again. Nothing here links anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from catalog.agency import Agency
from catalog.resource import Resource
from catalog.table import by_name
from catalog.text import bigrams
from catalog.vocabulary import AgencyKind, CorrespondenceKind, CorrespondenceMethod, Kind
from loaders.correspondence.automatic import OFFICES
from loaders.correspondence.names import Likeness, agencies, bare, resources
from loaders.correspondence.rows import ACCEPTED
from loaders.correspondence.world import same_place

T = TypeVar("T", Agency, Resource)
LEAST_SCORE = 50
"""Less alike than this, of a hundred, is not worth a person's time."""
MOST = 3
"""How many are suggested for one registered thing."""
NAMES = (
    "correspondence_kind subject_name subject_code provider resource_name object_name jurisdiction regulation_title "
    "method score authority date note"
).split()
HEADINGS = (ACCEPTED, *(by_name(Kind.CORRESPONDENCE)[name].headings[0] for name in NAMES))
"""The headings of a file of suggestions: those of a mapping file."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One row that a person may accept."""

    kind: CorrespondenceKind
    subject_name: str
    object_name: str
    likeness: Likeness
    subject_code: str = ""
    provider: str = ""
    resource_name: str = ""
    jurisdiction: str = ""
    regulation_title: str = ""
    remark: str = ""

    def cells(self, authority: str = "", date: str = "") -> list[str]:
        """The row under :data:`HEADINGS`, not accepted yet."""
        why = "；".join(part for part in (self.likeness.why, self.remark) if part)
        method, score = self.likeness.method.zh, str(self.likeness.score)
        return [
            *("", self.kind.zh, self.subject_name, self.subject_code, self.provider, self.resource_name),
            *(self.object_name, self.jurisdiction, self.regulation_title, method, score, authority, date, why),
        ]


def for_agencies(found: Iterable[Agency]) -> Iterator[Suggestion]:
    """The offices of its place that each body might fill, the most alike first."""
    listed = sorted(found, key=lambda one: (one.name, one.id))
    offices = [one for one in listed if one.agency_kind in OFFICES]
    for body in listed:
        if body.agency_kind is not AgencyKind.BODY or body.jurisdiction is None:
            continue
        alike = [
            (office, likeness)
            for office in offices
            if office.id not in body.fills
            and same_place(office.jurisdiction, body.jurisdiction)
            and (likeness := agencies(body.name, office.name, body.jurisdiction, office.aliases)) is not None
        ]
        for office, likeness in _best(alike):
            yield Suggestion(
                CorrespondenceKind.FILLS,
                body.name,
                office.name,
                likeness,
                subject_code=body.credit_code or "",
                jurisdiction=office.jurisdiction.name if office.jurisdiction else "",
            )


@dataclass(slots=True)
class Duties:
    """The statutory resources, found by pairs of characters: each registered one is compared with few of them."""

    listed: Sequence[Resource]
    agencies: Mapping[str, Agency]
    titles: Mapping[str, str]
    _pairs: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for index, duty in enumerate(self.listed):
            for name in (duty.name, *duty.aliases):
                for pair in dict.fromkeys(bigrams(bare(name, duty.jurisdiction))):
                    self._pairs.setdefault(pair, []).append(index)

    def suggestions(self, registered: Resource) -> Iterator[Suggestion]:
        """What the law assigns in its place that a registered resource might fulfil."""
        pairs = dict.fromkeys(bigrams(bare(registered.name, registered.jurisdiction)))
        near = sorted({index for pair in pairs for index in self._pairs.get(pair, ())})
        alike = [
            (duty, likeness)
            for duty in (self.listed[index] for index in near)
            if duty.id not in registered.fulfils
            and same_place(duty.jurisdiction, registered.jurisdiction)
            and (likeness := resources(registered.name, duty.name, registered.jurisdiction, duty.aliases)) is not None
        ]
        provider = next((self.agencies.get(held.agency) for held in registered.responsibilities), None)
        for duty, likeness in _best(alike):
            yield Suggestion(
                CorrespondenceKind.FULFILS,
                registered.name,
                duty.name,
                likeness,
                subject_code=registered.code or "",
                provider=provider.name if provider else "",
                jurisdiction=duty.jurisdiction.name if duty.jurisdiction else "",
                regulation_title=self.titles.get(duty.regulation or "", ""),
                remark=self._remark(provider, duty),
            )

    def _remark(self, provider: Agency | None, duty: Resource) -> str:
        named = [self.agencies[held.agency] for held in duty.responsibilities if held.agency in self.agencies]
        standing = {provider.id, *provider.fills} if provider else set()
        words = "、".join(dict.fromkeys(one.name for one in named))
        if any(one.id in standing for one in named):
            return f"提供方即法定责任部门（{words}）"
        return f"法定责任部门为{words}，未与提供方对应" if words else ""


def for_field(name: str, resource: str, code: str, provider: str, element: str) -> Suggestion:
    """That an item whose name contains that of a data element means it."""
    likeness = Likeness(
        CorrespondenceMethod.CONTAINED, 30 + 40 * len(element) // max(len(name), 1), f"“{name}”包含“{element}”"
    )
    return Suggestion(
        CorrespondenceKind.MEANS,
        name,
        element,
        likeness,
        subject_code=code,
        provider=provider,
        resource_name=resource,
    )


def _best(alike: list[tuple[T, Likeness]]) -> list[tuple[T, Likeness]]:
    kept = [one for one in alike if one[1].score >= LEAST_SCORE]
    return sorted(kept, key=lambda one: (-one[1].score, one[0].name, one[0].id))[:MOST]
