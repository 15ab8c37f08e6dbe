"""A resource's own policy: what its share type and its openness say, and their conditions as printed. Full view.

What a printed condition of sharing says outright (:mod:`catalog.share_condition`) is said in ODRL's words too:
a purpose of use, no passing on without the provider's consent, a reply within so many working days.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from catalog.share_condition import ShareCondition, read
from catalog.vocabulary import Openness, ShareType
from graph.rdf import links
from graph.rdf.context import Entry, Publication
from graph.rdf.named import ACTION, OPERAND, OPERATOR, PARTY, Named
from graph.rdf.named import CONCEPT as NAMED_CONCEPT
from graph.rdf.rules import Ruled, with_rules
from graph.rdf.table import Node
from graph.rdf.tables import CONCEPT, IRI, LANGUAGE, LITERAL, TYPE, Line, Table, View, typed
from graph.rdf.terms import Subject, expand

SHARE, OPEN = "share", "open"
DUTIES = "id/concept/purpose/performing-duties"
OPERANDS = {
    "gir:shareCondition": "共享条件", "gir:openCondition": "开放条件", "odrl:purpose": "purpose",
    "gir:providerConsent": "提供方同意", "gir:workingDays": "workingDays",
}  # fmt: skip
"""The left operands of its constraints, as they are called."""
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


@dataclass(frozen=True, slots=True)
class Outright:
    """What the condition of sharing says outright, with the resource that it is a condition of."""

    entry: Entry
    said: ShareCondition

    def below(self, name: str) -> str:
        """The IRI of a part of the policy."""
        return f"{Node.POLICY.iri(self.entry)}/{name}"


def _constraints(rule: Rule) -> Iterator[str]:
    if rule.condition:
        yield f"{rule.iri}/condition"
    if rule.name == SHARE and rule.may and read(rule.condition).performing_duties:
        yield f"{Node.POLICY.iri(rule.entry)}/purpose"


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
        Line("odrl:constraint", IRI, _constraints),
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


def _constraint(name: str, operand: str, operator: str, right: Line[Outright]) -> Table[Outright]:
    """The constraint of one thing that is said outright."""
    return Table(
        f"{name} said outright", View.FULL, lambda o: o.below(name),
        (
            *typed("odrl:Constraint"),
            Line("odrl:leftOperand", CONCEPT, lambda _: (expand(operand),)),
            Line("odrl:operator", CONCEPT, lambda _: (expand(operator),)),
            right,
        ),
    )  # fmt: skip


def _bound(name: str, type_: str, assignee: Line[Outright], action: str, constraint: str) -> Table[Outright]:
    """A rule that a condition of sharing adds to those of the two decisions."""
    return Table(
        f"{name} said outright", View.FULL, lambda o: o.below(name),
        (
            *typed(type_),
            Line("odrl:target", IRI, lambda o: (Node.DATASET.iri(o.entry),)),
            Line("odrl:assigner", IRI, lambda o: (links.publisher(o.entry),)),
            assignee,
            Line("odrl:action", CONCEPT, lambda _: (expand(action),)),
            Line("odrl:constraint", IRI, lambda o: (o.below(constraint),)),
        ),
    )  # fmt: skip


PURPOSE_OF_USE = _constraint(
    "purpose", "odrl:purpose", "odrl:eq",
    Line("odrl:rightOperand", CONCEPT, lambda o: (o.entry.publication.iri(DUTIES),)),
)  # fmt: skip
NO_CONSENT = _constraint(
    "no-consent", "gir:providerConsent", "odrl:eq",
    Line("odrl:rightOperand", LITERAL, lambda _: ("false",), "xsd:boolean"),
)  # fmt: skip
REPLY_WITHIN = _constraint(
    "reply-within", "gir:workingDays", "odrl:lteq",
    Line("odrl:rightOperand", LITERAL, lambda o: (str(o.said.reply_within),), "xsd:integer"),
)  # fmt: skip
ONWARD = _bound(
    "no-onward", "odrl:Prohibition", Line("odrl:assignee", IRI, lambda o: (o.entry.publication.iri(AGENCIES),)),
    "odrl:distribute", "no-consent",
)  # fmt: skip
REPLY = _bound(
    "reply", "odrl:Duty", Line("odrl:assignee", IRI, lambda o: (links.publisher(o.entry),)),
    "gir:replyToApplication", "reply-within",
)  # fmt: skip
TABLES: tuple[Table[Entry] | Table[Rule] | Table[Outright], ...] = (
    POLICY, RULE, DUTY, CONDITION, PURPOSE_OF_USE, NO_CONSENT, REPLY_WITHIN, ONWARD, REPLY,
)  # fmt: skip


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
        outright = _outright(entry)
        if outright.said.performing_duties:
            yield PURPOSE_OF_USE.node(outright)
        if outright.said.onward_by_consent:
            yield NO_CONSENT.node(outright)
            yield ONWARD.node(outright)
            ruled.append(Ruled(policy, "odrl:prohibition", outright.below("no-onward")))
        if outright.said.reply_within is not None:
            yield REPLY_WITHIN.node(outright)
            yield REPLY.node(outright)
            ruled.append(Ruled(policy, "odrl:obligation", outright.below("reply")))
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
    for name, label in (("applyForAccess", "申请"), ("replyToApplication", "答复")):
        yield ACTION.node(Named(expand(f"gir:{name}"), label))
    for name, label in OPERANDS.items():
        yield OPERAND.node(Named(expand(name), label))
    for name in ("eq", "lteq"):
        yield OPERATOR.node(Named(expand(f"odrl:{name}"), name))
    yield NAMED_CONCEPT.node(Named(publication.iri(DUTIES), "履行职责", "performing duties"))


def _outright(entry: Entry) -> Outright:
    """Nothing where it is not shared at all: a condition without sharing binds nobody."""
    shared = entry.row["share_type"] in (ShareType.CONDITIONAL, ShareType.UNCONDITIONAL)
    return Outright(entry, read(entry.row["share_condition"] if shared else None))


def _decided(entry: Entry) -> Iterator[Rule]:
    row = entry.row
    shared, opened = row["share_type"], row["open_to_public"]
    if shared != ShareType.UNDECLARED:
        may, applied = shared != ShareType.NOT_SHARED, shared == ShareType.CONDITIONAL
        yield Rule(entry, SHARE, AGENCIES, may, row["share_condition"], applied)
    if opened != Openness.UNDECLARED:
        may, applied = opened != Openness.CLOSED, opened == Openness.CONDITIONAL
        yield Rule(entry, OPEN, PUBLIC, may, row["open_condition"], applied)
