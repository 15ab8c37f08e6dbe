"""What a printed condition of sharing (共享条件) says in words that a policy has terms for: purpose, onward, reply.

Agencies write these conditions freely. Read here is only what they say outright; the text itself always goes along, and
what is not understood is not guessed. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalog.numerals import LETTERS, read_numeral

_DUTIES = re.compile(r"(?:仅|限|只|用于|供|因|为)[^，。；]{0,12}(?:履行[^，。；不未]{0,8}职[责能]|履职)")
_CONSENT = re.compile(
    r"未[经获征得到]{1,2}(?:信息|数据|资源)*(?:提供|数源|责任)(?:方|部门|单位|机构|机关)[^，。；不]{0,6}(?:同意|许可|授权|批准)"
    r"，?[^，。；]{0,12}(?:不得|禁止|不能|严禁)[^。；]{0,16}(?:转|提供|披露|泄露|公开|发布|扩散|传播|第三方)"
)
_REPLY = re.compile(rf"([{LETTERS}]{{1,4}})个?(?:有效)?工作日(?:之|以)?内[^，。；]{{0,6}}(?:答复|回复|反馈|批复)")


@dataclass(frozen=True, slots=True)
class ShareCondition:
    """What a condition says.

    ``performing_duties``: only for performing public duties (履行职责). ``onward_by_consent``: passed on only with
    the provider's consent. ``reply_within``: the working days within which the provider answers an application.
    """

    performing_duties: bool = False
    onward_by_consent: bool = False
    reply_within: int | None = None


def read(text: str | None) -> ShareCondition:
    """What the text says outright; nothing where there is no text."""
    said = "".join((text or "").split()).replace(",", "，").replace(";", "；")
    reply = _REPLY.search(said)
    return ShareCondition(
        performing_duties=_DUTIES.search(said) is not None,
        onward_by_consent=_CONSENT.search(said) is not None,
        reply_within=read_numeral(reply[1]) if reply else None,
    )
