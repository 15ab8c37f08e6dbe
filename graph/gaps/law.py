"""Reading the law for the rules: from texts, conditions and clocks to grounds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from catalog.clock import Clock
from catalog.condition import Condition
from catalog.gaps.law import Ground, Law, Text, plain
from catalog.regulation import Regulation
from catalog.value import Citation
from catalog.vocabulary import Topic
from graph.gaps.rule import Rule

_ENDS = re.compile("有效期|失效|废止")


def topics(rules: Iterable[Rule]) -> list[str]:
    """The topics of the conditions that must be at hand."""
    return sorted({Topic.VALIDITY.value, *(topic.value for rule in rules for topic in rule.topics)})


def read_law(
    rules: Sequence[Rule],
    regulations: Iterable[Regulation],
    conditions: Iterable[Condition],
    clocks: Iterable[Clock],
) -> Law:
    """The law as the rules read it, the same whatever the order of what is given."""
    said = [*_in_order(conditions), *_in_order(clocks)]
    validity: dict[str, Citation] = {}
    for one in said:
        if isinstance(one, Clock) or one.topic is not Topic.VALIDITY or not _ENDS.search(plain(one.text)):
            continue
        if one.regulation and one.citation:
            validity.setdefault(one.regulation, one.citation)
    texts = {
        regulation.id: Text.of(regulation, validity.get(regulation.id))
        for regulation in sorted(regulations, key=lambda found: found.id)
    }
    return Law(texts=texts, grounds=tuple(_grounds(rules, texts, said)))


def _in_order(given: Iterable[Condition] | Iterable[Clock]) -> list[Condition | Clock]:
    return sorted(given, key=lambda one: (one.regulation or "", one.position, one.id))


def _grounds(rules: Sequence[Rule], texts: dict[str, Text], said: Sequence[Condition | Clock]) -> Iterator[Ground]:
    for one in said:
        text = texts.get(one.regulation or "")
        if text is None or one.regulation is None or one.citation is None or not text.shares or not text.holds:
            continue
        for rule in rules:
            if (one.topic in rule.topics) if isinstance(one, Condition) else rule.clocks:
                for variant, detail in rule.demands(one):
                    yield Ground(
                        kind=rule.kind,
                        variant=variant,
                        regulation=one.regulation,
                        citation=one.citation,
                        quote=plain(one.text),
                        detail=detail,
                    )


def packed(law: Law) -> str:
    """The law as a store keeps it."""
    return msgspec.json.encode(law).decode()


def unpacked(text: str) -> Law:
    """The law as a store kept it."""
    return msgspec.json.decode(text, type=Law)
