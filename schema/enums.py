"""Every closed vocabulary as a GraphQL enum: names, and descriptions with the Chinese term on each value."""

from __future__ import annotations

import inspect
from typing import Any, cast

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

from catalog import vocabulary
from catalog.vocabulary import Term


class ResourceAspect(Term):
    """What a resource may be without (缺少的方面)."""

    BASIS = "BASIS", "依据", "a citation it rests on"
    PROVIDER = "PROVIDER", "责任部门", "an agency responsible for it"
    FIELDS = "FIELDS", "信息项", "fields"
    SHARE_TYPE = "SHARE_TYPE", "共享类型", "a declared share type"
    CONDITION = "CONDITION", "规则", "a rule that governs it"
    UPDATE_FREQUENCY = "UPDATE_FREQUENCY", "更新周期", "an update frequency"
    CODE = "CODE", "信息资源代码", "a code"


class ResourceOrderBy(Term):
    """What resources are ordered by (排序依据)."""

    ID = "ID", "标识", "the identifier"
    NAME = "NAME", "名称", "the name, by code point"
    CODE = "CODE", "信息资源代码", "the code; those without one first where it ascends, last where it descends"
    MODIFIED = (
        "MODIFIED",
        "修改日期",
        "the date of the last change; those without one first where it ascends, last where it descends",
    )


class OrderDirection(Term):
    """Which way a list runs (排序方向)."""

    ASC = "ASC", "升序", "ascending"
    DESC = "DESC", "降序", "descending"


class CoverageAxis(Term):
    """What the rows of a coverage matrix are (覆盖矩阵的行)."""

    DUTY = "DUTY", "法定职责", "what a regulation assigns"
    DATA_ELEMENT = "DATA_ELEMENT", "数据元", "data elements"
    RESOURCE = "RESOURCE", "信息资源", "registered resources"


def _register(term: type[Term]) -> None:
    # strawberry.enum leaves its definition on the class itself: catalog's words stay the only ones, none is copied
    registered = cast(Any, strawberry.enum(term, description=inspect.getdoc(term)))
    definition: StrawberryEnumDefinition = registered.__strawberry_definition__
    for value in definition.values:
        member = cast(Any, term)[value.name]
        value.description = f"{member.en[0].upper()}{member.en[1:]} ({member.zh})."


for _term in (*vars(vocabulary).values(), *list(vars().values())):
    if isinstance(_term, type) and issubclass(_term, Term) and _term is not Term and len(_term):
        _register(_term)
