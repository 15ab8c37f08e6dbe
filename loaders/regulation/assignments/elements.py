"""The legal identity elements: the few names that a law or a national standard gives one meaning everywhere.

A field is linked by its exact name, or where its name is an owner word and the exact name (母亲公民身份号码). Nothing
else is merged: what two rules call alike may differ, and what they call differently may be the same.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from catalog.data_element import DataElement
from catalog.identifiers import data_element_id

STANDARDS: dict[str, tuple[str | None, str]] = {
    "公民身份号码": ("GB 11643", "居民身份证法规定的每个公民唯一的、终身不变的身份代码"),
    "统一社会信用代码": ("GB 32100", "法人和其他组织在全国范围内唯一的、终身不变的法定身份识别码"),
    "组织机构代码": ("GB 11714", "依法成立的组织机构的唯一代码"),
    "身份证件号码": (None, "证明身份的法定证件上的号码，证件种类另有一项"),
    "纳税人识别号": (None, "税务机关依法编排的纳税人的唯一代码"),
}
"""Name → the standard that defines it (None: a law speaks of it, no standard of its own) and what it is."""

OWNERS = (
    "父亲 母亲 配偶 子女 监护人 户主 家属 死者 新生儿 学生 本人 当事人 申请人 持证人 联系人 代理人 经办人 "
    "经营者 负责人 责任人 业主 产权人 权利人 股东 投资人 法定代表人 代表人 企业 单位 机构 组织 法人 用人单位"
).split()
"""Whose number it is; the words that may stand before the name of an element."""

_ELEMENT = re.compile(f"(?:(?:.*(?:{'|'.join(OWNERS)}))(?:（[^（）]*）)?的?)?({'|'.join(STANDARDS)})")


@lru_cache(maxsize=4096)
def meant(name: str) -> str | None:
    """The element that a field of this name means."""
    match = _ELEMENT.fullmatch(name)
    return match.group(1) if match and not re.search("[及和与或、，]", name[: match.start(1)]) else None


@cache
def element(name: str) -> DataElement:
    """The data element of a name in the table."""
    standard, definition = STANDARDS[name]
    identifier = data_element_id(name, standard)
    return DataElement(id=identifier, name=name, identifier=standard, definition=definition, identity_key=True)
