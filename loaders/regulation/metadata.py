"""What a text is: title, number, rank, issuers, place, dates; from its title block, first and last articles."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from catalog.identifiers import regulation_id
from catalog.value import Jurisdiction
from catalog.vocabulary import ProvisionKind, RegulationKind
from loaders.dates import DATE, find_dates, read_date
from loaders.jurisdictions import place_at_start, short_place
from loaders.places import place_by_form
from loaders.regulation import front
from loaders.regulation.codes import Code
from loaders.regulation.commencement import Commencement, read_commencement
from loaders.regulation.problem import Problem
from loaders.regulation.reading import fold_text
from loaders.regulation.tree import Act, Document, Node

_BY_OFFICE = re.compile(r"^(?P<issuer>[^。，《》]{4,40}?)(?:关于|就《)")
_DECREE = re.compile(r"^(?P<issuer>[^。，《》]{4,40}?)令")
_PUBLISHED = re.compile(
    r"(?P<issuer>[^，。；、《》\s]{2,20}(?:厅|局|委员会|人民政府|办公室|办公厅|部))(?:现)?(?:将|就)《"
)
_ADOPTED = re.compile(rf"(?P<date>{DATE})[^。；]{{0,60}}?(?:会议|大会)[^。；]{{0,30}}?(?:通过|审议)")
_ISSUED = re.compile(rf"(?P<date>{DATE})(?:[^。；\d]|第\d{{1,5}}号){{0,40}}?(?:公布|发布|颁布|印发)")
_BY_DECREE = re.compile(
    rf"{DATE}(?P<number>(?P<issuer>[^\d。，；、《》（）]{{2,30}})令(?:〔\d{{4}}〕)?第?[0-9一二三四五六七八九十百〇零]{{1,6}}号)"
)
"""What a note under the title tells of the decree that carries the text: 2020年3月2日示例市人民政府令第8号公布."""

_DEADLINE = re.compile(rf"(?P<date>{DATE})(?:（[^（）]*）)?(?:\d+时)?(?:以?前|之前|止|截止)")
_DRAFT = re.compile(r"草案|征求意见|送审|讨论稿|审议稿")
_TRIAL = re.compile(r"试行|暂行")
_KIND_WORD = re.compile(
    r"(实施细则|细则|条例|规定|办法|规则|决定|规程|准则|制度|规范|标准|章程|通则|指引|方案|意见|目录|法)$"
)
_SAID = re.compile(r"(?:常务会议|全体会议)[^。]{0,20}通过.{0,10}(?:发布|公布|颁布)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a text says of itself."""

    id: str
    title: str
    short_title: str
    kind: RegulationKind
    number: str | None
    aliases: tuple[str, ...]
    issuers: tuple[str, ...]
    jurisdiction: Jurisdiction | None
    adopted: dt.date | None
    promulgated: dt.date | None
    effective: dt.date | None
    expires: dt.date | None
    draft: bool
    comment_deadline: dt.date | None
    trial: bool
    closing: Node | None


def describe(document: Document, act: Act) -> tuple[Facts, list[Problem]]:
    """The facts of one text, and what is doubtful about them."""
    block = _TitleBlock(document, act)
    title = act.title
    draft = bool(_DRAFT.search(title)) or any(_DRAFT.search(note) for note in block.parts(front.TITLE_NOTE))
    issuers = block.issuers()
    jurisdiction = _place(title, issuers)
    closing, commencement = _closing(act)
    promulgated = block.promulgated()
    effective = commencement.effective(promulgated)
    if effective is None and not commencement.impossible and not draft:
        effective = block.commencement().effective(promulgated)
    number = block.number(issuers)
    kind = _kind(title, number, block, draft=draft)
    printed = commencement.printed.isoformat() if commencement.printed else None
    facts = Facts(
        id=regulation_id(jurisdiction.code if jurisdiction else None, title, printed, draft=draft),
        title=title,
        short_title=_short_title(title, jurisdiction, draft=draft),
        kind=kind,
        number=number,
        aliases=_aliases(title),
        issuers=issuers,
        jurisdiction=jurisdiction,
        adopted=block.adopted(),
        promulgated=promulgated,
        effective=None if draft else effective,
        expires=None if draft else commencement.expires(effective),
        draft=draft,
        comment_deadline=block.deadline() if draft else None,
        trial=bool(_TRIAL.search(title)),
        closing=closing,
    )
    return facts, list(_doubts(act, facts, commencement, block))


