"""The law as gap rules see it: which provision demands what, where, and from which day to which.

A text demands something in a place while it is in force there. A city keeps the rules of its province and of the state
beside its own; where several demand the same, one that exempts no agency (除公安机关外) is cited before one that does,
then the most particular one, then the newest, then the smaller identifier, so that on every day there is one provision
that makes something a gap, or none.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from catalog.regulation import Regulation
from catalog.text import simplify
from catalog.value import Citation
from catalog.verdict import regime_of
from catalog.vocabulary import GapKind, Regime, RegulationKind

_NATIONAL = (RegulationKind.STATUTE, RegulationKind.ADMINISTRATIVE_REGULATION)
_STATE = re.compile("^(?:中华人民共和国|国务院)|^国(?:办)?发")
_CODE = re.compile(r"\d{6}")
_EXEMPTS = re.compile("除[^，。；]{1,20}(?:机关|部门|单位|机构|[局委办])[^，。；]{0,4}(?:以外|之外|外)")
"""Who need not: 除公安机关外，各部门……"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text: its short name, the first day in force and the first day no longer, as ISO dates, empty where unknown.

    ``place`` is the code or the name of the place where it holds, empty for the whole state, None where it is unknown.
    ``shares`` says that it may govern sharing between agencies. ``validity`` is the provision that ends it.
    """

    name: str
    begins: str
    ends: str
    draft: bool
    place: str | None
    shares: bool
    validity: Citation | None = None

    @classmethod
    def of(cls, regulation: Regulation, validity: Citation | None = None) -> Text:
        """The text of a record."""
        ends = [day for day in (regulation.expires, regulation.repealed) if day is not None]
        return cls(
            name=regulation.short_title,
            begins=_iso(regulation.effective),
            ends=_iso(min(ends, default=None)),
            draft=regulation.draft,
            place=_place(regulation),
            shares=regime_of(simplify(regulation.title)) is not Regime.DISCLOSURE,
            validity=validity,
        )

    @property
    def holds(self) -> bool:
        """Whether there is, or was, a day on which it is in force."""
        return not self.draft and bool(self.begins)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A provision that makes something a gap: what it demands (``variant``, ``detail``), and its words."""

    kind: GapKind
    variant: str
    regulation: str
    citation: Citation
    quote: str
    detail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Days ``[begins, ends)``, empty ends being open, on which a ground is the one to cite."""

    begins: str
    ends: str
    ground: Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """Every text by its identifier, and every ground that they give."""

    texts: dict[str, Text] = field(default_factory=dict)
    grounds: tuple[Ground, ...] = ()

    def reader(self) -> Grounds:
        """What answers which ground to cite, remembering what it worked out."""
        return Grounds(self)


class Grounds:
    """Which ground to cite, by kind, variant and place."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self._of: dict[tuple[GapKind, str], list[Ground]] = {}
        for ground in law.grounds:
            self._of.setdefault((ground.kind, ground.variant), []).append(ground)
        self._spans: dict[tuple[GapKind, str, str], tuple[Span, ...]] = {}
        self.within: dict[tuple[GapKind, str, str, str, str], tuple[tuple[Span, str], ...]] = {}
        self.sentences: dict[tuple[str, str | None, str, str], str] = {}

    def variants(self, kind: GapKind) -> tuple[str, ...]:
        """The variants of a kind that some text demands."""
        return tuple(sorted(variant for of, variant in self._of if of is kind))

    def details(self, kind: GapKind) -> tuple[str, ...]:
        """Everything that some ground of a kind names."""
        return tuple(
            sorted({one for (of, _), some in self._of.items() if of is kind for g in some for one in g.detail})
        )

    def places(self, kind: GapKind, among: Iterable[str]) -> list[str]:
        """Those of the places where some text demands it at some time."""
        return [place for place in among if any(self.spans(kind, variant, place) for variant in self.variants(kind))]

    def spans(self, kind: GapKind, variant: str, place: str) -> tuple[Span, ...]:
        """The days on which a place is bound, each stretch with the ground to cite; in order, none overlapping."""
        key = kind, variant, place
        found = self._spans.get(key)
        if found is None:
            found = self._spans[key] = self._cut(self._of.get((kind, variant), ()), place)
        return found

    def cited(self, ground: Ground) -> str:
        """广州细则第三十条."""
        return cited(self.law.texts[ground.regulation], ground.citation)

    def _cut(self, grounds: Iterable[Ground], place: str) -> tuple[Span, ...]:
        ranked: list[tuple[bool, int, str, str, Ground, Text]] = []
        for ground in grounds:
            text = self.law.texts[ground.regulation]
            near = nearness(text.place, place)
            if near is not None and text.holds:
                binds_all = not _EXEMPTS.search(plain(ground.quote))
                ranked.append((binds_all, near, text.begins, ground.citation.provision or "", ground, text))
        ranked.sort(key=lambda one: one[3])
        ranked.sort(key=lambda one: one[:3], reverse=True)
        days = sorted({one[5].begins for one in ranked} | {one[5].ends for one in ranked if one[5].ends})
        found: list[Span] = []
        if not days:
            return ()
        for begins, ends in zip(days, [*days[1:], ""], strict=True):
            best = next((g for *_, g, t in ranked if t.begins <= begins and (not t.ends or t.ends > begins)), None)
            if best is None:
                continue
            if found and found[-1].ground == best and found[-1].ends == begins:
                found[-1] = Span(found[-1].begins, ends, best)
            else:
                found.append(Span(begins, ends, best))
        return tuple(found)


