"""From rows to the pure judgement's :class:`catalog.verdict.Case`, and what must be read for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from catalog.codec import Row
from catalog.verdict import ACCESS_TOPICS, Case, Duty, Ground, Law, Period, Rule
from catalog.vocabulary import Allocation, ProvisionKind, Regime, Role, ShareType, Topic
from graph.shape import Equals, Shape
from schema import law
from schema.plans import Wish

_GOVERNING = (Equals("topic", tuple(topic.value for topic in ACCESS_TOPICS)),)
_VALIDITY = (Equals("topic", (Topic.VALIDITY.value,)),)
_ARTICLES = (Equals("provision_kind", (ProvisionKind.ARTICLE.value,)),)
_LAST = 5  # articles: the entry into force stands at the end of a text


def labels() -> Shape:
    """What names a provision: its label and those above it, up to the article."""
    wish = level = Wish()
    for _ in range(4):
        level.need("provision_kind", "label")
        level = level.reach("parent")
    level.need("provision_kind", "label")
    return wish.shape()


def identifier(held: Any) -> str | None:
    """What a reference leads to, whether it stands in a row as an identifier or as the row itself."""
    found: str | None = held["id"] if isinstance(held, dict) else held
    return found


def text_of(citation: Row) -> str | None:
    """The text that a citation leads to, by itself or by its provision, whose identifier begins with the text's."""
    provision = identifier(citation["provision"])
    return identifier(citation["regulation"]) or (provision.rpartition(".")[0] if provision else None)


def want_citation(citation: Wish) -> None:
    """Wants where a citation leads."""
    citation.identify("provision", "regulation")


def want_resource(wish: Wish) -> Wish:
    """Wants what the judgement asks of a resource; gives the wish for the rules that govern it by name."""
    wish.need("name", "share_type", "share_condition", "mode", "platform", "open_to_public")
    wish.need("update_frequency", "regulation", "regime")
    want_citation(wish.reach("basis", value=True))
    duties = wish.reach("responsibilities", value=True)
    duties.need("roles", "allocation")
    duties.reach("agency").need("name")
    want_citation(duties.reach("citation", value=True))
    return want_rule(wish.reach("conditions", key="own_rules"))


def want_law(wish: Wish) -> Wish:
    """Wants what the judgement asks of a text; gives the wish for the rules that govern all it governs."""
    wish.need("short_title", "title", *law.DATES)
    wish.reach("conditions", key="validity", tests=_VALIDITY).need("citation")
    wish.reach("provisions", key="closing", tests=_ARTICLES, first=_LAST, descending=True).need("label", "reading")
    return want_rule(wish.reach("governed_by", tests=_GOVERNING))


def want_rule(rule: Wish) -> Wish:
    """Wants what the judgement asks of a rule."""
    rule.need("topic", "text", "regulation")
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
        yield resource["regulation"]
    yield from _cited(resource["basis"])
    yield from _cited(held["citation"] for held in resource["responsibilities"])
    for rule in resource["own_rules"]:
        yield from rule_texts(rule)


def rule_texts(rule: Row) -> Iterator[str]:
    """The identifiers of the texts that a rule stands in or cites."""
    if rule["regulation"]:
        yield rule["regulation"]
    yield from _cited([rule["citation"]])


def _cited(citations: Iterable[Row | None]) -> Iterator[str]:
    for citation in citations:
        if citation and (text := text_of(citation)):
            yield text


def provisions(rows: Iterable[Row], resources: Iterable[Row], fields: Iterable[Row]) -> Iterator[str]:
    """The identifiers of the provisions that the judgement may name, from texts, resources and fields."""
    found: list[Row | None] = []
    for row in rows:
        found += [rule["citation"] for rule in row["validity"]]
        found += [cited for rule in row["governed_by"] for cited in _of_rule(rule)]
    for resource in resources:
        found += [*resource["basis"], *(held["citation"] for held in resource["responsibilities"])]
        found += [cited for rule in resource["own_rules"] for cited in _of_rule(rule)]
    found += [cited for field in fields for cited in field["basis"]]
    for citation in found:
        if citation and (provision := identifier(citation["provision"])):
            yield provision


