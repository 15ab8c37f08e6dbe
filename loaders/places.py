"""The place that a name begins with: 广州市公安局 → 广州市, with its GB/T 2260 code where the table has it."""

from __future__ import annotations

import re

from catalog.text import simplify
from catalog.value import Jurisdiction
from loaders.jurisdictions import place_at_start

_PRINTED = re.compile(r"[\u4e00-\u9fff]{2,8}?(?:省|市|自治区|自治州)")


def jurisdiction(name: str) -> Jurisdiction | None:
    """The place at the start of a name. One that the table does not know is kept as printed, without a code."""
    name = simplify(name)
    if (found := place_at_start(name)) is not None:
        return found[0]
    printed = _PRINTED.match(name)
    return Jurisdiction(code=None, name=printed[0]) if printed else None
