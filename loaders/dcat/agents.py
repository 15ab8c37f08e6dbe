"""Publishers and creators of other catalogues as agencies, and contact points as words."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote

from stdnum.cn import uscc

from catalog.agency import Agency
from catalog.identifiers import agency_id
from catalog.text import fold, simplify
from catalog.value import Jurisdiction
from catalog.vocabulary import AgencyKind
from loaders.dcat import words
from loaders.dcat.graph import Graph, Term, Text, is_blank
from loaders.dcat.report import Report
from loaders.known import Known
from loaders.places import jurisdiction

_IDENTIFIED = ("dct:identifier", "org:identifier", "skos:notation", "adms:identifier")
_MAIL = ("vcard:hasEmail", "vcard:email", "foaf:mbox", "schema:email")
_PHONE = ("vcard:hasTelephone", "vcard:tel", "foaf:phone")


@dataclass(slots=True)
class Agents:
    """The agencies that the documents of a load name, by node or by name."""

    known: Known
    found: dict[str, Agency] = field(default_factory=dict)

    def agency(self, graph: Graph, node: Term, report: Report, dataset: str) -> Agency | None:
        """The agency that an agent is; None, with an issue, for one that has no name."""
        name = words.label(graph, node)
        if isinstance(node, Text):
            report.add(
                "IRI_WANTED",
                f"the publisher {node.value!r} is a literal where a node is wanted; it is taken as a name",
                subject=dataset,
            )
        if name is None:
            what = "is a node without name" if isinstance(node, str) and is_blank(node) else f"{node} is not described"
            report.add(
                "UNNAMED_PUBLISHER",
                f"the publisher {what}; the dataset is loaded without it",
                subject=dataset,
                suggestion="give it a foaf:name, or load the file that describes it together with this one",
            )
            return None
        code = next((uscc.compact(each) for each in self._codes(graph, node) if uscc.is_valid(each)), None)
        held = () if code else self.known.agencies.get(fold(name), ())
        if len(held) == 1:
            return self.found.setdefault(held[0].id, held[0])
        place = jurisdiction(name)
        agency = Agency(
            id=agency_id(place, name, credit_code=code),
            name=name,
            agency_kind=AgencyKind.BODY,
            jurisdiction=place,
            credit_code=code,
        )
        return self.found.setdefault(agency.id, agency)

    @staticmethod
    def _codes(graph: Graph, node: Term) -> list[str]:
        found = []
        for predicate in _IDENTIFIED:
            for each in graph.objects(node, predicate):
                value = each.value if isinstance(each, Text) else graph.text(each, "skos:notation")
                if value:
                    found.append(value)
        return found


def contact(graph: Graph, node: Term) -> str | None:
    """Whom to ask, in words: name, mail, telephone."""
    if isinstance(node, Text):
        return node.value.strip() or None
    found = [words.label(graph, node)]
    for predicates, scheme in ((_MAIL, "mailto:"), (_PHONE, "tel:")):
        for each in graph.objects(node, *predicates):
            value = graph.value(each, "vcard:hasValue", "rdf:value") or each
            plain = value.value if isinstance(value, Text) else unquote(value)
            found.append(plain.strip().removeprefix(scheme))
    return " ".join(dict.fromkeys(each for each in found if each)) or None


def place(graph: Graph, node: Term) -> Jurisdiction | None:
    """The place that a location is, where it has a name; a shape on the map alone is none."""
    name = words.label(graph, node)
    if name is None:
        return None
    name = simplify(name)
    if (found := jurisdiction(name)) is not None and found.name == name:
        return found
    code = graph.text(node, "skos:notation")
    return Jurisdiction(code=code if code and code.isdigit() and len(code) == 6 else None, name=name)
