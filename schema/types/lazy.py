"""The record types by name, for modules that refer to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

import strawberry

if TYPE_CHECKING:
    from schema.types.agency import Agency
    from schema.types.condition import Clock, Condition
    from schema.types.correspondence import Correspondence
    from schema.types.data_element import DataElement
    from schema.types.demand import Demand
    from schema.types.field import Field
    from schema.types.gap import Gap
    from schema.types.impact import Impact
    from schema.types.provision import Provision
    from schema.types.regulation import Regulation
    from schema.types.resource import Resource

AgencyType: TypeAlias = Annotated["Agency", strawberry.lazy("schema.types.agency")]
ClockType: TypeAlias = Annotated["Clock", strawberry.lazy("schema.types.condition")]
ConditionType: TypeAlias = Annotated["Condition", strawberry.lazy("schema.types.condition")]
CorrespondenceType: TypeAlias = Annotated["Correspondence", strawberry.lazy("schema.types.correspondence")]
DataElementType: TypeAlias = Annotated["DataElement", strawberry.lazy("schema.types.data_element")]
DemandType: TypeAlias = Annotated["Demand", strawberry.lazy("schema.types.demand")]
FieldType: TypeAlias = Annotated["Field", strawberry.lazy("schema.types.field")]
GapType: TypeAlias = Annotated["Gap", strawberry.lazy("schema.types.gap")]
ImpactType: TypeAlias = Annotated["Impact", strawberry.lazy("schema.types.impact")]
ProvisionType: TypeAlias = Annotated["Provision", strawberry.lazy("schema.types.provision")]
RegulationType: TypeAlias = Annotated["Regulation", strawberry.lazy("schema.types.regulation")]
ResourceType: TypeAlias = Annotated["Resource", strawberry.lazy("schema.types.resource")]
