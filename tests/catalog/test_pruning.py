"""A record without references to what is nowhere."""

from __future__ import annotations

from hypothesis import given

from catalog.changes import references
from catalog.pruning import without
from catalog.records import Field, Resource
from catalog.value import Citation, Responsibility
from catalog.vocabulary import Allocation, Confidence, Origin, Role
from tests.catalog.strategies import any_record

HELD = Responsibility(
    agency="org/a", roles=(Role.PROVIDE,), allocation=Allocation.SINGLE, confidence=Confidence.HIGH, literal="甲",
    citation=Citation(text="第一条", provision="law/x.a1", regulation="law/x"),
)  # fmt: skip
RESOURCE = Resource(
    id="resource/r-1",
    name="名",
    origin=Origin.REGISTERED,
    responsibilities=(HELD,),
    fulfils=("resource/1", "resource/2"),
)
FIELD = Field(id="field/1", resource="resource/r-1", position=1, name="项", text="项", data_element="element/1")


@given(any_record())
def test_nothing_of_what_is_gone_is_named(record):
    assert without(record, ()) == record
    for gone in references([record]):
        left = without(record, {gone})
        assert left is None or gone not in references([left])
        assert left is None or left.id == record.id


def test_what_may_be_missing_is_left_out():
    left = without(RESOURCE, {"law/x.a1", "resource/1"})
    assert isinstance(left, Resource)
    assert (left.fulfils, left.responsibilities[0].citation) == (
        ("resource/2",),
        Citation(text="第一条", regulation="law/x"),
    )


def test_a_value_goes_with_what_it_must_have():
    left = without(RESOURCE, {"org/a"})
    assert isinstance(left, Resource)
    assert left.responsibilities == ()


def test_a_record_goes_with_what_it_must_have():
    assert without(FIELD, {"resource/r-1"}) is None
    left = without(FIELD, {"element/1"})
    assert isinstance(left, Field)
    assert left.data_element is None
