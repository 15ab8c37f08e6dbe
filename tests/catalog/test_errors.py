from __future__ import annotations

import inspect

import pytest

from catalog import errors
from catalog.errors import BadInput, CalendarUnknown, InvalidChangeSet, MuluError, TooCostly, TooDeep, Unavailable
from catalog.issue import Issue
from catalog.vocabulary import Severity

OWN = [found for _, found in inspect.getmembers(errors, inspect.isclass) if found.__module__ == errors.__name__]
CLASSES: list[type[MuluError]] = [found for found in OWN if issubclass(found, MuluError)]
CODES = {"BAD_INPUT", "NOT_FOUND", "TOO_COSTLY", "TOO_DEEP", "TIMEOUT", "UNAVAILABLE", "CURSOR_EXPIRED"}


def test_one_root():
    assert set(OWN) == set(CLASSES)


def test_codes_are_those_of_the_contract_each_of_one_class():
    own = [found for found in CLASSES if "code" in vars(found) and found is not MuluError]
    assert {found.code for found in own} == CODES
    assert len({found.code for found in own}) == len(own)


@pytest.mark.parametrize(
    "found", [found for found in CLASSES if found is not MuluError], ids=lambda found: found.__name__
)
def test_the_drawing_of_the_tree_shows_every_class_with_its_code(found):
    drawing = errors.__doc__ or ""
    (line,) = [line for line in drawing.splitlines() if f" {found.__name__} " in line]
    assert found.code in line.split()
    assert line.index("─ ") > 4 or MuluError in (found.__base__, TooCostly)


@pytest.mark.parametrize(
    ("error", "more"),
    [
        (BadInput("m", suggestion="s"), {"suggestion": "s"}),
        (TooCostly("m", cost=2, limit=1), {"cost": 2, "limit": 1, "suggestion": None}),
        (TooDeep("m", cost=2, limit=1), {"cost": 2, "limit": 1}),
        (Unavailable("m"), {"retryable": True}),
        (InvalidChangeSet("m", issues=[Issue(id="issue/a", code="A", severity=Severity.ERROR, message="m")]), {}),
    ],
)
def test_errors_say_what_and_what_to_do(error, more):
    assert (str(error), error.message) == ("m", "m")
    assert {name: getattr(error, name) for name in more} == more


def test_only_an_unreachable_store_is_worth_asking_again():
    assert [found for found in CLASSES if found.retryable] == [Unavailable]


def test_a_year_that_the_calendar_does_not_know_is_named():
    error = CalendarUnknown(2030, first=2004, last=2026)
    assert error.year == 2030
    assert "2004 to 2026, not 2030" in error.message
    assert error.suggestion
