"""What must be disclosed to the public: X应当主动向社会公开下列信息：…

One item, one resource. Lists of what is exempt are prohibitions and not read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog.record import Record
from catalog.vocabulary import Confidence, ProvisionKind, Regime, Role
from loaders.regulation import agencies
from loaders.regulation.assignments.allocation import shared
from loaders.regulation.assignments.context import Article, Context
from loaders.regulation.assignments.found import Found
from loaders.regulation.assignments.records import Draft, Party, records
from loaders.regulation.codes import Code
from loaders.regulation.tree import Node

_OPENING = re.compile(
    "(?:公开|公布|发布)(?:本(?:行政)?(?:机关|单位|部门|级政府))?的?(?:以下|下列)[^：，。]*(?:信息|内容|事项|数据)$"
    "|(?:以下|下列)[^：，。]*(?:信息|内容|事项|数据)，?(?:应当|应)?(?:予以|主动|及时|依法|向社会|重点)*(?:公开|公布)$"
    "|(?:公开|公布)的[^：，。]*(?:信息|内容|数据)(?:包括|主要包括|有)(?:(?:以下|下列)(?:内容|事项|信息)?)?$"
)
_EXEMPT = re.compile("(?:不予|不得|免予|不|暂缓|暂不|依申请)(?:主动)?(?:向社会)?(?:公开|公布|发布)")
_SUBJECT = re.compile("应当|应|要|须|在(?:各自)?(?:的)?(?:法定)?职责|依法|主动|负责|重点|，|向社会")
_SPARED = re.compile("除[^，]{1,80}外，")
_RESIDUE = re.compile("^(?:法律|法规|规章|国家|依法|依照|按照|根据|上级|本级|其他|其它)")
_OWED = re.compile("规定|(?:应当|应予?|需要|必须)(?:主动|依法|予以|向社会)*公开")
_OTHER = re.compile("其他|其它")


def disclosure(article: Article, at: int, context: Context) -> Found | None:
    """A block whose own words open a list of what is to be disclosed, one item each."""
    block = article.blocks[at]
    text = block.lead.text.rstrip("：: \n")
    if not block.items or not _OPENING.search(text[-60:]) or _EXEMPT.search(text[-60:]):
        return None
    spared = _SPARED.match(text)
    first = spared.end() if spared else 0
    stop = _SUBJECT.search(text[:200], first)
    mentions: list[agencies.Mention] = []
    if stop:
        phrase = block.lead.cut(first, stop.start())
        mentions = agencies.listed(phrase) or agencies.fixed(phrase, 0, len(phrase.text))
    how = shared(len(mentions), 1, respective=False, together=False)
    parties = tuple(
        Party(
            mention=mention, named_in=block.lead, roles=(Role.DISCLOSE,), allocation=how, confidence=Confidence.EXPLICIT
        )
        for mention in mentions
    )
    found: list[Record] = []
    for item in block.items:
        found += _resources(item, None, parties, context)
    return Found(records=tuple(found))


def _resources(item: Node, group: str | None, parties: tuple[Party, ...], context: Context) -> Iterator[Record]:
    below = [child for child in item.children if child.kind in (ProvisionKind.ITEM, ProvisionKind.SUBITEM)]
    text = "".join(item.lead.text.split())
    if below:
        for child in below:
            yield from _resources(child, text.strip("：:，。；;"), parties, context)
        return
    name = text.split("。")[0].strip("：:，。；;、.")
    if not name:
        yield context.issue(Code.EMPTY_ITEM, f"“{item.label}” has no words", item)
        return
    draft = Draft(
        name=name,
        basis=item,
        place=context.place(item.reading, 0, len(item.reading.text), item),
        parties=parties,
        regime=Regime.DISCLOSURE,
        category=group,
        open_list=bool(_RESIDUE.match(name) and _OWED.search(name) and _OTHER.search(name)),
    )
    yield from records(draft, context)
