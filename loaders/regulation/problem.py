"""Problems as they are found, made into Issues at the end, when the text's identifier is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalog.identifiers import issue_id
from catalog.identifiers import source_id as mint_source
from catalog.issue import Issue
from catalog.text import fold
from catalog.value import Place, Span
from loaders.regulation.codes import Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A code at ``source[start:end]`` with the message that names the place; ``act`` is the text's position, if any.

    ``where`` is what the identifier is made from besides source and code: the provision's path where there is one, so
    that the same problem keeps its identifier when the page around it changes.
    """

    code: Code
    message: str
    start: int
    end: int
    line: int
    act: int | None = None
    where: str = ""
    suggestion: str | None = None


def issues(
    problems: Iterable[Problem], path: str, regulations: Mapping[int, str], source: str | None = None
) -> list[Issue]:
    """The problems as Issues in the order of the source."""
    source = source or mint_source(path)
    twins: Counter[tuple[str, str]] = Counter()
    found = []
    for position, problem in enumerate(sorted(problems, key=lambda p: (p.start, p.end, p.code.name)), start=1):
        where = f"{problem.act}.{problem.where}" if problem.where else str(problem.start)
        twin = (problem.code.name, fold(where))
        twins[twin] += 1
        span = Span(start=problem.start, end=problem.end, line=problem.line)
        found.append(
            Issue(
                id=issue_id(source, problem.code.name, where, twins[twin]),
                source=source,
                place=Place(source=path, line=problem.line, span=span),
                code=problem.code.name,
                severity=problem.code.severity,
                message=problem.message,
                suggestion=problem.suggestion or problem.code.suggestion,
                regulation=regulations.get(problem.act) if problem.act is not None else None,
                position=position,
            )
        )
    return found
