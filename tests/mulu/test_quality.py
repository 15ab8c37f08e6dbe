"""``mulu check --quality``."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from catalog.errors import BadInput
from graph.rdf.quality import METRICS, MOST, Dimension, Score
from mulu import quality


def test_the_score_is_told_in_sum_and_per_record(store, tmp_path, capsys):
    target = tmp_path / "scores.csv"
    assert quality.check_quality([], online=False, output=target, as_json=True, store=store) == 0
    found = json.loads(capsys.readouterr().out)
    (lowest,) = found["lowest"]
    assert (found["records"], found["most"], found["average"]) == (1, MOST, lowest["total"])
    assert sum(each["points"] for each in lowest["lost"]) == MOST - lowest["total"]
    assert [each["metric"] for each in found["lost"]] and sum(d["most"] for d in found["dimensions"]) == MOST
    with target.open(encoding="utf-8") as lines:
        (row,) = csv.DictReader(lines)
    assert (row["dataset"], row["total"]) == (lowest["dataset"], str(lowest["total"]))


def test_people_read_what_lost_points_would_take(store, capsys):
    quality.check_quality([], online=False, output=None, as_json=False, store=store)
    text = capsys.readouterr().out
    assert "1 records, on average" in text
    assert "say which period it covers" in text
    assert "--online asks them" in text


def test_an_empty_store_is_refused(tmp_path):
    with pytest.raises(BadInput, match="is empty"):
        quality.check_quality([], online=False, output=None, as_json=True, store=str(tmp_path / "none.db"))


def test_breaking_a_shape_costs_compliance(store, tmp_path, capsys):
    shape = "<urn:s> a sh:NodeShape ; sh:targetClass dcat:Dataset ; sh:property [ sh:path dct:title ; sh:maxCount 0 ] ."
    (tmp_path / "own.ttl").write_text(shape, encoding="utf-8")
    quality.check_quality([tmp_path], online=False, output=None, as_json=True, store=store)
    assert "dcatApCompliance" in {each["metric"] for each in json.loads(capsys.readouterr().out)["lost"]}


def test_few_scores_are_held_however_many_there_are():
    tally = quality.Tally()
    for number in range(100):
        tally.take(Score(f"urn:{number}", {**dict.fromkeys(Dimension, 0), Dimension.FINDABILITY: number}, ()))
    found = tally.document()
    assert [each["dataset"] for each in found["lowest"]] == [f"urn:{n}" for n in range(quality.LOWEST)]
    assert (found["records"], found["average"]) == (100, 49.5)


class _Answers(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        self.send_response(200 if self.path == "/there" else 404)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Answers)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(("path", "there"), [("/there", True), ("/gone", False)])
def test_addresses_are_asked_whether_they_answer(site, path, there):
    assert quality.answers(f"{site}{path}") is there


@pytest.mark.parametrize("address", ["file:///etc/passwd", "mailto:a@example.cn", "http://127.0.0.1:1/", "http://"])
def test_what_cannot_be_asked_does_not_answer(address):
    assert not quality.answers(address)


def test_every_metric_of_the_command_is_one_of_the_methodology():
    assert len({metric.name for metric in METRICS}) == len(METRICS) == 23
