"""Writes the functions of one operation, each when it is first wanted, and compiles them together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
)

from catalog.codec import Row
from catalog.vocabulary import Kind
from graph.shape import Shape
from schema.compiled.body import Body
from schema.plans import TYPE_NAMES, Wish, fill, plan_of
from schema.selection import Selected

FIELDS = 2_000
"""How many fields the functions of one operation may have: more are left to graphql-core, compiling would cost more."""


class Unsupported(Exception):
    """The operation is left to graphql-core."""


@dataclass(eq=False, slots=True)
class Completion:
    """How a value of a field is completed at run time: its type, and what makes an answer of what is inside it."""

    type: GraphQLOutputType
    inner: Callable[[Any, Any], Any]


@dataclass(eq=False, slots=True)
class Place:
    """A field that leads to records of several kinds, and where several such fields show the same rows, all of them."""

    writer: Writer
    field: Selected
    type: Any
    showing: Sequence[Selected]
    shapes: dict[Kind, Shape]
    functions: dict[Kind, Callable[[Row, Any, Any], Any]]

    def shape(self, kind: Kind) -> Shape:
        """What is read of the records of a kind."""
        found = self.shapes.get(kind)
        if found is None:
            wish, type_ = Wish(), self._type(kind)
            for one in self.showing:
                fill(wish, one.select(type_))
            found = self.shapes[kind] = wish.shape()
        return found

    def function(self, kind: Kind) -> Callable[[Row, Any, Any], Any]:
        """What makes the answer of a record of a kind."""
        found = self.functions.get(kind)
        if found is None:
            name = self.writer.of_rows(self.field, self._type(kind))
            self.writer.flush()
            found = self.functions[kind] = self.writer.names[name]
        return found

    def _type(self, kind: Kind) -> GraphQLObjectType:
        type_ = self.writer.schema.get_type(TYPE_NAMES.get(kind, ""))
        if not isinstance(type_, GraphQLObjectType):
            raise Unsupported(f"records of kind {kind} are no nodes")
        return type_


class Writer:
    """The functions of one operation. ``names`` is the namespace that they are compiled in."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self.schema = schema
        self.names: dict[str, Any] = {}
        self.fields = 0
        self._count = 0
        self._constants: dict[int, str] = {}
        self._functions: dict[tuple[int, str], str] = {}
        self._places: dict[int, Place] = {}
        self._completions: dict[int, Completion] = {}
        self._texts: list[str] = []

    def constant(self, value: Any) -> str:
        """The name under which functions find a value."""
        name = self._constants.get(id(value))
        if name is None:
            name = self._constants[id(value)] = f"K{len(self._constants)}"
            self.names[name] = value  # which also keeps it, and with it its identity
        return name

    def flush(self) -> None:
        """Compiles what has been written since."""
        text, self._texts = "".join(self._texts), []
        if text:
            exec(compile(text, "<operation>", "exec"), self.names)

    def is_view(self, type_: GraphQLObjectType) -> bool:
        """Whether objects of the type are views of rows."""
        fields = type_.extensions["strawberry-definition"].origin.__dataclass_fields__
        return "row" in fields and "on" in fields

    def of_rows(self, field: Selected, type_: GraphQLObjectType) -> str:
        """The name of the function ``(row, on, run)`` that answers what is selected of a type."""
        return self._function(field, type_, "r, on, run", self._row_field)

    def of_objects(self, field: Selected, type_: GraphQLObjectType) -> str:
        """The name of the function ``(object, run)`` that answers what is selected of a type."""
        return self._function(field, type_, "o, run", self._object_field)

    def of_views(self, field: Selected, type_: GraphQLObjectType) -> Callable[[Any, Any], Any]:
        """The compiled function ``(object, run)`` of a type, whether its objects are views or not."""
        viewed = self.is_view(type_)
        name = self.of_rows(field, type_) if viewed else self.of_objects(field, type_)
        self.flush()
        function = self.names[name]
        return (lambda value, run: function(value.row, value.on, run)) if viewed else function

    def place(self, field: Selected, showing: Sequence[Selected]) -> Place:
        """The place of a field that leads to records of several kinds."""
        found = self._places.get(id(field))
        if found is None:
            found = self._places[id(field)] = Place(self, field, field.definition.type, showing, {}, {})
        return found

    def completion(self, field: Selected) -> Completion:
        """How the values of a field are completed at run time."""
        found = self._completions.get(id(field))
        if found is None:
            type_ = get_named_type(field.definition.type)
            inner: Callable[[Any, Any], Any]
            if is_leaf_type(type_):
                coerce = type_.coerce_output_value

                def inner(value: Any, run: Any) -> Any:
                    return coerce(value)
            else:
                inner = Dispatch(self, field)
            found = self._completions[id(field)] = Completion(field.definition.type, inner)
        return found

    def _function(
        self, field: Selected, type_: GraphQLObjectType, parameters: str, write: Callable[[Body, Selected, str], str]
    ) -> str:
        key = (id(field), type_.name)
        name = self._functions.get(key)
        if name is None:
            self.constant(field)
            body = Body(self)
            for one in self.fields_of(field, type_):
                text = repr(type_.name) if one.name == "__typename" else write(body, one, type_.name)
                body.entries.append(f"{one.key!r}: {text}")
            name = self._functions[key] = self.add(body, parameters)
        return name

    def add(self, body: Body, parameters: str = "r, on, run") -> str:
        """Adds a function; its name."""
        self._count += 1
        name = f"f{self._count}"
        self._texts.append(body.text(name, parameters))
        return name

    def fields_of(self, field: Selected, type_: GraphQLObjectType | None = None) -> list[Selected]:
        """What is selected of a field's type, or of a possible one. Raises Unsupported where that makes too many."""
        found = field.select(type_)
        self.fields += len(found)
        if self.fields > FIELDS:
            raise Unsupported(f"more than {FIELDS} fields")
        return found

    def typename(self, one: Selected, field: Selected) -> str:
        """What ``__typename`` answers at a field of an object type."""
        if one.name != "__typename":
            raise Unsupported(f"nothing is known of {one.name}")
        return repr(get_named_type(field.definition.type).name)

    def _row_field(self, body: Body, one: Selected, parent: str) -> str:
        plan = plan_of(one)
        if plan is None:
            raise Unsupported(f"{parent}.{one.name} has no plan")
        if not hasattr(plan, "write"):
            raise Unsupported(f"{parent}.{one.name} cannot be written")
        return plan.write(body, one)

    def _object_field(self, body: Body, one: Selected, parent: str) -> str:
        definition = one.definition.extensions.get("strawberry-definition")
        if definition is None:
            raise Unsupported(f"{parent}.{one.name} is graphql-core's own")
        if definition.is_basic_field:
            return body.held(f"o.{definition.python_name}", one)
        resolve = body.constant(one.definition.resolve)
        return body.later(f"{resolve}(o, run.raw({body.constant(one)}), **{body.constant(one.given)})", one)


class Dispatch(dict[type, Callable[[Any, Any], Any]]):
    """What answers an object, by its class: written when an object of that class first comes."""

    def __init__(self, writer: Writer, field: Selected) -> None:
        super().__init__()
        self.writer, self.field = writer, field

    def __call__(self, value: Any, run: Any) -> Any:
        return self[type(value)](value, run)

    def __missing__(self, class_: type) -> Callable[[Any, Any], Any]:
        static: Any = get_named_type(self.field.definition.type)
        if isinstance(static, GraphQLObjectType):
            type_: Any = static
        else:
            type_ = self.writer.schema.get_type(_name(class_))
            if not isinstance(type_, GraphQLObjectType) or not self.writer.schema.is_sub_type(static, type_):
                raise Unsupported(f"{class_.__name__} is no {static}")
        found = self[class_] = self.writer.of_views(self.field, type_)
        return found


def _name(class_: Any) -> str:
    name: str = class_.__strawberry_definition__.name
    return name
