from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from mlops_scan import model, report_schema, scan
from mlops_scan.reports.assessments import json as json_report
from tests.reports.samples import ASSESSMENTS, FEW

if TYPE_CHECKING:
    from mlops_scan.assessment import Assessment

FIXTURES = sorted(path.parent for path in (Path(__file__).parent.parent / "fixtures").glob("*/expected.json"))
SCHEMA: dict[str, Any] = json.loads(report_schema.render())
VALIDATOR = Draft202012Validator(SCHEMA)


def test_the_schema_in_the_documentation_is_the_generated_one() -> None:
    assert report_schema.FILE.read_text(encoding="utf-8") == report_schema.render()
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.name)
def test_the_report_of_every_fixture_answers_the_schema(fixture: Path) -> None:
    VALIDATOR.validate(json.loads(json_report.render(scan.assess(str(fixture / "repo")))))


@pytest.mark.parametrize("name", model.names())
def test_a_report_by_any_model_answers_the_schema(name: str) -> None:
    found = scan.assess(str(FIXTURES[0] / "repo"), scan.Options(model=model.load(name)))
    VALIDATOR.validate(json.loads(json_report.render(found)))


@FEW
@given(ASSESSMENTS)
def test_whatever_a_repository_holds_its_report_answers_the_schema(found: Assessment) -> None:
    VALIDATOR.validate(json.loads(json_report.render(found)))


def test_each_key_is_demanded_in_its_type_and_more_are_allowed() -> None:
    report = json.loads(json_report.render(scan.assess(str(FIXTURES[0] / "repo"))))
    assert set(SCHEMA["$defs"]["Report"]["required"]) == set(report)
    for key in report:
        assert not VALIDATOR.is_valid({name: value for name, value in report.items() if name != key}), key
        assert not VALIDATOR.is_valid({**report, key: 1.5}), key
    answer = {**report["capabilities"][0], "status": 7}
    assert not VALIDATOR.is_valid({**report, "capabilities": [answer]})
    assert VALIDATOR.is_valid({**report, "added_later": True})
