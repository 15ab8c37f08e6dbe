"""The place that a name begins with: 广州市公安局 → 广州市, with its GB/T 2260 code where the table has it.

Texts and tables use the same rules, so that an agency that both name is one.
"""

from __future__ import annotations

import re
import unicodedata

from catalog.text import simplify
from catalog.value import Jurisdiction
from loaders.jurisdictions import place_at_start, place_of_code

_FORM = re.compile(
    "(?!本|全|各|我|该|城市|国家|中央|中国|[省市县区])[\u4e00-\u9fff]{2,7}?"
    "(?:[省州]|(?<![城超股楼夜])市(?!场|级)|县(?!级)|(?<![地社园辖小校景山库灾院厂战])区(?!级))"
    "(?=[\u4e00-\u9fff]{2}|$)"
)
_CODE = re.compile(r"(\d{6})(?:0{3}|0{6})?")
"""Six digits; nine or twelve where streets and villages are counted, all noughts above these."""


def jurisdiction(name: str) -> Jurisdiction | None:
    """The place at the start of a name, or of a code. One that the table does not know is kept as printed, without a
    code, where its form tells that it is one."""
    name = simplify(name).strip()
    if (coded := _CODE.fullmatch(unicodedata.normalize("NFKC", name))) is not None:
        return place_of_code(coded[1])
    if (found := place_at_start(name)) is not None:
        return found[0]
    return place_by_form(name)


def place_by_form(name: str) -> Jurisdiction | None:
    """The place at the start of a simplified name by its form alone: 示例市民政局 → 示例市."""
    printed = _FORM.match(name)
    return Jurisdiction(code=None, name=printed[0]) if printed else None
