"""The words of the export that a record does not hold as such: descriptions, rights, titles of provisions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from catalog.authority import CATALOGUE_AGENT, OPENNESS
from catalog.codec import Row
from catalog.identifiers import LEVELS
from catalog.vocabulary import Openness, Role, ShareType
from graph.rdf.context import Entry

FIELDS_NAMED = 20
"""How many items a made description names."""
KEYWORD = re.compile(r"[\w .-]{2,100}")
"""What CKAN takes as a keyword; a dataset with any other is rejected whole."""
ANY_KEYWORD = "政务信息"
_LEVEL = re.compile(r"([tcsapiu])(\d+)")
"""The levels that the path of a provision's identifier names (:func:`catalog.identifiers.provision_id`)."""
MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")


def publishing_agency(entry: Entry) -> Row | None:
    """The agency that publishes it: who provides it, else the first responsible; None where nobody is."""
    held = entry.row["responsibilities"]
    providing = [r for r in held if Role.PROVIDE in r["roles"]] or held
    agency: Row | None = providing[0]["agency"] if providing else None
    return agency


def creators(entry: Entry) -> list[Row]:
    """The agencies that collect it."""
    return [held["agency"] for held in entry.row["responsibilities"] if Role.COLLECT in held["roles"]]


def law_title(citation: Row) -> str | None:
    """``示例市政务信息共享实施细则 第七条``; None where nothing that is loaded is cited."""
    provision = citation["provision"]
    if provision is None:
        return str(citation["regulation"]["title"]) if citation["regulation"] else None
    path = _LEVEL.findall(provision["id"].rpartition(".")[2])
    below = "".join(f"第{number}{LEVELS[letter]}" for letter, number in path)
    label = below if len(path) > 1 else provision["label"]  # （二） alone would not tell of which article
    return f"{provision['regulation']['title']} {label}"


def keywords(entry: Entry) -> Sequence[str]:
    """The words of its name and category that every harvester takes, at least one."""
    found = _keywords(entry.row["name"])
    if category := entry.row["category"]:
        found = [*found, *_class_keywords(category)]
    return found or (ANY_KEYWORD,)


def _keywords(text: str) -> Sequence[str]:
    return [part for found in KEYWORD.findall(text) if len(part := found.strip()) > 1]


_class_keywords = lru_cache(maxsize=1024)(_keywords)
"""Of classes, which many resources share."""


def mail(entry: Entry) -> str | None:
    """The mail address in its contact."""
    found = MAIL.search(entry.row["contact"] or "")
    return found[0] if found else None


def contact_name(entry: Entry) -> str:
    """Whom to ask: the contact that the source names, else whoever publishes the catalogue."""
    text = MAIL.sub("", entry.row["contact"] or "").strip(" ,;:，；：、()（）")
    return text or entry.publication.publisher


def description(entry: Entry) -> str:
    """The summary, or else a sentence made of who is responsible, on which basis, and the first items."""
    row = entry.row
    if row["summary"]:
        return str(row["summary"])
    parts = []
    agencies = "、".join(dict.fromkeys(held["agency"]["name"] for held in row["responsibilities"]))
    if agencies:
        roles = dict.fromkeys(role for held in row["responsibilities"] for role in held["roles"])
        parts.append(f"由{agencies}负责{'、'.join(Role(role).zh for role in roles)}")
    named = dict.fromkeys(title for citation in row["basis"] if (title := law_title(citation)))
    if named:
        parts.append(f"依据：{'；'.join(named)}")
    names = [item["name"] for item in row["fields"]]
    if names:
        more = "等" if len(names) > FIELDS_NAMED else ""
        parts.append(f"信息项：{'、'.join(names[:FIELDS_NAMED])}{more}")
    return "。".join(parts or [row["name"]]) + "。"


def rights(entry: Entry) -> str:
    """Share type, condition and openness in one sentence, since harvesters drop what they do not know."""
    row = entry.row
    parts = [ShareType(row["share_type"]).zh if row["share_type"] != ShareType.UNDECLARED else "共享类型未声明"]
    parts += [row["share_condition"]] if row["share_condition"] else []
    parts.append(OPENNESS[Openness(row["open_to_public"])])
    parts += [row["open_condition"]] if row["open_condition"] else []
    return "；".join(parts) + "。"


__all__ = [
    "ANY_KEYWORD", "CATALOGUE_AGENT", "FIELDS_NAMED", "KEYWORD", "contact_name", "creators", "description", "keywords",
    "law_title", "mail", "publishing_agency", "rights",
]  # fmt: skip
