"""Runs the real gather stage of ckanext-dcat's harvester, without CKAN's database.

Run by CKAN's own Python (``python3 chores.py ckan``): ``ckan_harvest.py URL``, the objects of the last harvest as JSON
(guid → package id) on standard input; on standard output what this one makes of the catalogue. The harvester, its HTTP
client, its parser and its decision what to delete are the real ones; harvest objects and the session are stand-ins.
"""

from __future__ import annotations

import json
import sys
from types import SimpleNamespace
from typing import Any


class Query:
    """The one query of the gather stage: the current objects of the source."""

    def __init__(self, rows: list[tuple[str, str]]) -> None:
        self.rows = rows

    def filter(self, *_: Any) -> Query:
        return self

    def filter_by(self, **_: Any) -> Query:
        return self

    def update(self, *_: Any) -> None:
        pass

    def __iter__(self) -> Any:
        return iter(self.rows)


class Object:
    """A harvest object that is kept in a list."""

    guid = package_id = current = harvest_source_id = None
    made: list[Object] = []  # noqa: RUF012 - the list of this run

    def __init__(
        self, guid: str, job: Any, content: str | None = None, package_id: str | None = None, extras: Any = ()
    ):
        self.guid, self.content, self.extras, self.id = guid, content, list(extras), guid

    def save(self) -> None:
        Object.made.append(self)


def main(url: str, held: dict[str, str]) -> dict[str, Any]:
    from ckan.common import config
    from ckan.lib.navl.dictization_functions import Invalid
    from ckan.logic.validators import tag_length_validator, tag_name_validator
    from ckanext.dcat.harvesters import rdf

    config["ckan.site_url"] = "http://ckan.example"
    errors: list[str] = []
    rows = list(held.items())
    stand_in: Any = rdf
    package = SimpleNamespace(get=lambda _: SimpleNamespace(owner_org="org", url=url))
    stand_in.model = SimpleNamespace(Package=package, Session=SimpleNamespace(query=lambda *_: Query(rows)))
    stand_in.HarvestObject = Object
    stand_in.HarvestObjectExtra = lambda key, value: SimpleNamespace(key=key, value=value)
    harvester = rdf.DCATRDFHarvester()
    harvester._save_gather_error = lambda message, _: errors.append(str(message))
    stand_in.DCATRDFHarvester._ensure_name_is_unique = staticmethod(lambda ideal_name, *_, **__: ideal_name)
    job = SimpleNamespace(source=SimpleNamespace(id="source", url=url, config=None))
    harvester.gather_stage(job)
    datasets = {each.guid: json.loads(each.content) for each in Object.made if each.content}
    for dataset in datasets.values():
        for tag in dataset.get("tags", ()):
            try:
                tag_name_validator(tag_length_validator(tag["name"], {}), {})
            except Invalid as invalid:
                errors.append(str(invalid))
    deleted = [each.guid for each in Object.made if any(extra.value == "delete" for extra in each.extras)]
    gathered = sum(1 for each in Object.made if each.content)
    return {"datasets": datasets, "gathered": gathered, "deleted": deleted, "errors": errors}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], json.load(sys.stdin)), ensure_ascii=False))
