"""Code that starts jobs through the clients of clouds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Link

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("code", "targets"),
    [
        (
            'from google.cloud import run_v2\nrun_v2.JobsClient().run_job(name=f"projects/{p}/locations/{r}/jobs/train")\n',
            [("google_cloud_run_v2_job/train",)],
        ),
        (
            'import boto3\nboto3.client("batch").submit_job(jobName="j", jobQueue="q", jobDefinition="train:3")\n',
            [("aws_batch_job_definition/train",)],
        ),
        (
            'import boto3\nboto3.client("ecs").run_task(cluster="c", taskDefinition="train")\n',
            [("aws_ecs_task_definition/train",)],
        ),
        ('import boto3\nboto3.client("batch").submit_job(jobDefinition=name)\n', []),
        ('from google.cloud import run_v2\nrun_v2.JobsClient().run_job(name=f"{parent}/jobs/{name}")\n', []),
        ('from google.cloud import run_v2\nrun_v2.JobsClient().get_job(name="jobs/train")\n', []),
    ],
    ids=["cloud-run", "batch", "ecs", "not-known", "not-filled", "looks-at-it"],
)
def test_a_client_starts_the_job_that_it_names(
    code: str, targets: list[tuple[str]], stated: Callable[..., list[Any]]
) -> None:
    assert stated("jobs.py", code, Link, "target") == targets
