"""Names of resources, read from headings and item labels."""

from __future__ import annotations

import re

KINDS = re.compile("(?:信息资源|信息|数据|资料|情况|档案|记录|目录|证照|报表)$")
"""What the name of a class of information ends with."""

_TAILS = re.compile(
    "(?:(?:设立|注册|变更|注销)?(?:登记|备案|许可|审批|管理|服务|监管|统计|基础|基本|业务|证照|档案|地理|征收|缴费|处罚)*"
    "(?:信息资源|信息|数据|资料|情况|档案|记录|目录))$"
)
_JOINT = re.compile("以及|、|和|及|与")
_GENERIC = re.compile(
    "^(?:政府|政务|公共|共享|基础|相关|有关|业务|主要|的)*(?:信息资源|数据资源|信息项|数据项|信息|数据)?$"
)
_CATEGORY = re.compile("^(.+?)(?:基础|基本)?(?:信息|数据)(?:资源)?(?:(?:的)?(?:采集|收集|归集|核准|提供|共享).*)?$")


def is_generic(what: str) -> bool:
    """Whether a heading's object names nothing in particular (下列信息, 下列基础信息)."""
    return bool(_GENERIC.match(what))


def tail(what: str) -> str:
    """The words that several names share at the end: 登记信息."""
    match = _TAILS.search(what, max(0, len(what) - 16))
    return match.group() if match else ""


def split(what: str, number: int) -> list[str]:
    """The names of so many resources that one object names together, else the object alone.

    出生和死亡登记信息 → 出生登记信息, 死亡登记信息; 社会保障信息和最低生活保障信息 → the two as printed.
    """
    parts = [part for part in _JOINT.split(what) if part]
    if number < 2 or len(parts) != number:
        return [what]
    shared = tail(parts[-1])
    if not shared or parts[-1] == shared:
        return [what]
    return [part if KINDS.search(part) else part + shared for part in parts]


def of_item(label: str, what: str) -> str:
    """The name of an item's resource: its label, with the heading's own words where the label is only the subject."""
    return label if KINDS.search(label) or is_generic(what) else label + tail(what)


def category(headings: tuple[str, ...]) -> str | None:
    """The group that the nearest heading names: 法人和其他组织基础信息的采集、核准与提供 → 法人和其他组织."""
    for heading in reversed(headings):
        match = _CATEGORY.match(heading[:80])
        if match and match.group(1) not in ("政府", "政务", "公共", "共享"):
            return match.group(1)
    return None
