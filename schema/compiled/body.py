"""The source of one generated function, as plans write it: from a row, or from an object, to a part of the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from graphql import (
    GraphQLLeafType,
    GraphQLObjectType,
    GraphQLOutputType,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)

from schema.compiled.leaves import leaf

if TYPE_CHECKING:
    from schema.compiled.writer import Writer
    from schema.selection import Selected

LATER = "None"
"""What stands for a value until a statement, or a later read, puts it in its place."""


class Body:
    """Expressions and statements over ``r`` (the row) seen on ``on``, or over ``o`` (an object), and ``run``."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.before: list[str] = []
        self.entries: list[str] = []
        self.after: list[str] = []
        self._lists = 0

    def constant(self, value: Any) -> str:
        """The name of a value that the function uses."""
        return self.writer.constant(value)

    def text(self, name: str, parameters: str = "r, on, run") -> str:
        """The whole function."""
        answer = f"{{{', '.join(self.entries)}}}"
        lines = [*self.before, *([f"d = {answer}", *self.after, "return d"] if self.after else [f"return {answer}"])]
        return "\n    ".join([f"def {name}({parameters}):", *lines]) + "\n"

    def value(self, expression: str, field: Selected, *, on: str = "on") -> str:
        """A value or row of the field's type, completed: leaves coerced, rows made objects, null where it may be."""
        type_ = get_named_type(field.definition.type)
        if not isinstance(type_, GraphQLObjectType):
            return self.completed(expression, field.definition.type, self._leaf(type_))
        function = self.writer.of_rows(field, type_)
        return self.completed(expression, field.definition.type, lambda name: f"{function}({name}, {on}, run)")

    def held(self, expression: str, field: Selected) -> str:
        """The same of an object's attribute: what it holds are objects, or views of rows."""
        type_ = get_named_type(field.definition.type)
        if is_abstract_type(type_):
            return self.later(expression, field)
        if not isinstance(type_, GraphQLObjectType):
            return self.completed(expression, field.definition.type, self._leaf(type_))
        viewed = self.writer.is_view(type_)
        function = self.writer.of_rows(field, type_) if viewed else self.writer.of_objects(field, type_)
        taken = "{0}.row, {0}.on" if viewed else "{0}"
        return self.completed(expression, field.definition.type, lambda name: f"{function}({taken.format(name)}, run)")

    def later(self, expression: str, field: Selected) -> str:
        """A value that is known at run time alone, or only after waiting: an object of some type."""
        put = self.constant(self.writer.completion(field))
        self.after.append(f"run.put(d, {field.key!r}, {expression}, {put})")
        return LATER

    def nodes(
        self, expression: str, field: Selected, showing: Sequence[Selected] | None = None, *, on: str = "on"
    ) -> str:
        """Records that identifiers lead to: read together, by kind, when everything else is there."""
        place = self.constant(self.writer.place(field, showing or (field,)))
        self.after.append(f"run.lead(d, {field.key!r}, {expression}, {place}, {on})")
        return LATER

    def function(self, field: Selected) -> str:
        """The name of the function ``(row, on, run)`` for a field of an object type."""
        type_ = get_named_type(field.definition.type)
        assert isinstance(type_, GraphQLObjectType)
        return self.writer.of_rows(field, type_)

    def info(self, field: Selected) -> str:
        """The ``info`` of a resolver at this field."""
        return f"run.info({self.constant(field)})"

    def completed(self, expression: str, type_: GraphQLOutputType, inner: Callable[[str], str]) -> str:
        """The expression of a value of a type with its lists and non-nulls; ``inner`` completes what is in them."""
        simple = expression.isidentifier()
        bound = expression if simple else f"(v := {expression})"
        name = expression if simple else "v"
        required = is_non_null_type(type_)
        of: Any = type_.of_type if is_non_null_type(type_) else type_
        if is_list_type(of):
            self._lists += 1
            item = f"x{self._lists}"
            each = f"[{self.completed(item, of.of_type, inner)} for {item} in "
            # what is None where a list must be raises TypeError by itself
            return f"{each}{expression}]" if required else f"({each}{name}] if {bound} is not None else None)"
        done = inner(name)
        if required:
            return f"({done} if {bound} is not None else run.null())"
        return expression if done == name else f"({done} if {bound} is not None else None)"

    def _leaf(self, type_: Any) -> Callable[[str], str]:
        assert is_leaf_type(type_)
        leafy: GraphQLLeafType = type_
        return lambda name: leaf(leafy, self.constant, name)
