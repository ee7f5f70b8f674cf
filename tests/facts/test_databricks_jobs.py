"""Jobs that dbx deploys, by what its deployment files say of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mlops_scan.facts.kinds import Link, Unit

if TYPE_CHECKING:
    from collections.abc import Callable

_JOBS = '{"jobs": [{"name": "churn", "spark_python_task": {"python_file": "file://churn/train.py"}}]}'


def test_environments_were_top_keys_before_they_had_a_key(stated: Callable[..., list[Any]]) -> None:
    for text in (f'{{"environments": {{"default": {_JOBS}}}}}', f'{{"default": {_JOBS}}}'):
        assert stated("conf/deployment.json", text, Unit, "name", "alias") == [("churn", "databricks/churn")]
        assert stated("conf/deployment.json", text, Link, "target", "unit") == [("churn/train.py", "churn")]


def test_top_keys_of_other_files_are_no_environments(stated: Callable[..., list[Any]]) -> None:
    assert stated("conf/settings.json", f'{{"default": {_JOBS}}}', Unit) == []
