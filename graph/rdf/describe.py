"""The words of the export that a record does not hold as such: descriptions, rights, titles of provisions."""

from __future__ import annotations

from catalog.codec import Row
from catalog.vocabulary import Role, ShareType
from graph.rdf.context import Entry

CATALOGUE_AGENT = "org/catalogue"
"""The agent that publishes what no agency is responsible for: the catalogue itself."""
FIELDS_NAMED = 20
"""How many items a made description names."""


def publisher(entry: Entry) -> str:
    """The identifier of the publishing agency: who provides it, else the first responsible, else the catalogue."""
    held = entry.row["responsibilities"]
    providing = [r for r in held if Role.PROVIDE in r["roles"]] or held
    return str(providing[0]["agency"]["id"]) if providing else CATALOGUE_AGENT


def law_title(regulation: Row, provision: Row | None) -> str:
    """``示例市政务信息共享实施细则 第七条``."""
    return str(regulation["title"]) + (f" {provision['label']}" if provision else "")


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
    citations = [c for c in row["basis"] if c["regulation"]]
    if citations:
        named = dict.fromkeys(law_title(c["regulation"], c["provision"]) for c in citations)
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
    openness = {"OPEN": "向社会开放", "CONDITIONAL": "有条件开放", "CLOSED": "不向社会开放"}
    parts.append(openness.get(row["open_to_public"], "开放属性未声明"))
    parts += [row["open_condition"]] if row["open_condition"] else []
    return "；".join(parts) + "。"
