"""Made-up rules for the tests of assignments, and a view of what was read from them."""

from __future__ import annotations

from dataclasses import dataclass

from opencc import OpenCC

from catalog.agency import Agency
from catalog.data_element import DataElement
from catalog.field import Field
from catalog.regulation import Regulation
from catalog.resource import Resource
from catalog.value import Jurisdiction
from catalog.vocabulary import RegulationKind
from loaders.regulation.assignments import assignments
from loaders.regulation.document import parse
from loaders.regulation.extract import Extract
from loaders.regulation.tree import Reading

PLACE = Jurisdiction(code="990100", name="示例市")
REGULATION = Regulation(
    id="law/990100-2020-example",
    title="示例市信息共享办法",
    short_title="示例办法",
    regulation_kind=RegulationKind.RULE,
    jurisdiction=PLACE,
)


def reading(text: str) -> Reading:
    """A reading of a source that is the text itself."""
    return Reading(text=text, offsets=tuple(range(len(text) + 1)))


def traditional(text: str) -> str:
    return str(OpenCC("s2t").convert(text))


@dataclass(frozen=True)
class Rule:
    """A rule that was read: its source and what the assignments of its first act are."""

    source: str
    extract: Extract

    @property
    def resources(self) -> list[Resource]:
        return [record for record in self.extract.records if isinstance(record, Resource)]

    @property
    def elements(self) -> list[DataElement]:
        return [record for record in self.extract.records if isinstance(record, DataElement)]

    @property
    def agencies(self) -> dict[str, Agency]:
        return {record.id: record for record in self.extract.records if isinstance(record, Agency)}

    @property
    def codes(self) -> list[str]:
        return [issue.code for issue in self.extract.issues]

    def fields(self, resource: Resource | None = None) -> list[Field]:
        wanted = resource or self.resources[0]
        found = [record for record in self.extract.records if isinstance(record, Field)]
        return sorted((field for field in found if field.resource == wanted.id), key=lambda field: field.position)

    def names(self, resource: Resource | None = None) -> list[str]:
        return [field.name for field in self.fields(resource)]

    def parties(self, resource: Resource | None = None) -> list[tuple[str, str, str]]:
        """Agency, allocation, confidence of a resource's responsibilities."""
        held = (resource or self.resources[0]).responsibilities
        return [(self.agencies[one.agency].name, one.allocation.value, one.confidence.value) for one in held]


def rule(*articles: str, before: str = "", script: str = "simplified") -> Rule:
    """Reads articles (without their numbers) as the second and later articles of a made-up rule."""
    numbered = [f"第{number}条 {text}" for number, text in zip("二三四五六七八九", articles, strict=False)]
    parts = ["示例市信息共享办法", before, "第一条 为了规范信息共享，制定本办法。", *numbered]
    source = "\n\n".join(part for part in parts if part)
    source = traditional(source) if script == "traditional" else source
    document, _ = parse(source, "example.txt")
    (act,) = document.acts
    return Rule(source, assignments(act, REGULATION, "source/example", "example.txt", source=source))
