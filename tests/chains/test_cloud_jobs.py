"""Jobs of Cloud Run by the command lines that make and start them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan.chains import Node

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.chains import Graph

JOB = Node("make.sh", "google_cloud_run_v2_job/retrain")
FILES = {
    "Dockerfile": "FROM python:3.12\nCMD python train.py\n",
    "other/Dockerfile": "FROM python:3.12\nCMD python serve.py\n",
    "train.py": "print(1)\n",
    "serve.py": "print(2)\n",
}


@pytest.mark.parametrize(
    ("script", "runs"),
    [
        ("docker build -t eu/trainer:1 .\ngcloud run jobs create retrain --image eu/trainer:2\n", {"Dockerfile"}),
        ("gcloud run jobs deploy retrain --source other --region eu\n", {"other/Dockerfile"}),
        ("gcloud run jobs deploy --region eu retrain --source .\n", {"Dockerfile"}),
        ("gcloud run jobs deploy retrain --image eu/any --command python --args serve.py\n", {"serve.py"}),
        (
            'gcloud builds submit --tag "$TAG" other\ngcloud run jobs deploy retrain --image "$TAG"\n',
            {"other/Dockerfile"},
        ),
        ("gcloud builds submit --tag eu/trainer\ngcloud run jobs deploy retrain --image eu/other\n", set()),
        ("docker build -t $A .\ndocker build -t $B other\ngcloud run jobs deploy retrain --image $C\n", set()),
        ("docker build -t eu/trainer .\ngcloud run jobs describe retrain\n", set()),
    ],
    ids=["image", "source", "option-first", "command", "variable", "other-image", "which-of-two", "looks-at-it"],
)
def test_a_job_runs_the_image_that_it_is_made_of(
    script: str, runs: set[str], graph: Callable[[dict[str, str]], Graph]
) -> None:
    edges = graph({**FILES, "make.sh": script}).edges.get(JOB, ())
    assert {edge.target.path for edge in edges} == runs


@pytest.mark.parametrize(
    ("run", "starts"),
    [
        ("gcloud run jobs execute retrain --wait", True),
        ("gcloud run jobs deploy retrain --image eu/trainer --execute-now", True),
        ("gcloud run jobs deploy retrain --image eu/trainer", False),
        ("gcloud run jobs execute report", False),
    ],
)
def test_a_command_starts_the_job_that_it_names(
    run: str, starts: bool, graph: Callable[[dict[str, str]], Graph]
) -> None:
    made = "gcloud run jobs create retrain --source .\n"
    edges = graph({**FILES, "make.sh": made, "start.sh": f"{run}\n"}).edges.get(Node("start.sh", ""), ())
    assert (JOB in {edge.target for edge in edges}) is starts


def test_a_job_that_infrastructure_declares_is_the_one_that_a_command_updates(
    graph: Callable[[dict[str, str]], Graph],
) -> None:
    declared = 'resource "google_cloud_run_v2_job" "train" {\n  name = "retrain"\n}\n'
    commands = {
        "a.sh": "gcloud run jobs update retrain --image eu/trainer:2\n",
        "b.sh": "gcloud run jobs execute retrain\n",
    }
    edges = graph({**FILES, **commands, "infra/main.tf": declared}).edges.get(Node("b.sh", ""), ())
    assert [edge.target.path for edge in edges] == ["infra/main.tf"]
