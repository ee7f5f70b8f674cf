from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_scan import scan, team
from mlops_scan.assessment import Team
from mlops_scan.reports import models
from mlops_scan.reports.assessments import json as json_report
from mlops_scan.reports.assessments import junit, markdown, sarif, text
from tests.repository import git, level_1, write

if TYPE_CHECKING:
    from pathlib import Path

MAKEFILE = "pipeline:\n\tpython churn/prepare.py\n\tpython churn/train.py\n"
PREPARE = "import pandas as pd\n\npd.read_csv('a.csv').dropna().to_csv('b.csv')\n"
TRAIN = "from sklearn.svm import SVC\n\nSVC().fit([[1], [2]], [0, 1])\n"


@pytest.mark.parametrize(
    ("changed", "factor"),
    [
        ({}, 0),
        ({"Ada": {"a", "b"}}, 1),
        ({"Ada": {"a", "b", "c"}, "Grace": {"c"}}, 1),
        ({"Ada": {"a", "b"}, "Grace": {"a", "b"}}, 2),
        ({"Ada": {"a", "b"}, "Grace": {"a"}}, 2),
        ({"Ada": {"a"}, "Grace": {"b"}, "Katherine": {"c"}, "Mary": {"d"}}, 3),
    ],
)
def test_the_bus_factor_is_how_many_must_leave(changed: dict[str, set[str]], factor: int) -> None:
    files = set().union(*changed.values())
    assert team.bus_factor({who: frozenset(paths) for who, paths in changed.items()}, files) == factor


@given(st.dictionaries(st.sampled_from("xyz"), st.frozensets(st.sampled_from("abcd"))))
def test_with_as_many_people_gone_more_than_half_of_the_files_are_nobodys(changed: dict[str, frozenset[str]]) -> None:
    files = frozenset[str]().union(*changed.values())
    factor = team.bus_factor(changed, files)
    by_size = sorted(changed.values(), key=lambda paths: (len(paths), sorted(paths)))
    covered = frozenset[str]().union(*by_size[: len(by_size) - factor])
    assert factor <= len(changed)
    assert 2 * len(covered) < len(files) or not files


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = level_1(tmp_path)
    for path, said in (("Makefile", MAKEFILE), ("churn/prepare.py", PREPARE), ("churn/train.py", TRAIN)):
        write(root, path, said)
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "pipeline", "--author", "Grace Hopper <grace@example.org>")
    return root


def test_every_report_counts_people_and_names_nobody(repository: Path) -> None:
    found = scan.assess(str(repository))
    assert found.team == Team(people=2, both=1, pipeline_files=3, bus_factor=1)
    said = "2 people took part, 1 of them in both ML code and engineering files; bus factor of the pipeline: 1"
    for render in (text.render, markdown.render, junit.render, sarif.render):
        assert said in render(found)
    assert json.loads(json_report.render(found))["team"]["bus_factor"] == 1
    for render in (text.render, markdown.render, junit.render, sarif.render, json_report.render):
        assert "Grace" not in render(found)
        assert "example.org" not in render(found)


@pytest.mark.parametrize(
    ("people", "both", "said"),
    [
        (1, 1, "1 person took part, in both ML code and engineering files"),
        (1, 0, "1 person took part, but not in both ML code and engineering files"),
        (2, 2, "2 people took part, each of them in both ML code and engineering files"),
        (3, 0, "3 people took part, none of them in both ML code and engineering files"),
    ],
)
def test_people_are_counted_in_words_that_fit(repository: Path, people: int, both: int, said: str) -> None:
    counted = Team(people=people, both=both, pipeline_files=0, bus_factor=0)
    found = msgspec.structs.replace(scan.assess(str(repository)), team=counted)
    assert models.team(found) == said


def test_without_a_whole_history_nothing_is_counted(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    shallow = tmp_path_factory.mktemp("clone") / "shallow"
    git(repository, "clone", "-q", "--depth", "1", f"file://{repository}", str(shallow))
    found = scan.assess(str(shallow))
    assert found.team is None
    assert "took part" not in text.render(found)
