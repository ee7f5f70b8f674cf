"""Jobs that are deployed to Databricks by names that a deployment file has, or has not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.chains import Graph

JOBS = (
    "environments:\n  prod:\n    jobs:\n      - name: scoring\n"
    "        spark_python_task: {python_file: 'file://churn/score.py'}\n"
)
SCORE = "import mlflow\n\nmodel = mlflow.pyfunc.load_model('models:/churn/1')\nmodel.predict([1])\n"
CI = "on: {push: {tags: ['v*']}}\njobs:\n  release:\n    runs-on: ubuntu-latest\n    steps:\n      - run: "


@pytest.mark.parametrize(
    ("run", "more", "present"),
    [
        ("dbx deploy", {}, True),
        ("dbx deploy scoring --environment prod", {}, True),
        ("dbx deploy --jobs=scoring,report", {}, True),
        ("dbx deploy --deployment-file conf/deployment.yml", {}, True),
        ("dbx deploy $JOB", {}, True),
        ("dbx deploy churn-sample-etl", {}, False),  # the name that a template had
        ("dbx deploy --jobs=churn-sample-etl -e prod", {}, False),
        ("dbx deploy churn-sample-etl", {"conf/jobs.yml.j2": "{{ jobs }}"}, True),  # not read, so not known
    ],
)
def test_a_job_is_deployed_where_one_has_that_name(
    run: str, more: dict[str, str], present: bool, graph: Callable[[dict[str, str]], Graph]
) -> None:
    files = {".github/workflows/release.yml": f"{CI}{run}\n", "conf/deployment.yml": JOBS, "churn/score.py": SCORE}
    acts = graph({**files, **more}).acts.values()
    assert any(found.act == "deploys" for each in acts for found in each) is present
