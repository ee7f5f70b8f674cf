"""Jobs of a cloud that code starts through its client, by the name that the cloud knows them by.

Sources: https://cloud.google.com/python/docs/reference/run/latest/google.cloud.run_v2.types.RunJobRequest and
https://boto3.amazonaws.com/v1/documentation/api/latest/reference/services/batch/client/submit_job.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.flows.stated import Stated
    from mlops_scan.facts.kinds import Fact

# calls that start a job: the argument that names it, and the type of resource that declares it
_JOBS = {
    "google.cloud.run_v2.RunJobRequest": ("name", "google_cloud_run_v2_job"),
    "google.cloud.run_v2.types.RunJobRequest": ("name", "google_cloud_run_v2_job"),
    "google.cloud.run_v2.JobsClient.run_job": ("name", "google_cloud_run_v2_job"),
    "google.cloud.run_v2.JobsAsyncClient.run_job": ("name", "google_cloud_run_v2_job"),
    "boto3.client.submit_job": ("jobDefinition", "aws_batch_job_definition"),
    "boto3.client.run_task": ("taskDefinition", "aws_ecs_task_definition"),
}


def facts(stated: Stated) -> Iterator[Fact]:
    """Yield the links from code to the jobs that it starts; what only the run knows names none."""
    for call in stated.calls:
        argument, kind = _JOBS.get(call.name, ("", ""))
        # an address ends in the name, and a revision stands behind it
        name = call.arguments.get(argument, "").rpartition("/")[2].partition(":")[0]
        if name and not name.startswith(".") and "{" not in name and "…" not in name:
            yield Link(line=call.line, kind="resource", target=f"{kind}/{name}", unit=call.unit)
