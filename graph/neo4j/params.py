"""Parameters and variables of one statement, numbered as they come up: equal questions give equal texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Params:
    """Collects values on the way; texts only ever hold their names."""

    prefix: str = "p"
    values: dict[str, Any] = field(default_factory=dict)
    variables: int = 0

    def give(self, value: Any) -> str:
        """The parameter's name for a value, with its dollar sign."""
        name = f"{self.prefix}{len(self.values)}"
        self.values[name] = list(value) if isinstance(value, tuple) else value
        return f"${name}"

    def variable(self, letter: str) -> str:
        """A variable no other part of the statement has."""
        self.variables += 1
        return f"{letter}_{self.prefix}{self.variables}"
