"""What two texts, in force together in one place, say differently about one thing. Pure and deterministic.

Only questions that a rule answers outright are compared, one finding a question and pair of texts at most: how many and
which elements a catalogue has, who compiles it, which exceptions the ban on collecting again allows, whether passing on
needs consent, who reviews disputed data. Silence is no difference: both texts must regulate the thing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from catalog.condition import Condition
from catalog.identifiers import issue_id
from catalog.issue import Issue
from catalog.regulation import Regulation
from catalog.text import simplify
from catalog.verdict import regime_of
from catalog.vocabulary import Severity, Topic

CODE = "TEXTS_DISAGREE"
SUGGESTION = "Ask the issuer which of the two holds; until then cite both."
_FIRST, _LAST = dt.date.min, dt.date.max


@dataclass(frozen=True, slots=True)
class Answer:
    """What a text answers to a question: ``said`` for people, ``key`` to compare, and the rule that says it."""

    said: str
    key: tuple[str, ...]
    rule: Condition


@dataclass(frozen=True, slots=True)
class Question:
    """Something two texts may regulate differently: a name, the topic whose rules answer, and how to read one."""

    name: str
    topic: Topic
    read: Callable[[Condition], tuple[str, tuple[str, ...]] | None]


def _plain(text: str) -> str:
    return simplify("".join(text.split()))


def _elements(rule: Condition) -> tuple[str, tuple[str, ...]] | None:
    parts = tuple(one.right_operand for one in rule.constraints if one.left_operand == "catalogueElement")
    return (f"{len(parts)} elements of the catalogue ({'、'.join(parts)})", parts) if parts else None


_CATALOGUE = re.compile("(?:编制|制定)[^，。；]{0,20}(?:共享目录|共享总目录)")


def _compiler(rule: Condition) -> tuple[str, tuple[str, ...]] | None:
    if not rule.actor or rule.action not in ("编制", "制定", "组织编制") or not _CATALOGUE.search(_plain(rule.text)):
        return None
    return f"the catalogue is compiled by {'、'.join(rule.actor)}", rule.actor


_LAWS = re.compile("^但?(.*?)(?:另有[^，。；]*规定)?的?(?:除外|，.*)?$")


def _exceptions(rule: Condition) -> tuple[str, tuple[str, ...]] | None:
    key = tuple(sorted(match[1] for words in rule.exceptions if (match := _LAWS.match(words))))
    said = f"the ban on collecting again gives way to {'、'.join(key)}" if key else "no exception to the ban"
    return said, key


def _consent(rule: Condition) -> tuple[str, tuple[str, ...]] | None:
    consent = "未经" in (rule.trigger or "") and "同意" in (rule.trigger or "")
    said = f"passing on is barred {'without the consent of the provider' if consent else 'outright'}"
    if rule.exceptions:
        said += f" (except “{'；'.join(rule.exceptions)}”)"
    return said, (str(consent), *rule.exceptions)


_REVIEW = re.compile("向([^，。；]{2,30}?)提出复核")


def _reviewer(rule: Condition) -> tuple[str, tuple[str, ...]] | None:
    match = _REVIEW.search(_plain(rule.text))
    return (f"a review is asked of {match[1]}", (match[1],)) if match else None


QUESTIONS: tuple[Question, ...] = (
    Question("CATALOGUE_ELEMENTS", Topic.CATALOGUE_ELEMENTS, _elements),
    Question("CATALOGUE_COMPILER", Topic.CATALOGUE, _compiler),
    Question("COLLECTION_EXCEPTIONS", Topic.NO_REPEATED_COLLECTION, _exceptions),
    Question("ONWARD_CONSENT", Topic.ONWARD_DISCLOSURE, _consent),
    Question("REVIEWER", Topic.CORRECTION, _reviewer),
)
TOPICS = tuple(dict.fromkeys(question.topic for question in QUESTIONS))
"""The topics whose rules must be at hand to compare texts."""


def findings(
    regulations: Iterable[Regulation], conditions: Iterable[Condition], arrived: Container[str] | None = None
) -> list[Issue]:
    """An Issue for each question that two texts answer differently while both are in force in one place.

    ``arrived`` are the identifiers of texts that come anew: pairs without one of them are left alone. An Issue belongs
    to the source of the younger text, whichever came first, so that the order of loads changes nothing.
    """
    by_text: dict[str, list[Condition]] = {}
    for one in conditions:
        if one.regulation and one.topic in TOPICS:
            by_text.setdefault(one.regulation, []).append(one)
    texts = sorted({text.id: text for text in regulations if text.id in by_text}.values(), key=_age)
    ranked = {identifier: sorted(found, key=lambda one: one.position) for identifier, found in by_text.items()}
    found: list[Issue] = []
    for older, newer in combinations(texts, 2):
        if (arrived is None or older.id in arrived or newer.id in arrived) and _together(older, newer):
            found += _differences(older, newer, ranked[older.id], ranked[newer.id])
    return found


def obsolete(held: Iterable[Regulation], moved: Container[str], standing: Container[str]) -> Iterator[str]:
    """The identifiers of findings that may be held and hold no longer.

    They are those between two texts ``held`` of one place of which one has ``moved`` (it comes anew, or is gone),
    without the ``standing`` ones; not each was ever made.
    """
    by_place: dict[str, list[str]] = {}
    for text in held:
        place = text.jurisdiction
        by_place.setdefault((place.code or place.name) if place else "", []).append(text.id)
    for texts in by_place.values():
        for one, other in combinations(sorted(texts), 2):
            if one in moved or other in moved:
                for question in QUESTIONS:
                    both = (_identifier(one, other, question), _identifier(other, one, question))
                    yield from (found for found in both if found not in standing)


def _identifier(older: str, newer: str, question: Question) -> str:
    return issue_id(newer, CODE, f"{older}.{newer}.{question.name}")


def _age(text: Regulation) -> tuple[dt.date, str]:
    return text.effective or _FIRST, text.id


def _together(one: Regulation, other: Regulation) -> bool:
    """Whether both hold for one place, on one day at least, and are about the same: sharing, or disclosure."""
    here, there = one.jurisdiction, other.jurisdiction
    if here is None or there is None or (here.code or here.name) != (there.code or there.name):
        return False
    if one.draft or other.draft or one.effective is None or other.effective is None:
        return False
    if regime_of(simplify(one.title)) is None or regime_of(simplify(one.title)) != regime_of(simplify(other.title)):
        return False
    return max(one.effective, other.effective) < min(_end(one), _end(other))


def _end(text: Regulation) -> dt.date:
    return min(text.expires or _LAST, text.repealed or _LAST)


def _differences(
    older: Regulation, newer: Regulation, old: Sequence[Condition], new: Sequence[Condition]
) -> Iterator[Issue]:
    start = max(older.effective or _FIRST, newer.effective or _FIRST)
    end = min(_end(older), _end(newer))
    while_both = f"from {start}" + (f" until before {end}" if end != _LAST else "")
    for question in QUESTIONS:
        one, other = _answer(question, old), _answer(question, new)
        if one is None or other is None or set(one.key) == set(other.key):
            continue
        yield Issue(
            id=_identifier(older.id, newer.id, question),
            source=newer.source,
            place=other.rule.place,
            code=CODE,
            severity=Severity.INFO,
            message=(
                f"{_named(older, one)}: {one.said}; {_named(newer, other)}: {other.said}; both in force {while_both}"
            ),
            suggestion=SUGGESTION,
            regulation=newer.id,
        )


def _answer(question: Question, rules: Sequence[Condition]) -> Answer | None:
    for rule in rules:
        if rule.topic is question.topic and (read := question.read(rule)):
            return Answer(*read, rule)
    return None


def _named(text: Regulation, answer: Answer) -> str:
    cited = answer.rule.citation
    return f"{text.short_title}{_plain(cited.text)}" if cited else text.short_title