class _TitleBlock:
    """The front of a text, folded, part by part."""

    def __init__(self, document: Document, act: Act) -> None:
        first = act.provisions[0].start
        self.lines = [
            (part.reason, " ".join(fold_text(document.source[part.start : part.end]).split()), part.start < first)
            for part in act.front
            if part.reason not in (front.CONTENTS, front.ANNEX)
        ]

    def parts(self, *reasons: str) -> list[str]:
        return [text for reason, text, _ in self.lines if reason in reasons]

    def prose(self) -> str:
        """The notice, its lines joined."""
        return "".join(self.parts(front.NOTICE_TITLE, front.NOTICE))

    def number(self, issuers: tuple[str, ...]) -> str | None:
        """〔2004〕45号 on its own, or a decree's two lines together: …令 and 第75号."""
        numbers = ["".join(text.split()) for text in self.parts(front.NUMBER)]
        whole = next(
            (text for text in numbers if re.search(r"[〔\[【（]\d{4}", text) or re.search("令.+号", text)), None
        )
        if whole is None and len(numbers) > 1 and numbers[0].endswith("令"):
            whole = numbers[0] + numbers[1].strip("（）")
        decreed = self.decreed()
        return (
            whole
            or next((text for text in numbers if text.strip("（）").endswith("号")), None)
            or (decreed["number"] if decreed else None)
        )

    def decreed(self) -> re.Match[str] | None:
        """The first decree that a note under the title names: the one that made the text, not those that changed it."""
        notes = ("".join(note.split()) for note in self.parts(front.TITLE_NOTE))
        return next((match for note in notes if (match := _BY_DECREE.search(note))), None)

    def issuers(self) -> tuple[str, ...]:
        """Who issued it: by decree, notice or a line of its own; a name within a longer one is the same."""
        found = ["".join(text.split()) for text in self.parts(front.ISSUER)]
        for text in self.parts(front.NUMBER):
            if match := _DECREE.match("".join(text.split())):
                found.append(match["issuer"])
        if not found and (decreed := self.decreed()):
            found.append(decreed["issuer"])
        leading = [
            match["issuer"]
            for text in self.parts(front.NOTICE_TITLE)
            if (match := _BY_OFFICE.match("".join(text.split())))
        ]
        if any("办公" in name for name in leading):
            found = leading  # an office speaks for its government, whose name may stand beside
        elif not found:
            found = [match["issuer"] for match in _PUBLISHED.finditer("".join(self.prose().split()))]
            found = [name for name in found if place_at_start(name)] or leading
        names = dict.fromkeys(_own_name(name) for name in found)
        return tuple(name for name in names if not any(other != name and name.endswith(other) for other in names))

    def promulgated(self) -> dt.date | None:
        """The date of the notice or signature; of several, one above the provisions."""
        dated = [(text, above) for reason, text, above in self.lines if reason == front.DATE_LINE]
        for note in self.parts(front.TITLE_NOTE):
            if match := _ISSUED.search("".join(note.split())):
                return read_date(match["date"])
        for wanted in (True, False):
            for text, above in dated:
                if above is wanted and (date := read_date(text)):
                    return date
        return None

    def adopted(self) -> dt.date | None:
        for text in (*self.parts(front.TITLE_NOTE), self.prose()):
            if match := _ADOPTED.search("".join(text.split())):
                return read_date(match["date"])
        return None

    def deadline(self) -> dt.date | None:
        match = _DEADLINE.search("".join(self.prose().split()))
        return read_date(match["date"]) if match else None

    def commencement(self) -> Commencement:
        return read_commencement("".join(self.prose().split()))


def _own_name(name: str) -> str:
    """吉林省长春市人民政府 is 长春市人民政府: a name begins with its own place."""
    found = place_at_start(name)
    return name[found[1] - len(found[0].name) :] if found and found[1] < len(name) else name


