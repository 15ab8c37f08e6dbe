"""A resource's own policy: what its share type and its openness say, and their conditions as printed. Full view."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from catalog.vocabulary import Openness, ShareType
from graph.rdf import links
from graph.rdf.context import Entry, Publication
from graph.rdf.named import ACTION, OPERAND, OPERATOR, PARTY, Named
from graph.rdf.rules import Ruled, with_rules
from graph.rdf.table import Node
from graph.rdf.tables import CONCEPT, IRI, LANGUAGE, TYPE, Line, Table, View, typed
from graph.rdf.terms import Subject, expand

PUBLIC, AGENCIES = "id/party/public", "id/party/public-authorities"


@dataclass(frozen=True, slots=True)
class Rule:
    """One of the two decisions about a resource.

    ``name`` tells which, ``party`` to whom it applies, ``may`` whether they may use it, ``condition`` under which
    condition in words, and ``applied`` whether they have to apply for it.
    """

    entry: Entry
    name: str
    party: str
    may: bool
    condition: str | None
    applied: bool

    @property
    def iri(self) -> str:
        """The rule's IRI, below the policy's."""
        return f"{Node.POLICY.iri(self.entry)}/{self.name}"


def _class(rule: Rule) -> str:
    return expand("odrl:Permission" if rule.may else "odrl:Prohibition")


POLICY: Table[Entry] = Table(
    "policy of a resource", View.FULL, Node.POLICY.iri, (Line("odrl:uid", IRI, lambda e: (Node.POLICY.iri(e),)),),
    adds_to=("odrl:Policy",),
)  # fmt: skip
RULE: Table[Rule] = Table(
    "rule of a resource", View.FULL, lambda r: r.iri,
    (
        Line(TYPE, CONCEPT, lambda r: (_class(r),), classes=("odrl:Permission", "odrl:Prohibition")),
        Line("odrl:target", IRI, lambda r: (Node.DATASET.iri(r.entry),)),
        Line("odrl:assigner", IRI, lambda r: (links.publisher(r.entry),)),
        Line("odrl:assignee", IRI, lambda r: (r.entry.publication.iri(r.party),)),
        Line("odrl:action", CONCEPT, lambda _: (expand("odrl:use"),)),
        Line("odrl:duty", IRI, lambda r: (f"{r.iri}/apply" if r.applied else None,)),
        Line("odrl:constraint", IRI, lambda r: (f"{r.iri}/condition" if r.condition else None,)),
    ),
)  # fmt: skip
DUTY: Table[Rule] = Table(
    "duty to apply", View.FULL, lambda r: f"{r.iri}/apply",
    (*typed("odrl:Duty"), Line("odrl:action", CONCEPT, lambda _: (expand("gir:applyForAccess"),))),
)  # fmt: skip
CONDITION: Table[Rule] = Table(
    "condition as printed", View.FULL, lambda r: f"{r.iri}/condition",
    (
        *typed("odrl:Constraint"),
        Line("odrl:leftOperand", CONCEPT, lambda r: (expand(f"gir:{r.name}Condition"),)),
        Line("odrl:operator", CONCEPT, lambda _: (expand("odrl:eq"),)),
        Line("odrl:rightOperand", LANGUAGE, lambda r: (r.condition,)),
    ),
)  # fmt: skip
TABLES: tuple[Table[Entry] | Table[Rule], ...] = (POLICY, RULE, DUTY, CONDITION)


def rules(entry: Entry) -> Iterator[Subject]:
    """The nodes of the policy: nothing where neither decision is declared."""
    decided = list(_decided(entry))
    for rule in decided:
        if rule.applied:
            yield DUTY.node(rule)
        if rule.condition:
            yield CONDITION.node(rule)
        yield RULE.node(rule)
    if decided:
        policy = Node.POLICY.iri(entry)
        ruled = [Ruled(policy, "odrl:permission" if rule.may else "odrl:prohibition", rule.iri) for rule in decided]
        yield with_rules(POLICY.node(entry), ruled)


def terms(entry: Entry) -> tuple[Subject, ...]:
    """What the rules refer to, which is the same for all; the caller writes each once."""
    return _terms(entry.publication)


@lru_cache(maxsize=32)
def _terms(publication: Publication) -> tuple[Subject, ...]:
    return tuple(_words(publication))


def _words(publication: Publication) -> Iterator[Subject]:
    yield PARTY.node(Named(publication.iri(PUBLIC), "社会公众"))
    yield PARTY.node(Named(publication.iri(AGENCIES), "各级行政机关"))
    for name in ("use", "distribute"):
        yield ACTION.node(Named(expand(f"odrl:{name}"), name))
    yield ACTION.node(Named(expand("gir:applyForAccess"), "申请"))
    for name, label in (("shareCondition", "共享条件"), ("openCondition", "开放条件")):
        yield OPERAND.node(Named(expand(f"gir:{name}"), label))
    yield OPERATOR.node(Named(expand("odrl:eq"), "eq"))


def _decided(entry: Entry) -> Iterator[Rule]:
    row = entry.row
    shared, opened = row["share_type"], row["open_to_public"]
    if shared != ShareType.UNDECLARED:
        may, applied = shared != ShareType.NOT_SHARED, shared == ShareType.CONDITIONAL
        yield Rule(entry, "share", AGENCIES, may, row["share_condition"], applied)
    if opened != Openness.UNDECLARED:
        may, applied = opened != Openness.CLOSED, opened == Openness.CONDITIONAL
        yield Rule(entry, "open", PUBLIC, may, row["open_condition"], applied)
