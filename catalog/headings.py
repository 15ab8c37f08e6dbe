"""Further headings of spreadsheets, beside those of the field table: what offices call the guideline's columns.

They are read, and but for two never written. One heading means one property of a kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from catalog.table import Property
from catalog.vocabulary import Kind

_PROVIDERS = (
    "信息资源提供部门 信息资源提供单位 资源提供方 资源提供部门 资源提供单位 提供部门 提供单位 数据提供方 数据提供部门 "
    "数据提供单位 数源部门 数源单位 来源部门 数据来源部门 责任部门 责任单位 所属部门 所属单位 部门名称 单位名称 "
    "填报单位 填报部门"
)
ITEM_SHARED, ITEM_OPEN = "信息项共享类型", "信息项开放属性"
"""Under which an item says for itself how it is shared, and whether it is open. Written where it says otherwise."""
FURTHER: Mapping[Kind, Mapping[str, str]] = {
    Kind.AGENCY: {
        "name": _PROVIDERS,
        "credit_code": "统一社会信用代码 提供方统一社会信用代码 信息资源提供方统一社会信用代码 提供单位代码",
    },
    Kind.RESOURCE: {
        "name": "政务信息资源名称 所属信息资源名称 所属资源名称 所属目录名称 数据资源名称 资源目录名称 "
        "信息资源目录名称 数据目录名称 数据集名称 信息名称",
        "code": "所属信息资源代码 所属资源代码 所属资源编码 信息资源编码 信息资源编号 资源编码 资源编号 "
        "目录编码 目录编号 信息资源标识符 数据资源代码",
        "summary": "资源摘要 信息资源描述 资源描述 信息资源简介 资源简介 内容摘要 数据摘要",
        "share_type": "共享类别 共享级别",
        "mode": "共享途径 提供方式 交换方式",
        "platform": "所在平台",
        "formats": "资源格式 资源格式类型 资源格式分类 数据格式",
        "update_frequency": "更新频次 数据更新周期 数据更新频率",
        "open_to_public": "是否开放 是否对社会开放 是否对外开放 社会开放属性 开放级别",
        "basis": "法定依据 职责依据 设定依据 政策依据",
        "contact": "联系人及联系方式 联系人及电话 责任人 信息共享责任人 目录责任人 联系电话",
        "issued": "发布时间 目录发布日期 资源发布日期",
        "modified": "修改时间 更新时间 最近更新日期 最近更新时间 最后更新时间",
    },
    Kind.FIELD: {
        "name": "信息项中文名称 数据项名称 数据项 数据项中文名称 字段名称 字段中文名称 字段中文名 "
        "需求信息项 需求数据项 所需信息项 所需数据项",
        "data_type": "信息项数据类型 字段类型 数据项类型",
        "length": "信息项长度 字段长度 数据项长度",
        "share_type": f"{ITEM_SHARED} 信息项共享属性 数据项共享类型 数据项共享属性 字段共享类型 字段共享属性",
        "open_to_public": f"{ITEM_OPEN} 信息项是否开放 信息项是否向社会开放 数据项开放属性 数据项是否开放 "
        "数据项是否向社会开放 字段开放属性 字段是否开放",
    },
    Kind.DEMAND: {
        "agency": "申请单位 申请方 需求提出部门 需求提出单位",
        "what": "需求信息资源 需求资源名称 需求资源 需求信息 需求数据 需求数据名称 需求目录名称 所需数据 申请资源名称 "
        "资源名称 目录名称",
        "provider": _PROVIDERS,
        "purpose": "使用场景 需求场景 申请用途 使用目的 需求事由",
        "authority": "申请依据 法定依据 政策依据",
        "status": "是否已获取数据 是否已获取 办理状态 对接状态 答复情况 答复结果 答复意见 回复情况 办理结果 提供情况",
        "requested": "需求日期 需求时间 提出时间 申请时间",
        "history": "回复时间 办理时间",
    },
}
"""Kind → property → headings, divided by spaces."""


def with_further(kind: Kind, row: Property) -> Property:
    """The row of a property with the headings that offices use beside its own."""
    more = (one for one in FURTHER.get(kind, {}).get(row.name, "").split() if one not in row.headings)
    return replace(row, headings=(*row.headings, *more))