def _place(title: str, issuers: tuple[str, ...]) -> Jurisdiction | None:
    for name in (title, *issuers):
        if found := place_at_start(name):
            return found[0]
    formed = place_by_form(title)
    named = formed is not None and (not issuers or any(name.startswith(formed.name) for name in issuers))
    return formed if named else None


def _closing(act: Act) -> tuple[Node | None, Commencement]:
    """The last article that speaks of entry into force."""
    articles = [node for node in act.walk() if node.kind is ProvisionKind.ARTICLE]
    for article in reversed(articles[-6:]):
        commencement = read_commencement(article.reading.text)
        if commencement.found:
            return article, commencement
    return None, Commencement()


def _kind(title: str, number: str | None, block: _TitleBlock, *, draft: bool) -> RegulationKind:
    """The rank by what carries the text: a decree, a notice, a congress; only as far as the page tells."""
    words = front.core(title)
    prose = block.prose() + "".join(block.parts(front.TITLE_NOTE, front.ISSUER, front.NUMBER))
    if draft:
        return RegulationKind.DRAFT
    if "国务院令" in prose:
        return RegulationKind.ADMINISTRATIVE_REGULATION
    if "全国人民代表大会" in prose and words.endswith("法"):
        return RegulationKind.STATUTE
    if "人民代表大会" in prose or "人大常委会" in prose or (words.endswith("条例") and place_at_start(title)):
        return RegulationKind.LOCAL_REGULATION
    if number and "令" in number:
        return RegulationKind.RULE
    if number or any("关于印发" in text or "的通知" in text for text in block.parts(front.NOTICE_TITLE)):
        return RegulationKind.NORMATIVE_DOCUMENT
    if _SAID.search(prose):
        return RegulationKind.RULE
    if "印发给你们" in prose:
        return RegulationKind.NORMATIVE_DOCUMENT
    return RegulationKind.UNKNOWN


def _short_title(title: str, place: Jurisdiction | None, *, draft: bool) -> str:
    match = _KIND_WORD.search(front.core(title))
    if place is None or match is None:
        return title
    return f"{short_place(place.name)}{match[1].removeprefix('实施')}{'草案' if draft else ''}"


def _aliases(title: str) -> tuple[str, ...]:
    bare = front.core(title)
    return (bare,) if bare and bare != title else ()


def _doubts(act: Act, facts: Facts, commencement: Commencement, block: _TitleBlock) -> list[Problem]:
    node = facts.closing or act.provisions[-1]
    problems: list[Problem] = []

    def doubt(code: Code, message: str, at: Node = node) -> None:
        end = min(at.end, at.start + max(1, len(at.label)))
        problems.append(
            Problem(code=code, message=message, start=at.start, end=end, line=at.line, where=f"{at.path}:facts")
        )

    name = f"{facts.title}{node.label}"
    if commencement.impossible:
        doubt(Code.IMPOSSIBLE_DATE, f"{name}, line {node.line}: the printed day of entry into force does not exist")
    elif facts.effective is None and not facts.draft:
        doubt(Code.EFFECTIVE_DATE_UNKNOWN, f"{name}, line {node.line}: no date of entry into force can be told")
    if facts.effective and facts.promulgated and facts.effective < facts.promulgated:
        message = f"{name}, line {node.line}: in force from {facts.effective}, issued only on {facts.promulgated}"
        doubt(Code.EFFECTIVE_BEFORE_ISSUED, message)
    for text in block.parts(front.DATE_LINE, front.TITLE_NOTE):
        if any(found.date is None for found in find_dates(text)):
            doubt(Code.IMPOSSIBLE_DATE, f"{facts.title}: {text} is in no calendar", act.provisions[0])
    if facts.jurisdiction is None or facts.jurisdiction.code is None:
        place = facts.jurisdiction.name if facts.jurisdiction else "no place"
        doubt(Code.PLACE_UNKNOWN, f"{facts.title}: {place} is named, no place of GB/T 2260", act.provisions[0])
    if facts.kind is RegulationKind.UNKNOWN:
        doubt(Code.KIND_UNKNOWN, f"{facts.title}: nothing tells its rank", act.provisions[0])
    return problems
