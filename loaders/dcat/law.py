"""Legal texts and provisions of our own exports: whole in the full view, by their titles alone in the harvest view."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from catalog.codec import Row
from catalog.identifiers import LEVELS, slug
from catalog.vocabulary import Kind, ProvisionKind, RegulationKind
from loaders.dcat.rows import Own

_LEVEL = re.compile(r"([tcsapiu])(\d+)")


def whole_law(own: Own, node: str, kind: Kind) -> Row | None:
    """A text or provision that the full view describes; None where only its title is said."""
    graph = own.graph
    if kind is Kind.REGULATION:
        return own.row(node, kind) if graph.value(node, "gir:articleCount") is not None else None
    if graph.value(node, "gir:span") is None:
        return None
    row = own.row(node, kind)
    identifier = own.identifier(node) or ""
    above = own.identifier(graph.value(node, "eli:is_part_of"))
    type_ = own.word(graph.value(node, "dct:type")) or ""
    return row | {
        "regulation": identifier.partition(".")[0],
        "parent": above if above and "." in above else None,
        "provision_kind": type_.upper(),
        "reading": row.get("reading") or row.get("text"),
    }


def named_law(own: Own) -> Iterator[tuple[str, Kind, Row]]:
    """What the harvest view names: texts with a title, provisions with a number and without text.

    The title of a provision is that of its text and its own number.
    """
    graph = own.graph
    titles: dict[str, str] = {}
    named: dict[str, dict[str, str]] = {}
    for node in graph.typed("eli:LegalResource"):
        identifier, title = own.identifier(node, Kind.REGULATION, Kind.PROVISION), own.label(node, "dct:title")
        if identifier is None or title is None:
            continue
        regulation, dot, _ = identifier.partition(".")
        if dot:
            named.setdefault(regulation, {})[identifier] = title
        else:
            titles[regulation] = title
    for regulation, found in named.items():
        titles.setdefault(regulation, _title(found))
    provisions = {
        identifier: (regulation, title.removeprefix(titles[regulation])[1:])
        for regulation, found in named.items()
        for identifier, title in found.items()
    }
    for regulation, title in titles.items():
        yield regulation, Kind.REGULATION, {
            "title": title, "short_title": title, "regulation_kind": RegulationKind.UNKNOWN.value,
        }  # fmt: skip
    for identifier, (regulation, label) in provisions.items():
        type_ = own.word(graph.value(own.iri(identifier), "dct:type")) or ProvisionKind.ARTICLE.value
        yield identifier, Kind.PROVISION, {
            "regulation": regulation, "provision_kind": type_.upper(), "label": label, "position": 0, "text": "",
            "reading": "", "span": {"start": 0, "end": 0, "line": 1},
        }  # fmt: skip


def _title(found: Mapping[str, str]) -> str:
    """The title of a text, of the titles of its provisions: what they have in common before their numbers.

    The number of a provision below an article is known from its identifier; else it is the word at the end.
    """
    for identifier, title in found.items():
        path = _LEVEL.findall(slug(identifier).rpartition(".")[2])
        below = "".join(f"第{number}{LEVELS[letter]}" for letter, number in path)
        if len(path) > 1 and title.endswith(f" {below}"):
            return title.removesuffix(f" {below}")
    first, *others = found.values()
    common = first
    for title in others:
        while not title.startswith(common):
            common = common[:-1]
    return common.rpartition(" ")[0]
