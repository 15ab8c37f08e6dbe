"""Datasets of other catalogues as registered resources (DCAT 1 to 3 and its profiles).

A dataset without a title is named by its identifier or its IRI, with an issue; one that has none of these is refused.
A second dataset of one identifier and publisher is refused, the first stays. A bad value leaves its property out and is
kept as the statement it was; so is all that no property has a place for (:mod:`loaders.dcat.kept`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from catalog.agency import Agency
from catalog.authority import SHARE_TYPE
from catalog.identifiers import registered_resource_id
from catalog.record import Record
from catalog.resource import Resource
from catalog.statements import Kept, keep
from catalog.value import Citation, Format, Frequency, MetadataValue, Place, Responsibility
from catalog.vocabulary import Allocation, Confidence, Openness, Origin, Role, Severity, ShareMode, ShareType
from loaders.correspondence.citing import CODE, doubt
from loaders.dcat import words
from loaders.dcat.agents import contact, place
from loaders.dcat.columns import fields
from loaders.dcat.graph import Graph, Term, Text, is_blank, name
from loaders.dcat.kept import Keeper
from loaders.dcat.report import Report
from loaders.dcat.taken import Taken
from loaders.table.items import meaning

T = TypeVar("T")
_UP = ("dct:isPartOf", "dcat:inSeries", "schema:isPartOf")
_SERVED = "dcat:servesDataset"
_CLASSES = frozenset(map(name, ("dcat:Dataset", "dcat:Resource")))
DERIVED = name("prov:wasDerivedFrom")
"""By which the IRI that the dataset has in its own catalogue is kept."""


def datasets(graph: Graph) -> list[str]:
    """The datasets of a document: typed so, or listed by a catalogue and described. A series is none of its own."""
    found = dict.fromkeys(graph.typed("dcat:Dataset", "dcat:dataset"))
    listing = name("dcat:dataset")
    for said in list(graph.nodes.values()):
        for predicate, object_ in said:
            if predicate == listing and isinstance(object_, str) and object_ in graph.nodes:
                found[object_] = None
    series = set(graph.typed("dcat:DatasetSeries"))
    return [each for each in found if each not in series]


def read_datasets(graph: Graph, nodes: Sequence[str], source: str, report: Report, taken: Taken) -> Iterator[Record]:
    """The resources, agencies, items and data elements of these datasets of a document."""
    serving: dict[str, list[str]] = {}
    for service in graph.typed("dcat:DataService"):
        for each in graph.iris(service, _SERVED):
            serving.setdefault(each, []).append(service)
    publishers = {each: publisher for catalogue in graph.typed("dcat:Catalog")
                  if (publisher := graph.value(catalogue, "dct:publisher")) is not None
                  for each in graph.iris(catalogue, "dcat:dataset")}  # fmt: skip
    for dataset in nodes:
        found = _Dataset(graph, dataset, source, report, taken)
        resource = found.resource(serving.get(dataset, ()), publishers.get(dataset))
        if resource is None:
            continue
        yield from (taken.agents.found[held.agency] for held in resource.responsibilities)
        yield resource
        for item in fields(graph, dataset, resource):
            if means := meaning(item.name):
                yield means
            yield item


@dataclass(slots=True)
class _Dataset:
    graph: Graph
    node: str
    source: str
    report: Report
    taken: Taken
    used: set[tuple[str, Term]] = field(default_factory=set)

    def resource(self, services: Sequence[str], publisher: Term | None) -> Resource | None:
        graph, node = self.graph, self.node
        code, title = self._code(), self._title()
        title = title or self._named(code)
        if title is None:
            return None
        agency, responsibilities = self._responsibilities(publisher)
        identifier = self._identifier(agency, code, title)
        if not self._first(identifier, code or title):
            return None
        self._cycles()
        right = self._read("dct:accessRights", "pod:accessLevel", by=lambda term: words.openness(graph, term))
        share = self._read("gir:shareType", by=_share_type)
        issued, modified = (self._date(each) for each in ("dct:issued", "dct:modified"))
        frequency = self._frequency()
        spatial = self._read("dct:spatial", by=lambda term: place(graph, term), keep_it=True)
        modes, platform = self._modes(services)
        held = self._first_of("dcat:contactPoint", "adms:contactPoint")
        asked = contact(graph, held) if held is not None else None
        description = words.best(graph.objects(node, "dct:description", "dc:description", "schema:description"))
        if description is not None:
            self._use(description, "dct:description", "dc:description", "schema:description")
        category = self._category()
        basis = tuple(self._basis(identifier))
        return Resource(
            id=identifier,
            source=self.source,
            place=Place(source=self.report.path, line=None),
            name=title,
            origin=Origin.REGISTERED,
            aliases=tuple(dict.fromkeys(each.value.strip() for each in self._aliases())),
            code=code,
            category=category,
            summary=description.value.strip() if description else None,
            jurisdiction=spatial or (agency.jurisdiction if agency else None),
            responsibilities=responsibilities,
            share_type=share or ShareType.UNDECLARED,
            mode=modes,
            platform=platform,
            formats=self._formats(),
            update_frequency=frequency,
            temporal=words.period(graph, graph.value(node, "dct:temporal", "schema:temporalCoverage")),
            licence=next((found for each in (*self._parts(), node) if (found := words.licence(graph, each))), None),
            open_to_public=right or Openness.UNDECLARED,
            cleared=right is not Openness.CLOSED,
            basis=basis,
            contact=asked,
            issued=issued,
            modified=modified,
            metadata=self._metadata(asked, held),
        )

    def _identifier(self, agency: Agency | None, code: str | None, title: str) -> str:
        """By publisher and identifier, as a sheet's row; by its IRI where either is not said; else by its file."""
        iri = "" if is_blank(self.node) else self.node
        if agency is not None:
            return registered_resource_id(agency.id, code or iri or title)
        return registered_resource_id("", iri) if iri else registered_resource_id(self.source, code or title)

    def _use(self, term: Term, *predicates: str) -> None:
        self.used.update((name(each), term) for each in predicates)

    def _first_of(self, *predicates: str) -> Term | None:
        found = self.graph.value(self.node, *predicates)
        if found is not None:
            self._use(found, *predicates)
        return found

    def _code(self) -> str | None:
        found = self.graph.objects(self.node, "dct:identifier", "dc:identifier", "schema:identifier")
        for each in found:
            plain = each.value.strip() if isinstance(each, Text) else each
            if plain and not plain.startswith("_:"):
                self._use(each, "dct:identifier", "dc:identifier", "schema:identifier")
                return plain
        for each in self.graph.objects(self.node, "adms:identifier"):
            if noted := self.graph.text(each, "skos:notation"):
                return noted.strip() or None
        return None

    def _title(self) -> str | None:
        for predicate in words.NAMES:
            objects = self.graph.objects(self.node, predicate)
            if found := words.best(objects):
                self._use(found, predicate)
                return " ".join(found.value.split())
            if named := next((each for each in objects if isinstance(each, str) and not is_blank(each)), None):
                self.report.add("LITERAL_WANTED", f"{named} stands where its title is wanted", subject=self.node)
        return None

    def _named(self, code: str | None) -> str | None:
        """The rule for a dataset without title: its identifier, else the last step of its IRI, else refused."""
        step = "" if is_blank(self.node) else words.last(self.node)
        found = code or step or None
        self.report.add(
            "NO_TITLE",
            f"the dataset has no title; it is called {found!r}" if found else
            "a dataset has neither title, identifier nor IRI; it is refused",
            subject=self.node,
            severity=Severity.WARNING if found else Severity.ERROR,
            suggestion="give it a dct:title",
        )  # fmt: skip
        return found

    def _first(self, identifier: str, what: str) -> bool:
        held = self.taken.resources.get(identifier)
        if held is None:
            self.taken.resources[identifier] = (self.report.path, self.node)
            return True
        path, node = held
        again = node == self.node and not is_blank(node)
        self.report.add(
            "DATASET_AGAIN" if again else "DUPLICATE_IDENTIFIER",
            f"{path} describes it too, and is read first; this description is left out" if again else
            f"{what!r} is given twice by one publisher; {f'<{node}>' if node else 'what'} in {path} stays",
            subject=self.node,
            severity=Severity.WARNING if again else Severity.ERROR,
            suggestion=None if again else "give each dataset of a publisher its own dct:identifier",
        )  # fmt: skip
        return False

    def _responsibilities(self, publisher: Term | None) -> tuple[Agency | None, tuple[Responsibility, ...]]:
        """Who publishes it provides it, who created it collects it; the catalogue's publisher where none is named."""
        roles: dict[str, list[Role]] = {}
        agencies: dict[str, Agency] = {}
        own = self.graph.value(self.node, "dct:publisher", "dc:publisher", "schema:publisher")
        said = [(own or publisher, Role.PROVIDE)]
        creators = self.graph.objects(self.node, "dct:creator")
        for node, role in [*said, *((each, Role.COLLECT) for each in creators)]:
            if node is None:
                continue
            if (agency := self._agency(node)) is not None:
                self._use(node, "dct:publisher" if role is Role.PROVIDE else "dct:creator")
                agencies[agency.id] = agency
                roles.setdefault(agency.id, []).append(role)
        held = tuple(
            Responsibility(
                agency=each,
                roles=tuple(sorted(dict.fromkeys(found), key=list(Role).index)),
                allocation=Allocation.DECLARED,
                confidence=Confidence.EXPLICIT,
                literal=agencies[each].name,
            )
            for each, found in roles.items()
        )
        first = next((agencies[each] for each, found in roles.items() if Role.PROVIDE in found), None)
        return first, held

    def _agency(self, node: Term) -> Agency | None:
        own = self.taken.own(node) if isinstance(node, str) else None
        if own is not None and (held := self.taken.agencies.get(own)) is not None:
            return self.taken.agents.found.setdefault(own, held)
        return self.taken.agents.agency(self.graph, node, self.report, self.node)

    def _aliases(self) -> Iterator[Text]:
        for each in self.graph.objects(self.node, "dct:alternative", "skos:altLabel", "schema:alternateName"):
            if isinstance(each, Text) and each.value.strip():
                self._use(each, "dct:alternative", "skos:altLabel", "schema:alternateName")
                yield each

    def _read(self, *predicates: str, by: Callable[[Term], T | None], keep_it: bool = False) -> T | None:
        """The first object that means something; one that means nothing is reported and kept as it stands."""
        objects = self.graph.objects(self.node, *predicates)
        for each in objects:
            if (found := by(each)) is not None:
                if not keep_it:
                    self._use(each, *predicates)
                return found
        if objects and not keep_it:
            self._bad(predicates[0], objects[0])
        return None

    def _bad(self, predicate: str, term: Term, suggestion: str | None = None) -> None:
        value = term.value if isinstance(term, Text) else ("a node" if is_blank(term) else term)
        self.report.add(
            "BAD_VALUE",
            f"{predicate} is {value[:200]!r}, which says nothing here; the statement is kept as it stands",
            subject=self.node,
            suggestion=suggestion,
        )

    def _date(self, predicate: str) -> dt.date | None:
        found = self.graph.objects(self.node, predicate, predicate.replace("dct:", "dc:"))
        for each in found:
            if (day := words.date(each)) is not None:
                self._use(each, predicate)
                return day
        if found:
            self._bad(predicate, found[0], "a date is written 2023-04-10, with the datatype xsd:date")
        return None

    def _frequency(self) -> Frequency | None:
        found = self._first_of("dct:accrualPeriodicity", "schema:repeatFrequency")
        return words.frequency(self.graph, found) if found not in (None, words.UNKNOWN) else None

    def _category(self) -> str | None:
        for predicate in ("dcat:theme", "dct:subject", "dc:subject"):
            for each in self.graph.objects(self.node, predicate):
                if isinstance(each, Text):
                    self.report.add(
                        "IRI_WANTED",
                        f"{predicate} {each.value!r} is a literal where a concept is wanted; it is taken as its name",
                        subject=self.node,
                        severity=Severity.INFO,
                    )
                if found := words.label(self.graph, each):
                    return found
        return None

    def _parts(self) -> list[str]:
        return self.graph.iris(self.node, "dcat:distribution", "schema:distribution")

    def _formats(self) -> tuple[Format, ...]:
        found = [words.format_of(self.graph, each) for each in self._parts()]
        return tuple(dict.fromkeys(each for each in found if each is not None))

    def _modes(self, services: Sequence[str]) -> tuple[tuple[ShareMode, ...], str | None]:
        found: dict[ShareMode, None] = {}
        serving = dict.fromkeys(services)
        for each in self.graph.objects(self.node, "dcat:distribution"):
            serving |= dict.fromkeys(self.graph.iris(each, "dcat:accessService"))
            for url in self.graph.objects(each, "dcat:downloadURL"):
                found[ShareMode.FILE_DOWNLOAD] = None
                if isinstance(url, Text):
                    self.report.add(
                        "IRI_WANTED", f"dcat:downloadURL {url.value[:200]!r} is a literal where an IRI is wanted",
                        subject=self.node, severity=Severity.INFO,
                    )  # fmt: skip
        if serving:
            found[ShareMode.SERVICE_INTERFACE] = None
        return tuple(sorted(found, key=list(ShareMode).index)), next(
            (title for each in serving if (title := words.label(self.graph, each))), None
        )

    def _basis(self, identifier: str) -> Iterator[Citation]:
        """The law it rests on: our own IRIs and the numbers and titles of texts held become links.

        What another catalogue calls the law stays among its statements, whether the text is held or comes later.
        """
        told: set[str] = set()
        for each in self.graph.objects(self.node, "dcatap:applicableLegislation"):
            citation = self.taken.cite(self.graph, each)
            if citation.regulation is not None and isinstance(each, str) and self.taken.own(each) is not None:
                self._use(each, "dcatap:applicableLegislation")
            elif citation.regulation is None and citation.text not in told:
                told.add(citation.text)
                self.report.add(
                    CODE,
                    f"no loaded text is called {citation.text!r}; the words are kept",
                    subject=self.node,
                    severity=Severity.INFO,
                    suggestion="load the regulation too",
                    about=doubt(identifier, citation),
                )
            yield citation

    def _cycles(self) -> None:
        """A dataset that is part of itself, by however many steps, is said to be; the statements are kept."""
        seen, above = set(), [self.node]
        while above:
            node = above.pop()
            for each in [one for predicate in _UP for one in self.graph.iris(node, predicate)]:
                if each == self.node:
                    self.report.add(
                        "PART_OF_ITSELF", "by dct:isPartOf and dcat:inSeries it is a part of itself", subject=self.node
                    )
                    return
                if each not in seen:
                    seen.add(each)
                    above.append(each)

    def _metadata(self, asked: str | None, contact_node: Term | None) -> tuple[MetadataValue, ...]:
        if isinstance(contact_node, str) and (asked is None or not self._plain(contact_node)):
            self.used.discard((name("dcat:contactPoint"), contact_node))
        type_ = name("rdf:type")

        def wanted(predicate: str, term: Term) -> bool:
            return (predicate, term) not in self.used and not (predicate == type_ and term in _CLASSES)

        found = Keeper(self.graph, self.node, self.report).keep(wanted)
        if is_blank(self.node):
            return found
        return (*found, keep(Kept(predicate=DERIVED, value=self.node)))

    def _plain(self, node: str) -> bool:
        told = {name(each) for each in ("rdf:type", "vcard:fn", "vcard:hasEmail", "vcard:hasTelephone", "foaf:name")}
        return all(predicate in told for predicate, _ in self.graph.statements(node))


def _share_type(term: Term) -> ShareType | None:
    step = words.last(term) if isinstance(term, str) else term.value
    return next((each for each in ShareType if SHARE_TYPE[each] == step), None)
