"""From what a store finds to gaps: a claim says on which days a fact is a gap, by which provision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from catalog.gap import Gap
from catalog.gaps.law import Grounds, Span
from catalog.identifiers import gap_id
from catalog.value import Citation
from catalog.vocabulary import GapKind, Severity

SHOWN = 20
"""How many records of one sort a gap shows as evidence, the first by their order: the figure is in the message."""


class Finding(NamedTuple):
    """A fact of the catalogue: its subject, who must act, where (a place's code or name), and what the rule needs."""

    subject: str
    owner: str | None
    place: str
    detail: Sequence[Any]


class Claim(NamedTuple):
    """A gap on the days ``[begins, ends)`` (ISO, empty where open).

    ``key`` tells the claims of one subject apart, whatever the dates.
    """

    begins: str
    ends: str
    citation: Citation
    because: tuple[str, ...]
    message: str
    evidence: tuple[str, ...]
    severity: Severity
    owner: str | None
    key: str = ""


def gap(kind: GapKind, subject: str, claim: Claim) -> Gap:
    """The record of a claim; its identifier stays while its subject, key and provision do."""
    return Gap(
        id=gap_id(kind, subject, claim.key, claim.citation.provision or claim.citation.text),
        gap_kind=kind,
        severity=claim.severity,
        subject=subject,
        message=claim.message,
        owner=claim.owner,
        because=claim.because,
        citation=claim.citation,
        evidence=claim.evidence,
        begins=day(claim.begins),
        ends=day(claim.ends),
    )


def spans(
    grounds: Grounds, kind: GapKind, variant: str, place: str, begins: str = "", ends: str = ""
) -> tuple[tuple[Span, str], ...]:
    """The stretches of ``[begins, ends)`` in which a ground holds, each with what tells it from an earlier one.

    Where one provision holds twice, with another between, the second stretch is a gap of its own.
    """
    question = kind, variant, place, begins, ends
    found = grounds.within.get(question)
    if found is None:
        found = grounds.within[question] = tuple(_within(grounds.spans(kind, variant, place), variant, begins, ends))
    return found


def _within(spans: Iterable[Span], variant: str, begins: str, ends: str) -> Iterator[tuple[Span, str]]:
    seen: dict[str | None, int] = {}
    for span in spans:
        number = seen[span.ground.citation.provision] = seen.get(span.ground.citation.provision, 0) + 1
        first, last = max(begins, span.begins), earlier(ends, span.ends)
        if not last or first < last:
            yield Span(first, last, span.ground), f"{variant}#{number}" if number > 1 else variant


def claimed(
    found: Finding,
    grounds: Grounds,
    kind: GapKind,
    message: str,
    *,
    variant: str = "",
    begins: str = "",
    beside: tuple[str, ...] = (),
) -> Iterator[Claim]:
    """A finding as a gap of its own, a warning, on the days from ``begins`` on which a ground of the kind holds."""
    for span, key in spans(grounds, kind, variant, found.place, begins):
        yield claim(found, grounds, span, key, message, beside=beside)


def claim(
    found: Finding,
    grounds: Grounds,
    span: Span,
    key: str,
    message: str,
    *,
    beside: tuple[str, ...] = (),
    severity: Severity = Severity.WARNING,
) -> Claim:
    """A finding as a gap for as long as a ground holds; its evidence are the subject and what is given ``beside``."""
    return Claim(
        key=key,
        begins=span.begins,
        ends=span.ends,
        citation=span.ground.citation,
        because=(demanded(grounds, span),),
        message=message,
        evidence=(found.subject, *beside),
        severity=severity,
        owner=found.owner,
    )


def demanded(grounds: Grounds, span: Span) -> str:
    """广州细则第三十条规定：「…」, the sentence that a ground gives."""
    ground = span.ground
    question = ground.regulation, ground.citation.provision, ground.citation.text, ground.quote
    found = grounds.sentences.get(question)
    if found is None:
        found = grounds.sentences[question] = f"{grounds.cited(ground)}规定：「{ground.quote}」"
    return found


def earlier(one: str, other: str) -> str:
    """The earlier of two ends, empty being none."""
    return min(one, other) if one and other else one or other


@lru_cache(maxsize=65_536)
def day(iso: str) -> dt.date | None:
    """An ISO date, None for the empty one."""
    return dt.date.fromisoformat(iso) if iso else None


@lru_cache(maxsize=65_536)
def after(iso: str) -> str:
    """The next day."""
    return (dt.date.fromisoformat(iso) + dt.timedelta(days=1)).isoformat()


def unpacked(text: str | None) -> list[dict[str, Any]]:
    """Embedded values as both stores keep them: JSON, or nothing where there are none."""
    found: list[dict[str, Any]] = msgspec.json.decode(text) if text else []
    return found


def citation(value: dict[str, Any] | None) -> Citation | None:
    """A citation from its row."""
    return Citation(**value) if value else None
