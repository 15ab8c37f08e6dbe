"""Operations at random from the schema itself: equal seeds give equal operations."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_composite_type,
    is_list_type,
    is_non_null_type,
)

from tests.graph import samples

IDS = {
    "resource": (samples.DUTY, samples.PEOPLE, samples.MARRIAGES),
    "regulation": (samples.LAW, samples.OLD_LAW, samples.PARENT_LAW),
    "agency": (samples.OFFICE, samples.POLICE, samples.CIVIL),
    "owner": (samples.CIVIL,),
    "to": (samples.CIVIL, samples.POLICE),
    "provider": (samples.POLICE,),
    "clock": ("clock/reply", "clock/extension"),
    "field": ("field/d-number", "field/m-state", "field/p-name"),
    "dataElement": (samples.NUMBER_KEY, samples.MARRIAGE_KEY),
    "demand": ("demand/one", "demand/two"),
    "provision": (samples.ARTICLE, samples.ITEM, samples.OLD_ARTICLE),
    "condition": ("policy/reply", "policy/secret"),
    "source": (samples.RULES, samples.SHEET),
    "gap": ("gap/one", "gap/two"),
}
EVERY = tuple(one for some in IDS.values() for one in some)
WORDS = ("婚姻", "公民身份号码", "户籍人口信息", "信息", "公安", "登記", "第九条", "GZ-001", "广州", "没有", " ")
DATES = ("2012-01-01", "2016-06-01", "2018-01-01", "2021-01-01", "2030-12-31")
UNIQUE = ("id", "code", "title", "name", "number", "creditCode")
SELDOM = ("after", "before", "revision", "regulation", "last")
HEAVY = frozenset({"coverage", "impact"})


@dataclass
class Operations:
    """A maker of operations. ``depth`` bounds how deep they select."""

    schema: GraphQLSchema
    seed: int
    depth: int = 5
    chance: random.Random = field(init=False)
    variables: dict[str, Any] = field(init=False)
    declared: list[str] = field(init=False)
    fragments: list[str] = field(init=False)
    count: int = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    def one(self) -> tuple[str, dict[str, Any]]:
        """A document with its variables."""
        self.variables, self.declared, self.fragments, self.count = {}, [], [], 0
        root = self.schema.query_type
        assert root is not None
        names = self.chance.choices(sorted(root.fields), k=self.chance.choice((1, 1, 1, 2, 3)))
        chosen = " ".join(self.field(root.fields[name], name, 1, alias=True) for name in names)
        if self.chance.random() < 0.1:
            chosen += " __typename"
        heading = f"query Asked({', '.join(self.declared)})" if self.declared else "query"
        return f"{heading} {{ {chosen} }} {' '.join(self.fragments)}", self.variables

    def field(self, definition: GraphQLField, name: str, depth: int, *, alias: bool = False) -> str:
        """A selected field with its arguments, directives and selections."""
        arguments = self.arguments(definition, name)
        text = name
        if arguments or alias or self.chance.random() < 0.1:
            self.count += 1
            text = f"a{self.count}: {name}{arguments}"
        text += self.directive()
        type_ = get_named_type(definition.type)
        return f"{text} {self.selections(type_, depth + 1)}" if is_composite_type(type_) else text

    def selections(self, type_: Any, depth: int) -> str:
        """What is selected of a type, in braces."""
        found: list[str] = []
        assert isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)
        names = [
            name
            for name, one in type_.fields.items()
            if depth < self.depth
            or not is_composite_type(get_named_type(one.type))
            or name in ("nodes", "edges", "node")
        ]
        for name in self.chance.sample(sorted(names), k=min(len(names), self.chance.choice((1, 2, 3, 4)))):
            if name not in HEAVY or self.chance.random() < 0.2:
                found.append(self.field(type_.fields[name], name, depth))
        if isinstance(type_, GraphQLInterfaceType):
            possible = self.schema.get_possible_types(type_)
            found += [
                f"... on {one.name}{self.directive()} {self.selections(one, depth + 1)}"
                for one in self.chance.sample(possible, k=2)
            ]
        elif self.chance.random() < 0.15:
            found.append(self.spread(type_, depth))
        if not found or self.chance.random() < 0.1:
            found.append("__typename")
        return f"{{ {' '.join(found)} }}"

    def spread(self, type_: GraphQLObjectType, depth: int) -> str:
        """The same type again, as an inline fragment or a named one."""
        inner = self.selections(type_, depth)
        if self.chance.random() < 0.5:
            return f"...{self.directive()} {inner}"
        name = f"F{len(self.fragments)}"
        self.fragments.append(f"fragment {name} on {type_.name} {inner}")
        return f"...{name}{self.directive()}"

    def directive(self) -> str:
        if self.chance.random() > 0.08:
            return ""
        name, value = self.chance.choice(("include", "skip")), self.chance.random() < 0.5
        if self.chance.random() < 0.5:
            return f" @{name}(if: {'true' if value else 'false'})"
        return f" @{name}(if: {self.variable('Boolean!', value, 'true')})"

    def variable(self, type_: str, value: Any, default: str | None = None) -> str:
        name = f"v{len(self.declared)}"
        given = default is None or self.chance.random() < 0.6
        self.declared.append(f"${name}: {type_}" + (f" = {default}" if default and self.chance.random() < 0.7 else ""))
        if given or "=" not in self.declared[-1]:
            self.variables[name] = value
        return f"${name}"

    def arguments(self, definition: GraphQLField, name: str) -> str:
        """Arguments in brackets: those that must be given, one of ``id`` and its like, and some of the others."""
        given = []
        unique = [one for one in definition.args if one in UNIQUE]
        chosen = self.chance.choice(unique[:1] * 9 + unique) if unique else None
        for argument, one in definition.args.items():
            likely = 0.02 if argument in UNIQUE or argument in SELDOM else 0.25
            if is_non_null_type(one.type) or argument == chosen or self.chance.random() < likely:
                given.append(f"{argument}: {self.argument(one, argument, name)}")
        return f"({', '.join(given)})" if given else ""

    def argument(self, one: GraphQLArgument, argument: str, name: str) -> str:
        """A literal or a variable."""
        if not is_non_null_type(one.type) and self.chance.random() < 0.05:
            return "null"
        value = self.value(one.type, argument, name)
        if self.chance.random() < 0.4:
            return self.variable(str(one.type), value)
        return self.literal(value, one.type)

    def value(self, type_: Any, argument: str, name: str) -> Any:
        """A value of a type as JSON has it, mostly one that finds something."""
        if is_non_null_type(type_):
            return self.value(type_.of_type, argument, name)
        if is_list_type(type_):
            return [self.value(type_.of_type, argument, name) for _ in range(self.chance.choice((1, 1, 2)))]
        if isinstance(type_, GraphQLEnumType):
            return self.chance.choice(sorted(type_.values))
        if isinstance(type_, GraphQLInputObjectType):
            chosen = self.chance.sample(sorted(type_.fields), k=1)
            needed = [one for one, inner in type_.fields.items() if is_non_null_type(inner.type)]
            return {one: self.value(type_.fields[one].type, one, name) for one in dict.fromkeys([*needed, *chosen])}
        match type_.name:
            case "Int":
                return self.chance.choice(
                    (0, 1, 1, 2, 2, 3, 9, 20, 20, 100, -1, 1000) if argument == "first" else (1, 1, 2, 9)
                )
            case "Float":
                return 1.5
            case "Boolean":
                return self.chance.random() < 0.5
            case "Date":
                return self.chance.choice(DATES)
            case "DateTime":
                return "2024-01-01T00:00:00+08:00"
            case "ID":
                fitting = IDS.get(name if argument == "id" else argument, EVERY)
                return self.chance.choice(fitting if self.chance.random() < 0.9 else (*EVERY, "resource/none", "x"))
        return self.chance.choice(WORDS)

    def literal(self, value: Any, type_: Any) -> str:
        """A value as a document has it."""
        of = get_named_type(type_)
        if isinstance(value, list):
            return f"[{', '.join(self.literal(one, of) for one in value)}]"
        if isinstance(value, dict):
            return f"{{{', '.join(f'{key}: {self.literal(one, of.fields[key].type)}' for key, one in value.items())}}}"
        if isinstance(value, bool):
            return "true" if value else "false"
        return value if isinstance(of, GraphQLEnumType) else f'"{value}"' if isinstance(value, str) else str(value)
