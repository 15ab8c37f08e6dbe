"""From findings to the records of gaps: what both stores do alike with what their statements found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from catalog.changes import ChangeSet
from catalog.errors import BadInput, InvalidChangeSet
from catalog.gap import Gap
from catalog.gaps.claim import Finding, gap
from catalog.gaps.law import Grounds
from catalog.identifiers import issue_id, kind_of
from catalog.issue import Issue
from catalog.puts import of_kind
from catalog.vocabulary import Kind, Severity
from graph.gaps.rule import Rule


def gaps(rule: Rule, finding: Finding, grounds: Grounds) -> Iterator[Gap]:
    """The gaps that a rule finds in a fact."""
    for claim in rule.claims(finding, grounds):
        yield gap(rule.kind, finding.subject, claim)


def refuse(changes: ChangeSet) -> None:
    """Raises InvalidChangeSet where a change set writes gaps: they follow from everything else."""
    given = [record.id for record in of_kind(changes.puts, Kind.GAP)]
    given += [one for one in changes.deletes if _is_gap(one)]
    if given:
        issues = [
            Issue(
                id=issue_id(one, "DERIVED_RECORD", one),
                code="DERIVED_RECORD",
                severity=Severity.ERROR,
                message=f"{one} is a gap: gaps are worked out from everything else, and cannot be written",
            )
            for one in given
        ]
        raise InvalidChangeSet(f"the change set writes {len(given)} gaps", issues=issues)


def _is_gap(identifier: str) -> bool:
    try:
        return kind_of(identifier) is Kind.GAP
    except BadInput:
        return False


def differences(held: dict[str, str], made: dict[str, str]) -> Iterator[Issue]:
    """An Issue for each gap that is held and does not follow, follows and is not held, or differs (id → body)."""
    for one in sorted({*held, *made}):
        if held.get(one) != made.get(one):
            what = "does not follow" if one not in made else "is missing" if one not in held else "is another"
            yield Issue(
                id=issue_id("store", "WRONG_GAP", one),
                code="WRONG_GAP",
                severity=Severity.ERROR,
                message=f"{one} {what} when the gap rules are run anew",
                suggestion="load a source again, or apply any change with this version",
            )


def grounded_places(rules: Sequence[Rule], grounds: Grounds, places: Sequence[str]) -> dict[str, list[str]]:
    """The places where each rule has a ground; rules that need none are not there."""
    return {rule.kind.value: grounds.places(rule.kind, places) for rule in rules if rule.grounded}
