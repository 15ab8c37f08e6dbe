"""Conditions: every duty, permission, prohibition and definition of a text, in ODRL's shape."""

from loaders.regulation.conditions.rules import conditions

__all__ = ["conditions"]
