"""Whole small repositories, judged by hand before any scan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mlops_scan.reports.assessments import json as json_report
from mlops_scan.scan import assess

FIXTURES = sorted(path.parent for path in (Path(__file__).parent.parent / "fixtures").glob("*/expected.json"))


def report(fixture: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(json_report.render(assess(str(fixture / "repo"))))
    return content


def places(capability: dict[str, Any]) -> set[str]:
    """Return every place that proves a capability: evidence and the steps of its chains."""
    shown = [place for found in capability["evidence"] for place in (found, *found["chain"])]
    return {f"{place['path']}:{place['line']}" for place in shown}


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.name)
def test_a_fixture_is_judged_as_by_hand(fixture: Path) -> None:
    expected = json.loads((fixture / "expected.json").read_text(encoding="utf-8"))
    found = report(fixture)
    capabilities = {capability["id"]: capability for capability in found["capabilities"]}
    present = {name for name, capability in capabilities.items() if capability["status"] == "present"}
    assert present == set(expected["present"]), expected["why"]
    for name, proofs in expected["present"].items():
        assert set(proofs) <= places(capabilities[name]), name
    assert (found["kind"], found["level"]) == (expected["kind"], expected["level"])
    assert [gap["capabilities"][0] for gap in found["gaps"]] == expected["gaps"]
    assert set(expected["diagnostics"]) == {diagnostic["path"] for diagnostic in found["diagnostics"]}


def test_there_are_fixtures_of_every_level_and_many_traps() -> None:
    levels = {json.loads((fixture / "expected.json").read_text(encoding="utf-8"))["level"] for fixture in FIXTURES}
    assert levels == {0, 1, 2, 3, 4, None}
    assert len(FIXTURES) >= 14
