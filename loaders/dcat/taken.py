"""What the documents of one load have given so far, and the law that they may rest on."""

from __future__ import annotations

from dataclasses import dataclass, field

from catalog.agency import Agency
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

    def __post_init__(self) -> None:
        self.agents = Agents(self.known)
        self.agencies = {each.id: each for found in self.known.agencies.values() for each in found}

    def own(self, iri: str) -> str | None:
        """The identifier that one of our own IRIs stands for."""
        return iri.removeprefix(f"{self.base}id/") if iri.startswith(f"{self.base}id/") else None

    def cite(self, graph: Graph, term: Term) -> Citation:
        """A law that is named by our own IRI, its number (eli:id_local) or its title; else the words alone.

        The words are its title, else its number, else its IRI: by them it is found once the law is there.
        """
        texts, number = self.known.texts, graph.text(term, "eli:id_local") or ""
        label = words.label(graph, term) or number.strip() or str(term)
        own = self.own(term) if isinstance(term, str) else None
        if own is not None:
            regulation = own.partition(".")[0]
            if regulation in texts.by_id and (own == regulation or own in texts.provisions):
                return Citation(text=label, provision=own if own != regulation else None, regulation=regulation)
        return texts.numbered(label, number)
