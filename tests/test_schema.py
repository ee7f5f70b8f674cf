from __future__ import annotations

import msgspec
import pytest
import tomli
from jsonschema import Draft202012Validator, ValidationError

from mlops_scan import catalogue, schema


def test_the_schema_on_disk_is_the_generated_one() -> None:
    assert schema.FILE.read_text(encoding="utf-8") == schema.render()


def test_built_in_tool_files_answer_the_schema_and_point_to_it() -> None:
    validator = Draft202012Validator(msgspec.json.decode(schema.render()))
    files = sorted(catalogue.built_in().glob("*.toml"))
    for file in files:
        text = file.read_text(encoding="utf-8")
        validator.validate(tomli.loads(text))
        assert text.startswith("#:schema ../mlops_scan/detector.schema.json\n"), file.name
    assert len(files) >= 60


def test_the_schema_refuses_unknown_fields() -> None:
    validator = Draft202012Validator(msgspec.json.decode(schema.render()))
    tool = tomli.loads((catalogue.built_in() / "mlflow.toml").read_text(encoding="utf-8"))
    with pytest.raises(ValidationError):
        validator.validate({**tool, "plugin": "mlflow"})
