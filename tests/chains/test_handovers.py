from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.chains import Graph

TRAIN = "trigger: [master]\npool: {vmImage: ubuntu-latest}\nsteps:\n- script: python train.py\n"
PUBLISHES = "- publish: model.json\n  artifact: model\n"
TASK = "- task: PublishPipelineArtifact@1\n  inputs: {targetPath: model.json, artifact: model}\n"
DEPLOY = """\
trigger: none
resources:
  pipelines:
  - {pipeline: training, source: Churn-42, trigger: true}
pool: {vmImage: ubuntu-latest}
steps:
- script: az ml online-deployment create --file deployment.yml
"""
NAMED = "- download: training\n  artifact: model\n"
UNNAMED = "- download: training\n- script: cat bin/model/model.json\n"


def deploys_after_training(graph: Graph) -> bool:
    starts = [start for start in graph.starts if start.step.path == "train.yml"]
    found = [reached for start in starts for reached in graph.reach(start.nodes, (), start.event)]
    return "deploys" in {reached.evidence.act for reached in found}


@pytest.mark.parametrize(
    ("others", "download", "joined"),
    [
        ({}, NAMED, True),
        ({}, UNNAMED, True),
        ({"train.yml": TRAIN + TASK}, NAMED, True),
        ({"train.yml": TRAIN}, NAMED, False),  # leaves nothing
        ({"tune.yml": TRAIN + PUBLISHES}, NAMED, False),  # one of the two is meant, and nothing says which
        ({"image.yml": TRAIN + "- publish: image.txt\n  artifact: image\n"}, NAMED, True),
        ({}, "- download: current\n  artifact: model\n", False),  # of its own run
        ({}, "- download: training\n- script: cat bin/other/model.json\n", False),
        ({}, "- download: none\n", False),
    ],
)
def test_a_pipeline_of_unknown_name_is_known_by_what_it_leaves(
    graph: Callable[[dict[str, str]], Graph], others: dict[str, str], download: str, *, joined: bool
) -> None:
    code = {"train.py": "print(1)\n"}
    found = graph({**code, "train.yml": TRAIN + PUBLISHES, **others, "deploy.yml": DEPLOY + download})
    assert deploys_after_training(found) is joined


@pytest.mark.parametrize(
    ("name", "others", "joined"),
    [
        ("Train-CI", {}, True),
        ("Train-CI", {".github/workflows/train.yml": "on: push\njobs: {}\n"}, True),
        ("Train-CI", {"nightly/train.yml": TRAIN}, False),  # both are called so
        ("Train-Image", {"image.yml": TRAIN}, False),  # a word of each
        ("Train-CI", {"deploy/ci.yml": TRAIN}, False),
        ("Deploy-Infra", {}, False),  # its own word
        ("Churn", {}, False),
        ("yml", {"image.yaml": TRAIN}, False),  # no word of a name
    ],
)
def test_a_pipeline_of_unknown_name_is_known_by_a_word_that_only_it_bears(
    graph: Callable[[dict[str, str]], Graph], name: str, others: dict[str, str], *, joined: bool
) -> None:
    files = {"train.py": "print(1)\n", "train.yml": TRAIN, **others, "deploy.yml": DEPLOY.replace("Churn-42", name)}
    assert deploys_after_training(graph(files)) is joined
