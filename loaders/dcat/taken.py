"""What the documents of one load have given so far, and the law that they may rest on."""

from __future__ import annotations

from dataclasses import dataclass, field

from catalog.agency import Agency
from catalog.text import fold
from catalog.value import Citation
from loaders.dcat import words
from loaders.dcat.agents import Agents
from loaders.dcat.graph import Graph, Term
from loaders.known import Known


@dataclass(slots=True)
class Taken:
    """What a load has so far: ``resources`` by identifier with the path and node that gave them; agencies.

    ``base`` is where our own IRIs start, under which another catalogue may name what is held here.
    """

    known: Known
    base: str
    resources: dict[str, tuple[str, str]] = field(default_factory=dict)
    agents: Agents = field(init=False)
    agencies: dict[str, Agency] = field(init=False)
    _titles: dict[str, str] = field(init=False)
    _numbers: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.agents = Agents(self.known)
        self.agencies = {each.id: each for found in self.known.agencies.values() for each in found}
        self._titles = {each.id: each.title for each in self.known.texts.by_id.values()}
        self._numbers = {fold(each.number): each.id for each in self.known.texts.by_id.values() if each.number}

    def own(self, iri: str) -> str | None:
        """The identifier that one of our own IRIs stands for."""
        return iri.removeprefix(f"{self.base}id/") if iri.startswith(f"{self.base}id/") else None

    def cite(self, graph: Graph, term: Term) -> Citation:
        """A law that is named by our own IRI, its number (eli:id_local) or its title; else the words alone."""
        label = words.label(graph, term) or str(term)
        own = self.own(term) if isinstance(term, str) else None
        if own is not None:
            regulation = own.partition(".")[0]
            if regulation in self._titles and (own == regulation or own in self.known.texts.provisions):
                return Citation(text=label, provision=own if own != regulation else None, regulation=regulation)
        if (found := self._numbers.get(fold(graph.text(term, "eli:id_local") or ""))) is not None:
            return Citation(text=label, regulation=found)
        return self.known.texts.cite(label)
