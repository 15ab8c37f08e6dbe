"""whoProvides: a name, the records that answer to it, and for each the judgement with its reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from typing import Annotated, Any

import strawberry

from catalog.codec import Row
from catalog.errors import NotFound
from catalog.text import fold
from catalog.verdict import Judgement, judge
from catalog.vocabulary import Kind, MatchKind, Openness, Regime, ShareMode, ShareType, Verdict
from graph.shape import Equals, Hit, MatchQuestion, Page, Question, Shape
from schema import cursors
from schema.arguments import After, First, On, Place, Regimes, Revision
from schema.connections import Connection, assemble
from schema.context import Context, Info
from schema.filters import fold_place
from schema.plans import TYPE_NAMES, Wish, fill, page_size, view
from schema.queries import cases
from schema.queries.reading import context_of, counted, folded, of_kind, rows_of, several
from schema.selection import Selected, selected, wanted
from schema.types.base import answered
from schema.types.citation import Citation
from schema.types.condition import Clock, Condition
from schema.types.field import Field
from schema.types.resource import Resource
from schema.types.responsibility import Responsibility
from schema.types.value import Frequency
from schema.waiting import all_of


@strawberry.type(description="How the name was matched (匹配).")
class Match:
    """A match."""

    how: MatchKind = strawberry.field(description="In which way (匹配方式).")
    text: str = strawberry.field(description="The name that matched, as it stands in the record (匹配文本).")


@strawberry.type(description="One answer to who provides it: by whom, on which terms, and why (答复).")
class ProviderAnswer:
    """Rows read for the whole page, and their judgement."""

    field: Field | None = strawberry.field(description="The field asked for; null for a resource (信息项).")
    resource: Resource = strawberry.field(description="The resource that holds it (信息资源).")
    matched: Match = strawberry.field(description="How the name was matched (匹配).")
    responsibilities: list[Responsibility] = strawberry.field(description="Who does what for it (责任).")
    share_type: ShareType = strawberry.field(description="How agencies may share it; the field's own first (共享类型).")
    conditions: list[Condition] = strawberry.field(description="The rules in force on the date (规则).")
    mode: list[ShareMode] = strawberry.field(description="The ways it is shared (共享方式).")
    platform: str | None = strawberry.field(description="The platform it is on (所在平台).")
    update_frequency: Frequency | None = strawberry.field(description="How often it is updated (更新周期).")
    clocks: list[Clock] = strawberry.field(description="The periods that hold on the date (期限).")
    open_to_public: Openness = strawberry.field(description="Whether the public may have it (开放属性).")
    basis: list[Citation] = strawberry.field(
        description="What it rests on: the provisions that assign it, and its own basis (依据)."
    )
    verdict: Verdict = strawberry.field(description="Whether it can be had on the date, and how (结论).")
    because: list[str] = strawberry.field(description="Why, a step a sentence, each naming its provision (理由).")


@strawberry.type(description="Answers, best match first, and what was searched (答复列表).")
class ProviderAnswerConnection(Connection[ProviderAnswer]):
    """Answers, never silent about what was searched."""

    checked: list[str] = strawberry.field(description="What was searched, and how much of it (检索范围).")


@dataclass(frozen=True, slots=True)
class _Shapes:
    """What is read for one page, finished."""

    field: Shape
    resource: Shape
    law: Shape


@dataclass(slots=True)
class _Wishes:
    """What is read for one page: fields, resources and texts; the rules hang on both of the latter."""

    field: Wish
    resource: Wish
    law: Wish

    @classmethod
    def of(cls, one: Selected) -> _Wishes:
        """From the selection of the answers, and what the judgement asks."""
        made = cls(Wish(), Wish(), Wish())
        made.field.need("name", "share_type", "open_to_public")
        cases.want_citation(made.field.reach("basis", value=True))
        rules = [cases.want_resource(made.resource), cases.want_law(made.law)]
        for place in rows_of(one):
            made.add(place, rules)
        return made

    def shapes(self) -> _Shapes:
        """The finished shapes."""
        return _Shapes(self.field.shape(), self.resource.shape(), self.law.shape())

    def add(self, place: Selected, rules: list[Wish]) -> None:
        """Adds what one field of the answer selects."""
        match place.name:
            case "field":
                fill(self.field, place.select())
            case "resource":
                fill(self.resource, place.select())
            case "responsibilities":
                fill(self.resource.reach("responsibilities", value=True), place.select())
            case "basis":
                fill(self.field.reach("basis", value=True), place.select())
                fill(self.resource.reach("basis", value=True), place.select())
                duties = self.resource.reach("responsibilities", value=True)
                fill(duties.reach("citation", value=True), place.select())
            case "conditions":
                for rule in rules:
                    fill(rule, place.select())
            case "clocks":
                for rule in rules:
                    fill(rule.reach("clocks"), place.select())


@strawberry.type
class ProviderQueries:
    """The question that everything is for."""

    @answered("Who provides what, under which condition, on which legal basis, on a date (谁提供什么，凭什么).")
    async def who_provides(
        self,
        info: Info,
        what: Annotated[
            str, strawberry.argument(description="A field, data element or resource, by name or identifier (信息名称).")
        ],
        jurisdiction: Place = None,
        to: Annotated[
            strawberry.ID | None,
            strawberry.argument(
                description="The agency that asks, by identifier: because then tells the rules that name it (需求部门)."
            ),
        ] = None,
        regime: Regimes = None,
        on: On = None,
        revision: Revision = None,
        first: First = 20,
        after: After = None,
    ) -> ProviderAnswerConnection:
        one = selected(info)
        context = await context_of(info, one)
        day = context.date(on)
        question = MatchQuestion(
            folded(what, "what"),
            fold_place(jurisdiction),
            several((term.value for term in regime or ()), "regime"),
            page_size(one.arguments["first"], context.limits.first, one.name),
            cursors.decode(after, cursors.question_of(one.name, one.arguments)) if after is not None else None,
            counted(one),
        )
        if to is not None:
            await _known_agency(context, to)
        reads: list[Awaitable[Any]] = [_nothing() if regime == [] else _matched(context, what, question)]
        if wanted(one.select(), "checked"):
            reads.append(_checked(context, what, question, day, regime))
        page, *checked = await all_of(reads)
        answers = await _answers(context, one, page.rows, day, to) if page.rows else []
        made: ProviderAnswerConnection = assemble(
            ProviderAnswerConnection,
            answers,
            cursors.question_of(one.name, one.arguments),
            [hit.key for hit in page.rows],
            more=page.more,
            before=after is not None,
            total=page.total,
            edged=wanted(one.select(), "edges"),
            checked=checked[0] if checked else [],
        )
        return made


async def _nothing() -> Page[Hit]:
    """No regime was asked for: an empty list passes nothing."""
    return Page((), more=False, total=0)


async def _matched(context: Context, what: str, question: MatchQuestion) -> Page[Hit]:
    return await by_identifier(context, what, question) or await context.store.match(question)


async def by_identifier(context: Context, what: str, question: MatchQuestion) -> Page[Hit] | None:
    """The one hit of an identifier of a resource or field, None where ``what`` is a name.

    An identifier of a data element asks for its name: every field that means it answers.
    """
    identifier = what.strip()
    kind = _KINDS.get(identifier.partition("/")[0])
    if kind is None:
        return None
    wish = Wish()
    wish.need("name")
    holder = wish.reach("resource") if kind is Kind.FIELD else wish
    if kind is not Kind.DATA_ELEMENT:
        holder.need("jurisdiction", "regime")
    row = (await context.store.get([identifier], wish.shape(), kind))[0]
    if row is None or kind is Kind.DATA_ELEMENT:
        return None if row is None else await context.store.match(replace(question, what=fold(row["name"])))
    resource = row["resource"] if kind is Kind.FIELD else row
    found = _placed(resource, question) and question.after is None
    hit = Hit(MatchKind.EXACT, row["name"], kind, identifier, resource["id"], (identifier,))
    return Page((hit,) if found and question.first else (), False, int(_placed(resource, question)))


_KINDS = {"resource": Kind.RESOURCE, "field": Kind.FIELD, "element": Kind.DATA_ELEMENT}


def _placed(resource: Row, question: MatchQuestion) -> bool:
    place = resource["jurisdiction"] or {}
    there = question.jurisdiction in (None, place.get("code"), place.get("name"))
    return there and (not question.regimes or resource["regime"] in question.regimes)


async def _known_agency(context: Context, identifier: str) -> None:
    found = await context.store.get([of_kind(identifier, Kind.AGENCY)], Shape(), Kind.AGENCY)
    if found[0] is None:
        raise NotFound(f"there is no agency {identifier}", suggestion="agencies lists them with their identifiers")


async def _answers(
    context: Context, one: Selected, hits: tuple[Hit, ...], on: dt.date, to: str | None
) -> list[ProviderAnswer]:
    """Four reads for the whole page, whatever its size: fields, resources, the texts they rest on, what these cite.

    The first two are asked at once: some stores answer them in one statement.
    """
    shapes = one.once("shapes", lambda: _Wishes.of(one).shapes())
    fields, resources = await all_of(
        (
            _read(context, Kind.FIELD, shapes.field, [hit.id for hit in hits if hit.kind is Kind.FIELD]),
            _read(context, Kind.RESOURCE, shapes.resource, [hit.resource for hit in hits]),
        )
    )
    texts = [text for row in resources.values() for text in cases.texts(row)]
    texts += [text for row in fields.values() for held in row["basis"] if (text := cases.text_of(held))]
    found = await _read(context, Kind.REGULATION, shapes.law, texts)
    cited = list(cases.provisions(found.values(), resources.values(), fields.values()))
    known = cases.Known.of(found, await _read(context, Kind.PROVISION, cases.labels(), cited))
    types = one.raw.schema.type_map
    answers = []
    for hit in hits:
        resource = resources.get(hit.resource)
        if resource is None:  # gone since the match: a write came in between
            continue
        field = fields.get(hit.id)
        judged = judge(cases.case(resource, field, known), on, asking=to)
        answers.append(_answer(types, hit, resource, field, cases.rules(resource, known), judged, on))
    return answers


async def _read(context: Context, kind: Kind, shape: Shape, ids: list[str]) -> dict[str, Row]:
    once = list(dict.fromkeys(ids))
    rows = await context.store.get(once, shape, kind) if once else []
    return {row["id"]: row for row in rows if row is not None}


def _answer(
    types: Any, hit: Hit, resource: Row, field: Row | None, rules: list[Row], judged: Judgement, on: dt.date
) -> ProviderAnswer:
    def shown(kind: Kind, row: Row) -> Any:
        return view(types[TYPE_NAMES[kind]], row, on)

    def value(type_: str, row: Row) -> Any:
        return view(types[type_], row, on)

    own = field or {"share_type": ShareType.UNDECLARED, "open_to_public": Openness.UNDECLARED, "basis": []}
    clocks = {clock["id"]: clock for rule in rules for clock in rule["clocks"]}
    duties = resource["responsibilities"]
    basis = [*(held["citation"] for held in duties if held["citation"]), *own["basis"], *resource["basis"]]
    frequency = resource["update_frequency"]
    return ProviderAnswer(
        field=shown(Kind.FIELD, field) if field else None,
        resource=shown(Kind.RESOURCE, resource),
        matched=Match(how=MatchKind(hit.how), text=hit.text),
        responsibilities=[value("Responsibility", {**held, "resource": resource["id"]}) for held in duties],
        share_type=_declared(own, resource, "share_type"),
        conditions=[shown(Kind.CONDITION, rule) for rule in rules if rule["id"] in judged.rules],
        mode=resource["mode"],
        platform=resource["platform"],
        update_frequency=value("Frequency", frequency) if frequency else None,
        clocks=[shown(Kind.CLOCK, clocks[identifier]) for identifier in judged.clocks],
        open_to_public=_declared(own, resource, "open_to_public"),
        basis=[value("Citation", citation) for citation in _distinct(basis)],
        verdict=judged.verdict,
        because=list(judged.because),
    )


def _declared(own: Row, resource: Row, name: str) -> Any:
    """What the field declares itself, else what its resource does."""
    return resource[name] if own[name] == "UNDECLARED" else own[name]


def _distinct(citations: list[Row]) -> list[Row]:
    """Each citation once: several agencies of one article share it."""
    return list(
        {
            (cases.identifier(c["provision"]), cases.identifier(c["regulation"]), c.get("text")): c for c in citations
        }.values()
    )


async def _checked(
    context: Context, what: str, question: MatchQuestion, on: dt.date, regime: list[Regime] | None
) -> list[str]:
    catalogue = Question(Kind.SOURCE, Shape(), (Equals("format", ("catalogue",)),), first=1, count=True)
    reads: list[Awaitable[Any]] = [context.store.counts(), context.store.read(catalogue), context.head()]
    counts, catalogues, revision = await all_of(reads)
    where = f" in {question.jurisdiction}" if question.jurisdiction else ""
    regimes = "" if regime is None else f", regime {', '.join(question.regimes) or 'none'}"
    return [
        f"searched for {what.strip()!r} (folded {question.what!r}){where}{regimes} on {on}, revision {revision}",
        f"texts: {counts.get(Kind.REGULATION, 0)} regulations with {counts.get(Kind.PROVISION, 0)} provisions",
        f"catalogues: {catalogues.total or 0} loaded",
        f"kinds: names, aliases and substrings of {counts.get(Kind.FIELD, 0)} fields and "
        f"{counts.get(Kind.RESOURCE, 0)} resources; names and aliases of {counts.get(Kind.DATA_ELEMENT, 0)} "
        f"data elements, each with who is responsible, out of {counts.get(Kind.AGENCY, 0)} agencies",
    ]
