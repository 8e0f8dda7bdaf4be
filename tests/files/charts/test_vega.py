"""The Vega-Lite form: JSON with the figures of the chart in it, and nothing fetched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from goldthread.files.charts.model import Chart
from goldthread.files.charts.spark import sparkline
from goldthread.files.charts.vega import SCHEMA, vega
from tests.files.charts.samples import burglary, districts, gaps, homicides, ranking, shoplifting

CHARTS: dict[str, Chart] = {
    "burglary": burglary(),
    "shoplifting": shoplifting(),
    "gaps": gaps(),
    "sparkline": sparkline(burglary()),
    "homicides": homicides(),
    "ranking": ranking(9),
    "districts": districts(),
}


def _within(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _within(child)


@pytest.mark.parametrize("name", CHARTS)
def test_it_is_json_that_holds_all_it_needs(name: str) -> None:
    made = json.loads(json.dumps(vega(CHARTS[name]), allow_nan=False))
    assert made["$schema"] == SCHEMA
    assert made["title"] == CHARTS[name].title
    parts = list(_within(made))
    assert not any("url" in part for part in parts)
    assert any("values" in part.get("data", {}) for part in parts)
    fields = {part["field"] for part in parts if "field" in part}
    keys = {key for part in parts for row in part.get("data", {}).get("values", ()) for key in row}
    assert fields <= keys


def test_every_period_is_there_with_what_is_missing_left_empty() -> None:
    rows = vega(gaps())["data"]["values"]
    assert len(rows) == len(gaps().points)
    assert {row["value"] is None for row in rows if row["stated"] != "value"} == {True}
    assert {row["stated"] for row in rows} == {"value", "missing", "suppressed"}
