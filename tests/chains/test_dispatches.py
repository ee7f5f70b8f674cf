from __future__ import annotations

import pytest

from mlops_scan.chains.dispatches import Sent, by_action, by_command
from mlops_scan.chains.places import built_by_action
from mlops_scan.facts.kinds import Uses

SCRIPT = """
// github.rest.actions.createWorkflowDispatch({workflow_id: 'no.yml'})
await github.rest.actions.createWorkflowDispatch({
  owner: context.repo.owner, repo: context.repo.repo, workflow_id: 'train.yml', ref: 'main',
})
await github.rest.repos.createDispatchEvent({...context.repo, event_type: "trained"})
"""


@pytest.mark.parametrize(
    ("run", "sent"),
    [
        ("gh workflow run train.yml --ref main -f a=b", [("workflow", "train.yml")]),
        ("gh workflow run --ref main Train", [("workflow", "Train")]),
        ("gh workflow run train.yml -R acme/other", []),
        ("gh workflow run train.yml --repo $GITHUB_REPOSITORY", [("workflow", "train.yml")]),
        ("gh workflow list", []),
        ("gh api repos/{owner}/{repo}/dispatches -f event_type=retrain", [("event", "retrain")]),
        ("gh api repos/acme/churn/actions/workflows/train.yml/dispatches -f ref=main", [("workflow", "train.yml")]),
        (
            'curl -d {"event_type": "retrain"} https://api.github.com/repos/acme/churn/dispatches',
            [("event", "retrain")],
        ),
        ('curl -d {\\"event_type\\":\\"retrain\\"} $API/repos/a/b/dispatches', [("event", "retrain")]),
        ("curl https://example.org/dispatches", []),
        ("curl https://api.github.com/repos/acme/churn", []),
        ("az pipelines run --name train --branch main", [("workflow", "train")]),
    ],
)
def test_commands_that_start_workflows(run: str, sent: list[tuple[str, str]]) -> None:
    assert list(by_command(run)) == [Sent(*each) for each in sent]


@pytest.mark.parametrize(
    ("name", "arguments", "sent"),
    [
        ("peter-evans/repository-dispatch", {"event-type": "retrain"}, [("event", "retrain")]),
        ("peter-evans/repository-dispatch", {"event-type": "retrain", "repository": "acme/other"}, []),
        ("benc-uk/workflow-dispatch", {"workflow": "Train"}, [("workflow", "Train")]),
        ("actions/github-script", {"script": SCRIPT}, [("workflow", "train.yml"), ("event", "trained")]),
        ("actions/checkout", {"ref": "main"}, []),
    ],
)
def test_actions_that_start_workflows(name: str, arguments: dict[str, str], sent: list[tuple[str, str]]) -> None:
    assert list(by_action(Uses(line=1, name=name, arguments=arguments))) == [Sent(*each) for each in sent]


@pytest.mark.parametrize(
    ("arguments", "dockerfile"),
    [
        ({}, "Dockerfile"),
        ({"context": "."}, "Dockerfile"),
        ({"context": "./api"}, "api/Dockerfile"),
        ({"context": "api", "file": "docker/api.Dockerfile"}, "docker/api.Dockerfile"),
        ({"context": "{{defaultContext}}:api"}, "api/Dockerfile"),
        ({"context": "{{defaultContext}}:api", "file": "Dockerfile.dev"}, "api/Dockerfile.dev"),
        ({"context": "https://github.com/acme/api.git"}, ""),
        ({"context": "${{ matrix.folder }}"}, ""),
        ({"context": "${{ matrix.folder }}", "file": "Dockerfile"}, "Dockerfile"),
    ],
)
def test_what_the_action_builds(arguments: dict[str, str], dockerfile: str) -> None:
    used = Uses(line=1, name="docker/build-push-action", arguments=arguments)
    assert built_by_action(used, ".github/workflows/ci.yml", frozenset()) == dockerfile
