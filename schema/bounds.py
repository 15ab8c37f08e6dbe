"""What an operation may cost: depth and number of rows. Told before anything runs, with the figure and the limit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    is_composite_type,
    validate,
)
from strawberry.extensions import SchemaExtension
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from catalog.errors import BadInput, MuluError, TooCostly, TooDeep
from schema import bulk
from schema.context import Limits

ROOT_COST = 500
"""What a root field costs before it reads a row: statements of its own. So a document has no more than some 200."""
LIST_COST = 5
"""What a list without paging is taken for: most hold a few rows."""


class Bounds(SchemaExtension):
    """Refuses what is too much to validate, and, once validated, what is too deep or too costly to execute."""

    def on_validate(self) -> Iterator[None]:
        """Validates here, once the document is known not to take long, and stops at few errors."""
        context = self.execution_context
        assert context.graphql_document is not None
        try:
            bulk.check(context.graphql_document)
            rules = (*context.validation_rules, OneOfInputValidationRule)
            found = validate(context.schema._schema, context.graphql_document, rules, max_errors=bulk.ERRORS)
        except MuluError as error:
            found = [GraphQLError(error.message, original_error=error)]
        context.pre_execution_errors = found  # whatever stands here is taken for the outcome of validation
        yield

    def on_execute(self) -> Iterator[None]:
        """Measures what has been found valid: fragments are known to be there and not to be circular."""
        context = self.execution_context
        assert context.graphql_document is not None
        try:
            graphql_schema = context.schema._schema  # graphql-core's own, which Strawberry keeps private
            limits: Limits = context.context.limits
            name = context._provided_operation_name  # the public one falls back to the first operation there is
            check(context.graphql_document, graphql_schema, name, context.variables or {}, limits)
        except MuluError as error:
            # a result that is there already is taken for the answer, and nothing runs
            context.result = ExecutionResult(None, [GraphQLError(error.message, original_error=error)])
        yield


def check(
    document: DocumentNode, schema: GraphQLSchema, name: str | None, variables: dict[str, Any], limits: Limits
) -> None:
    """Raises TooDeep or TooCostly where the operation is over a limit."""
    operations = [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]
    operation = next((one for one in operations if name is None or (one.name and one.name.value == name)), None)
    if operation is None or (name is None and len(operations) > 1):
        raise BadInput(
            "which operation to run is not told", suggestion="give operationName one of the document's names"
        )
    fragments = {one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)}
    measure = Measure(schema, fragments, _variables(operation, variables), limits)
    root = schema.query_type
    assert root is not None
    cost = measure.cost(root, operation.selection_set, 1)
    if cost > limits.cost:
        raise TooCostly(
            f"the operation may cost {cost}, over the limit of {limits.cost}: pages times pages, and 500 a root field",
            cost=cost,
            limit=limits.cost,
            suggestion="ask for smaller pages (first) or fewer lists inside lists",
        )


def _variables(operation: OperationDefinitionNode, given: dict[str, Any]) -> dict[str, Any]:
    defaults = {
        one.variable.name.value: int(one.default_value.value)
        for one in operation.variable_definitions or ()
        if isinstance(one.default_value, IntValueNode)
    }
    return defaults | given


class Measure:
    """Adds up an operation; each fragment is measured once for each type it is spread on."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: dict[str, FragmentDefinitionNode],
        variables: dict[str, Any],
        limits: Limits,
    ) -> None:
        self.schema, self.fragments, self.variables, self.limits = schema, fragments, variables, limits
        self.known: dict[tuple[str, str, int], int] = {}

    def cost(self, parent: Any, selection_set: SelectionSetNode, depth: int) -> int:
        """How many rows the selections of one row may read."""
        total = 0
        for node in selection_set.selections:
            if isinstance(node, FieldNode):
                total += self.of_field(parent, node, depth)
            elif isinstance(node, InlineFragmentNode):
                type_ = self.schema.type_map[node.type_condition.name.value] if node.type_condition else parent
                total += self.cost(type_, node.selection_set, depth)
            elif isinstance(node, FragmentSpreadNode):
                total += self.of_fragment(node.name.value, depth)
            if total > self.limits.cost * 1000:
                break  # far over the limit: the exact figure helps nobody
        return total

    def of_fragment(self, name: str, depth: int) -> int:
        """A fragment's cost at a depth, remembered: nests of fragments would double the work each time."""
        fragment = self.fragments[name]
        condition = fragment.type_condition.name.value
        place = (name, condition, depth)
        if place not in self.known:
            self.known[place] = self.cost(self.schema.type_map[condition], fragment.selection_set, depth)
        return self.known[place]

    def of_field(self, parent: Any, node: FieldNode, depth: int) -> int:
        """One for a field's row, times the size of its page, with all that is below it."""
        definition = getattr(parent, "fields", {}).get(node.name.value)
        if definition is None or node.selection_set is None:
            return 0  # leaves, and introspection, which reads no rows
        if depth >= self.limits.depth:
            raise TooDeep(
                f"the operation is deeper than {self.limits.depth} levels at {node.name.value}",
                cost=depth + 1,
                limit=self.limits.depth,
                suggestion="ask in two operations, by identifier",
            )
        type_ = get_named_type(definition.type)
        below = self.cost(type_, node.selection_set, depth + 1) if is_composite_type(type_) else 0
        return self.size(definition, node) * (1 + below) + (ROOT_COST if depth == 1 else 0)

    def size(self, definition: Any, node: FieldNode) -> int:
        """How many rows a field may answer."""
        type_ = definition.type.of_type if isinstance(definition.type, GraphQLNonNull) else definition.type
        if "first" not in definition.args:
            in_page = str(get_named_type(type_)).endswith("Edge") or node.name.value == "nodes"
            return LIST_COST if isinstance(type_, GraphQLList) and not in_page else 1
        sizes = [argument.value for argument in node.arguments or () if argument.name.value in ("first", "last")]
        if not sizes:
            default = definition.args["first"].default_value
            return default if isinstance(default, int) else 1
        return max(self._number(size) for size in sizes)

    def _number(self, value: Any) -> int:
        if isinstance(value, VariableNode):
            found = self.variables.get(value.name.value)
            return max(found, 0) if isinstance(found, int) else 1
        return max(int(value.value), 0) if isinstance(value, IntValueNode) else 1
