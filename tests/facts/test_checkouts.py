from __future__ import annotations

import pytest

from mlops_scan.facts.checkouts import from_root, rooted
from mlops_scan.facts.shell import commands


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("${{ github.workspace }}/training", "training"),
        ("$CI_PROJECT_DIR", ""),
        ("${env.WORKSPACE}/training", "training"),
        ("$(Build.SourcesDirectory)/training", "training"),
        ("$HOME/training", None),
        ("$WORKSPACE_ID/training", None),
        ("training", None),
    ],
)
def test_paths_that_begin_at_the_root(path: str, expected: str | None) -> None:
    assert from_root(path) == expected


@pytest.mark.parametrize(
    ("word", "directory", "expected"),
    [
        ("${GITHUB_WORKSPACE}/train.py", "", "train.py"),
        ("${GITHUB_WORKSPACE}/train.py", "deploy", "../train.py"),
        ("${GITHUB_WORKSPACE}/train.py", "deploy/api", "../../train.py"),
        ("--config=$CI_PROJECT_DIR/conf/a.yaml", "", "--config=conf/a.yaml"),
        ("$BITBUCKET_CLONE_DIR:/app", "deploy", "$BITBUCKET_CLONE_DIR:/app"),
        ("$WORKSPACE", "", "$WORKSPACE"),
        ("$WORKSPACES/train.py", "", "$WORKSPACES/train.py"),
    ],
)
def test_words_of_commands(word: str, directory: str, expected: str) -> None:
    assert rooted(word, directory) == expected


def test_commands_run_from_where_the_repository_lies() -> None:
    text = 'python3 "$WORKSPACE/train.py"\ncd sub\ncd $GITHUB_WORKSPACE/jobs && python score.py\ncd ${CI_PROJECT_DIR}\nmake a'
    assert [(command.run, command.directory) for command in commands(text, 1)] == [
        ("python train.py", ""),
        ("python score.py", "jobs"),
        ("make a", ""),
    ]
