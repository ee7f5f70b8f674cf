from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan import scan
from mlops_scan.chains import Node

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mlops_scan.chains import Graph

PATH = "steps/register.py"
COMPONENT = """\
import mlflow
from kfp import dsl


@dsl.component
def register():
    def now():
        mlflow.register_model("runs:/1/model", "churn")

    now()
"""
PIPELINE = """\
from kfp import dsl


@dsl.pipeline(name="churn")
def churn():
"""


def registers(folder: Path, files: dict[str, str]) -> set[str]:
    """Return how strong the evidence of registration is."""
    for name, text in {PATH: COMPONENT, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return {found.strength for found in scan.examine(str(folder)).evidence if found.act == "registers"}


def test_a_component_that_nothing_uses_is_at_hand_only(tmp_path: Path) -> None:
    assert registers(tmp_path, {}) == {"weak"}


def test_a_pipeline_that_uses_another_component_makes_no_difference(tmp_path: Path) -> None:
    other = "from kfp import dsl\n\n\n@dsl.component\ndef fit():\n    pass\n\n\n"
    assert registers(tmp_path, {"pipeline.py": other + PIPELINE.partition("\n\n\n")[2] + "    fit()\n"}) == {"weak"}


def test_a_test_is_no_user(tmp_path: Path) -> None:
    test = "from steps.register import register\n\n\ndef test_it():\n    assert register.python_func() is None\n"
    assert registers(tmp_path, {"tests/test_register.py": test}) == {"weak"}


@pytest.mark.parametrize(
    "files",
    [
        {"pipeline.py": f"from steps.register import register\n{PIPELINE}    register()\n"},
        {"pipeline.py": f"from steps import register\n{PIPELINE}    register.register()\n"},
        {"pipeline.py": "from steps.register import register\n\nSTEPS = {'register': register}\n"},
        {"pipeline.py": f"from steps.register import *\n{PIPELINE}    register()\n"},
        {
            "steps/__init__.py": "from .register import register\n",
            "pipeline.py": f"import steps\n{PIPELINE}    steps.register()\n",
        },
        {PATH: COMPONENT + "\n\nSTEPS = {'register': register}\n"},
        {PATH: COMPONENT + "\n\nif __name__ == '__main__':\n    register()\n"},
        {PATH: COMPONENT.replace("component\n", "component(output_component_file='register.yaml')\n")},
        {PATH: f"{COMPONENT}\n\nfrom kfp import compiler\n\ncompiler.Compiler().compile(register, 'register.yaml')\n"},
    ],
    ids=["called", "asked-of-module", "kept-elsewhere", "star", "handed-on", "kept", "script", "written", "compiled"],
)
def test_a_component_that_something_may_use_counts(tmp_path: Path, files: dict[str, str]) -> None:
    assert registers(tmp_path, files) == {"strong"}


def test_what_a_package_only_hands_on_is_not_used(tmp_path: Path) -> None:
    assert registers(tmp_path, {"steps/__init__.py": "from .register import register\n"}) == {"weak"}


def test_a_function_that_is_no_component_counts_without_callers(tmp_path: Path) -> None:
    assert registers(tmp_path, {PATH: COMPONENT.replace("@dsl.component\n", "")}) == {"strong"}


def test_unused_components_come_to_nothing(graph: Callable[[dict[str, str]], Graph]) -> None:
    built = graph({PATH: COMPONENT})
    assert built.unused == {Node(PATH, "register")}
    assert not built.acts