def _of_rule(rule: Row) -> Iterator[Row | None]:
    yield rule["citation"]
    yield from (clock["citation"] for clock in rule["clocks"])


@dataclass(frozen=True, slots=True)
class Known:
    """What a page of answers rests on: texts, their governing rules, and the articles of the provisions cited."""

    laws: Mapping[str, Law]
    governing: Mapping[str, list[Row]]
    articles: Mapping[str, str | None]

    @classmethod
    def of(cls, texts: Mapping[str, Row], cited: Mapping[str, Row]) -> Known:
        """From the rows of texts and provisions."""
        articles = {name: article(row) for name, row in cited.items()}
        return cls(
            {name: law.law(row, validity=_entry_into_force(row, articles)) for name, row in texts.items()},
            {name: row["governed_by"] for name, row in texts.items()},
            articles,
        )

    def law(self, name: str | None) -> Law | None:
        """The text of an identifier, where it is loaded."""
        return self.laws.get(name) if name else None

    def ground(self, citation: Row | None) -> Ground:
        """Where a citation leads."""
        if citation is None:
            return Ground()
        provision = identifier(citation["provision"])
        return Ground(law=self.law(text_of(citation)), article=self.articles.get(provision) if provision else None)


def _entry_into_force(row: Row, articles: Mapping[str, str | None]) -> str | None:
    """The article that says from when the text applies: by its rule, else the last article that speaks of 施行."""
    for rule in row["validity"]:
        if rule["citation"] and (label := articles.get(identifier(rule["citation"]["provision"]) or "")):
            return label
    return next((closing["label"] for closing in row["closing"] if "施行" in closing["reading"]), None)


def case(resource: Row, field: Row | None, known: Known) -> Case:
    """The case of a resource, or of one of its fields: what the field declares itself goes before, and is its own."""
    name, share_type, share_condition = resource["name"], resource["share_type"], resource["share_condition"]
    basis: list[Row] = list(resource["basis"])
    if field is not None:
        basis = [*field["basis"], *basis]
        if field["share_type"] not in (ShareType.UNDECLARED, share_type):
            name, share_type, share_condition = f"{name}的「{field['name']}」", field["share_type"], None
    duties = tuple(_duty(held, resource, known) for held in resource["responsibilities"])
    grounds = [known.ground(citation) for citation in basis]
    if not duties and not grounds and resource["regulation"]:
        grounds = [Ground(law=known.law(resource["regulation"]))]
    return Case(
        name=name,
        share_type=ShareType(share_type),
        share_condition=share_condition,
        duties=duties,
        basis=tuple(grounds),
        regime=Regime(resource["regime"]) if resource["regime"] else None,
        rules=tuple(_rule(row, known) for row in rules(resource, known)),
    )


def rules(resource: Row, known: Known) -> list[Row]:
    """The rules that may govern a resource: by name, then by the texts that it rests on; each once."""
    found = {rule["id"]: rule for rule in resource["own_rules"]}
    for text in dict.fromkeys(texts(resource)):
        for rule in known.governing.get(text, ()):
            found.setdefault(rule["id"], rule)
    return list(found.values())


def _duty(held: Row, resource: Row, known: Known) -> Duty:
    ground = known.ground(held["citation"])
    if held["citation"] is None and resource["regulation"]:
        ground = Ground(law=known.law(resource["regulation"]))
    return Duty(
        agency=held["agency"]["name"],
        roles=tuple(Role(role) for role in held["roles"]),
        allocation=Allocation(held["allocation"]),
        ground=ground,
    )


def _rule(row: Row, known: Known) -> Rule:
    ground = known.ground(row["citation"])
    if ground.law is None and row["regulation"]:
        ground = Ground(law=known.law(row["regulation"]), article=ground.article)
    return Rule(
        id=row["id"],
        topic=Topic(row["topic"]),
        text=row["text"],
        ground=ground,
        periods=tuple(
            Period(
                id=clock["id"],
                text=clock["text"],
                ground=known.ground(clock["citation"]) if clock["citation"] else ground,
            )
            for clock in row["clocks"]
        ),
        agencies=tuple(agency["id"] for agency in row["agencies"]),
    )
