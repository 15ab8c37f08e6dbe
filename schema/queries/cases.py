"""From rows to the pure judgement's :class:`catalog.verdict.Case`, and what must be read for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from catalog import verdict
from catalog.codec import Row
from catalog.verdict import ACCESS_TOPICS, Case, Duty, Ground, Law, Period, Rule
from catalog.vocabulary import Allocation, ProvisionKind, Role, ShareType, Topic
from graph.shape import Equals
from schema import law
from schema.plans import Wish

_GOVERNING = (Equals("topic", tuple(topic.value for topic in ACCESS_TOPICS)),)
_VALIDITY = (Equals("topic", (Topic.VALIDITY.value,)),)
_ARTICLES = (Equals("provision_kind", (ProvisionKind.ARTICLE.value,)),)
_LAST = 5  # articles: the entry into force stands at the end of a text


def want_label(provision: Wish) -> None:
    """Wants what names a provision: its label and those above it, up to the article."""
    for _ in range(4):
        provision.need("provision_kind", "label")
        provision = provision.reach("parent")
    provision.need("provision_kind", "label")


def want_citation(citation: Wish) -> None:
    """Wants where a citation leads."""
    citation.reach("regulation")
    provision = citation.reach("provision")
    provision.reach("regulation")
    want_label(provision)


def want_resource(wish: Wish) -> Wish:
    """Wants what the judgement asks of a resource; gives the wish for the rules that govern it by name."""
    wish.need("name", "share_type", "share_condition", "mode", "platform", "open_to_public")
    wish.need("update_frequency")
    wish.reach("regulation")
    want_citation(wish.reach("basis", value=True))
    duties = wish.reach("responsibilities", value=True)
    duties.need("roles", "allocation")
    duties.reach("agency").need("name")
    want_citation(duties.reach("citation", value=True))
    return want_rule(wish.reach("conditions", key="own_rules"))


def want_law(wish: Wish) -> Wish:
    """Wants what the judgement asks of a text; gives the wish for the rules that govern all it governs."""
    wish.need("short_title", *law.DATES)
    validity = wish.reach("conditions", key="validity", tests=_VALIDITY)
    want_citation(validity.reach("citation", value=True))
    wish.reach("provisions", key="closing", tests=_ARTICLES, first=_LAST, descending=True).need("label", "reading")
    return want_rule(wish.reach("governed_by", tests=_GOVERNING))


def want_rule(rule: Wish) -> Wish:
    """Wants what the judgement asks of a rule."""
    rule.need("topic", "text")
    rule.reach("regulation")
    rule.reach("agencies")
    want_citation(rule.reach("citation", value=True))
    clocks = rule.reach("clocks")
    clocks.need("text")
    want_citation(clocks.reach("citation", value=True))
    return rule


def article(provision: Row | None) -> str | None:
    """第十条, or 第五条（三）: the article's label, with the item's where there is one; None above articles."""
    items: list[str] = []
    while provision is not None:
        kind = provision["provision_kind"]
        if kind == ProvisionKind.ARTICLE:
            return f"{provision['label']}{''.join(reversed(items))}"
        if kind in (ProvisionKind.ITEM, ProvisionKind.SUBITEM):
            items.append(provision["label"])
        provision = provision.get("parent")
    return None


def texts(resource: Row) -> Iterator[str]:
    """The identifiers of the texts that a resource rests on, and those of the rules that govern it by name."""
    if resource["regulation"]:
        yield resource["regulation"]["id"]
    yield from _cited(resource["basis"])
    yield from _cited(held["citation"] for held in resource["responsibilities"])
    for rule in resource["own_rules"]:
        yield from rule_texts(rule)


def rule_texts(rule: Row) -> Iterator[str]:
    """The identifiers of the texts that a rule stands in or cites."""
    if rule["regulation"]:
        yield rule["regulation"]["id"]
    yield from _cited([rule["citation"]])


def _cited(citations: Iterable[Row | None]) -> Iterator[str]:
    for citation in citations:
        if citation and (text := law.text_of(citation)):
            yield text["id"]


def laws(rows: Iterable[Row]) -> dict[str, Law]:
    """The texts as the judgement sees them, by identifier."""
    return {row["id"]: law.law(row, validity=_entry_into_force(row)) for row in rows}


def _entry_into_force(row: Row) -> str | None:
    """The article that says from when the text applies: by its rule, else the last article that speaks of 施行."""
    for rule in row["validity"]:
        if rule["citation"] and (label := article(rule["citation"]["provision"])):
            return label
    return next((closing["label"] for closing in row["closing"] if "施行" in closing["reading"]), None)


def case(resource: Row, field: Row | None, known: Mapping[str, Law], governing: Mapping[str, list[Row]]) -> Case:
    """The case of a resource, or of one of its fields: what the field declares itself goes before."""
    share_type = resource["share_type"]
    basis: list[Row] = list(resource["basis"])
    if field is not None:
        basis = [*field["basis"], *basis]
        if field["share_type"] != ShareType.UNDECLARED:
            share_type = field["share_type"]
    duties = tuple(_duty(held, resource, known) for held in resource["responsibilities"])
    grounds = [_ground(citation, known) for citation in basis]
    if not duties and not grounds and resource["regulation"]:
        grounds = [Ground(law=known.get(resource["regulation"]["id"]))]
    return Case(
        name=resource["name"],
        share_type=ShareType(share_type),
        share_condition=resource["share_condition"],
        duties=duties,
        basis=tuple(grounds),
        rules=tuple(_rule(row, known) for row in rules(resource, governing)),
    )


def rules(resource: Row, governing: Mapping[str, list[Row]]) -> list[Row]:
    """The rules that may govern a resource: by name, then by the texts that it rests on; each once."""
    found = {rule["id"]: rule for rule in resource["own_rules"]}
    for text in dict.fromkeys(texts(resource)):
        for rule in governing.get(text, ()):
            found.setdefault(rule["id"], rule)
    return list(found.values())


def _duty(held: Row, resource: Row, known: Mapping[str, Law]) -> Duty:
    ground = _ground(held["citation"], known)
    if held["citation"] is None and resource["regulation"]:
        ground = Ground(law=known.get(resource["regulation"]["id"]))
    return Duty(
        agency=held["agency"]["name"],
        roles=tuple(Role(role) for role in held["roles"]),
        allocation=Allocation(held["allocation"]),
        ground=ground,
    )


def _ground(citation: Row | None, known: Mapping[str, Law]) -> Ground:
    if citation is None:
        return Ground()
    text = law.text_of(citation)
    return Ground(law=known.get(text["id"]) if text else None, article=article(citation["provision"]))


def _rule(row: Row, known: Mapping[str, Law]) -> Rule:
    ground = _ground(row["citation"], known)
    if ground.law is None and row["regulation"]:
        ground = Ground(law=known.get(row["regulation"]["id"]), article=ground.article)
    return Rule(
        id=row["id"],
        topic=Topic(row["topic"]),
        text=row["text"],
        ground=ground,
        periods=tuple(
            Period(
                id=clock["id"],
                text=clock["text"],
                ground=_ground(clock["citation"], known) if clock["citation"] else ground,
            )
            for clock in row["clocks"]
        ),
        agencies=tuple(agency["id"] for agency in row["agencies"]),
    )


def judge(found: Case, on: dt.date, asking: str | None) -> Any:
    """The judgement."""
    return verdict.judge(found, on, asking=asking)