def nearness(rule: str | None, place: str) -> int | None:
    """How particular a text of one place is for another: 3 its own, 2 its city's, 1 its province's, 0 the state's."""
    if rule is None:
        return None
    if not rule:
        return 0
    if rule == place:
        return 3
    if _CODE.fullmatch(rule) and _CODE.fullmatch(place):
        if rule.endswith("0000"):
            return 1 if rule[:2] == place[:2] else None
        if rule.endswith("00"):
            return 2 if rule[:4] == place[:4] else None
    return None


def cited(text: Text, citation: Citation) -> str:
    """广州细则第三十条: the text's short name and the article."""
    return f"{text.name}{place_in(citation.text, citation.provision)}"


def place_in(cited: str, provision: str | None) -> str:
    """第六条第二项: the words of a citation, completed by the provision's identifier where they lack the article."""
    words = plain(cited)
    if "条" not in words and provision and (path := provision.rpartition(".")[2]):
        words = "".join(_level(letter, number) for letter, number in _LEVEL.findall(path)) or words
    return words


_LEVEL = re.compile(r"([apiu])(\d+)")
_LEVELS = {"a": "条", "p": "款", "i": "项", "u": "目"}


def _level(letter: str, number: str) -> str:
    """第六条第二项: the path of a provision's identifier, where the citation names only its last part."""
    return f"第{_numeral(int(number))}{_LEVELS[letter]}"


def _numeral(number: int) -> str:
    """A number below a thousand as articles are numbered."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    digits = "零一二三四五六七八九"
    words = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        words += "十" if tens == 1 and not hundreds else f"{digits[tens]}十"
    elif hundreds and ones:
        words += "零"
    return words + (digits[ones] if ones else "")


@lru_cache(maxsize=4096)
def plain(words: str) -> str:
    """Words of a source as a sentence quotes them: simplified, joined."""
    return simplify("".join(words.split()))


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _place(regulation: Regulation) -> str | None:
    where = regulation.jurisdiction
    if where is not None:
        return where.code or where.name
    national = (
        regulation.regulation_kind in _NATIONAL
        or _STATE.search(regulation.title)
        or _STATE.search(regulation.number or "")
    )
    return "" if national else None
