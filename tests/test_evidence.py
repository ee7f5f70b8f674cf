from __future__ import annotations

import msgspec
import pytest

from mlops_scan import catalogue, facts, matching, modules
from mlops_scan.evidence import (
    FileFacts,
    asked_names,
    bare_packages,
    importable,
    in_file,
)
from mlops_scan.facts import kinds
from mlops_scan.sources import roles
from tests.recognised import found, tool

CALL = {"fact": "call", "name": ["tracker.log"]}


def test_evidence_says_where_and_what() -> None:
    (evidence,) = found(tool(CALL), {"train.py": "import tracker\ndef go():\n    tracker.log(1)\n"})
    assert (evidence.detector, evidence.path, evidence.line, evidence.unit) == ("tracker.q", "train.py", 3, "go")
    assert (evidence.what, evidence.strength, evidence.proves) == ("tracker.log", "strong", ("model-registry",))


def test_a_local_module_shadows_the_tool() -> None:
    files = {"train.py": "import tracker\ntracker.log(1)\n", "tracker.py": "def log(x): ...\n"}
    assert found(tool(CALL), files) == []


@pytest.mark.parametrize(
    ("path", "key"),
    [("pyproject.toml", "project.name"), ("DESCRIPTION", "Package"), ("Project.toml", "name")],
)
def test_a_tool_is_not_its_own_user(path: str, key: str) -> None:
    own = {
        path: [kinds.Setting(line=2, key=key, value="Tracker")],
        "use.py": "import tracker\ntracker.log(1)\n",
    }
    assert found(tool(CALL), own) == []


@pytest.mark.parametrize("role", ["test", "docs", "example"])
def test_only_files_of_the_asked_roles_prove(role: str) -> None:
    assert found(tool(CALL), {"train.py": "import tracker\ntracker.log(1)\n"}, role) == []
    assert found(tool(CALL, roles=[role]), {"train.py": "import tracker\ntracker.log(1)\n"}, role)


def test_a_declared_dependency_is_weak() -> None:
    dependency = kinds.Dependency(line=4, name="tracker", version="==1")
    (evidence,) = found(tool(CALL, packages=("tracker",)), {"requirements.txt": [dependency]})
    assert (evidence.detector, evidence.strength, evidence.line) == ("tracker.declared", "weak", 4)


def test_alongside_weakens_what_stands_alone() -> None:
    alone = tool(CALL, alongside=["tracker.other"])
    assert [e.strength for e in found(alone, {"train.py": "import tracker\ntracker.log(1)\n"})] == ["weak"]


@pytest.mark.parametrize(
    ("act", "tolerated", "said"),
    [
        ("lints", False, ("strong", "lints")),
        ("lints", True, ("strong", "")),
        ("tests", False, ("strong", "tests")),
        ("tests", True, ("weak", "")),
        ("builds", True, ("strong", "builds")),
    ],
)
def test_a_linter_that_fails_nothing_is_run_but_no_check(act: str, tolerated: bool, said: tuple[str, str]) -> None:
    asked = tool({"fact": "command", "run": ["look"]}, act=act, proves=["code-quality"])
    evidence = found(asked, {"ci.yml": [kinds.Command(1, "look", tolerated=tolerated)]})
    assert [(e.strength, e.act) for e in evidence] == [said]


@pytest.mark.parametrize(("calls", "strength"), [(1, "weak"), (2, "strong")])
def test_fewer_traces_than_asked_stay_weak(calls: int, strength: str) -> None:
    files = {f"step_{number}.py": "import tracker\ntracker.log(1)\n" for number in range(calls)}
    assert {e.strength for e in found(tool(CALL, at_least=2), files)} == {strength}


def test_arguments_are_asked_with_and_without() -> None:
    asked = tool({**CALL, "with": {"name": ["*"]}, "without": {"name": ["None"]}})
    source = "import tracker\ntracker.log()\ntracker.log(name=None)\ntracker.log(name=NAME)\n"
    assert [e.line for e in found(asked, {"train.py": source})] == [4]


@pytest.mark.parametrize(
    ("lines", "counts"),
    [
        ("import requests", False),
        ("from requests import get", False),
        ("import requests\nfrom churn.client import ask", True),
        ("import requests\nimport app", True),  # found by a path that only running code knows
        ("import pickle", True),
    ],
)
def test_a_test_that_asks_only_what_runs_elsewhere_is_left_out(lines: str, *, counts: bool) -> None:
    asked = tool({"fact": "test", "elsewhere": ["requests", "requests.*"]}, roles=["test"])
    written = f"{lines}\ndef test_a():\n    assert ask()\n"
    files = {"tests/test_a.py": written, "churn/client.py": "", "service/app.py": ""}
    assert bool(found(asked, files, "test")) is counts


def test_a_resource_is_asked_for_one_setting_and_proves_its_line() -> None:
    asked = tool(
        {
            "fact": "resource",
            "kind": ["InferenceService"],
            "key": ["spec.*.canaryTrafficPercent"],
            "not-value": ["0", "100"],
        }
    )
    settings = (
        kinds.Setting(line=3, key="spec.predictor.name", value="10"),
        kinds.Setting(line=7, key="spec.predictor.canaryTrafficPercent", value="10"),
    )
    service = kinds.Resource(
        line=1, api_version="serving.kserve.io/v1beta1", kind="InferenceService", settings=settings
    )
    assert [e.line for e in found(asked, {"a.yaml": [service]})] == [7]
    full = msgspec.structs.replace(
        service, settings=(kinds.Setting(line=7, key="spec.predictor.canaryTrafficPercent", value="100"),)
    )
    assert found(asked, {"a.yaml": [full]}) == []


def test_the_order_of_files_does_not_matter() -> None:
    one, two = {"a.py": "import tracker\ntracker.log(1)\n"}, {"b.py": "import tracker\ntracker.log(2)\n"}
    assert found(tool(CALL), {**one, **two}) == found(tool(CALL), {**two, **one})


def test_every_detector_is_found_among_all_others() -> None:
    index = matching.Index(tuple(catalogue.load().entries()))
    lost = {entry.id for entry in index.entries}
    for example in (example for entry in index.entries for example in entry.detector.finds):
        stated = facts.read(example.path, example.text.encode()).facts
        file = FileFacts(example.path, roles.role(example.path), stated)
        lost -= {evidence.detector for evidence in in_file(index, file, modules.index(()))}
    assert not lost


def test_a_history_asks_for_whole_names_as_a_scan_does() -> None:
    stated = facts.read("train.py", b"import mlflow\nmlflow.log_metric('auc', 1)\n").facts
    assert "mlflow.log_metric" in asked_names(FileFacts("train.py", "product", stated))


def test_a_package_that_says_in_words_what_it_is_has_no_members_but_its_modules() -> None:
    texts = {"": True, '"""Helpers of the tracker."""\n': True, "from churn.mlflow.log import log_metric\n": False}
    for text, bare in texts.items():
        file = FileFacts(
            "churn/mlflow/__init__.py", "product", facts.read("churn/mlflow/__init__.py", text.encode()).facts
        )
        assert (bare_packages((file,)) == {file.path}) is bare


def test_a_tool_that_lies_in_the_tree_is_still_the_tool() -> None:
    brought = FileFacts("venv/lib/python3.12/site-packages/tracker/__init__.py", "vendored", ())
    own = FileFacts("tracker/__init__.py", "product", ())
    assert importable((brought, own)) == ("tracker/__init__.py",)
