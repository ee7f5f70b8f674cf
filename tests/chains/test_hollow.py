from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan import scan

if TYPE_CHECKING:
    from pathlib import Path

DVC = "stages:\n  prepare:\n    cmd: python src/prepare.py\n  train:\n    cmd: python src/train.py --fast\n"
DAG = """\
from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("churn", schedule="@weekly") as dag:
    BashOperator(task_id="train", bash_command="python src/train.py")
"""


def pipelines(folder: Path, files: dict[str, str]) -> set[str]:
    """Return how strong the evidence of pipelines is."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return {e.strength for e in scan.examine(str(folder)).evidence if "training-pipeline" in e.proves}


def test_a_pipeline_of_which_nothing_is_there_is_at_hand_only(tmp_path: Path) -> None:
    assert pipelines(tmp_path, {"dvc.yaml": DVC, "README.md": "Run dvc repro.\n"}) == {"weak"}


@pytest.mark.parametrize(
    "files",
    [
        {"dvc.yaml": DVC, "src/train.py": "print()\n"},
        {"dvc.yaml": DVC, "work/src/train.py": "print()\n"},
        {"dvc.yaml": DVC, ".gitmodules": '[submodule "src"]\n\tpath = src\n\turl = ../src\n'},
        {"dvc.yaml": DVC.replace("python src/prepare.py", "jupyter nbconvert --to script train.ipynb")},
        {"dvc.yaml": DVC.replace("python src/prepare.py", "git clone https://example.com/src")},
        {"dvc.yaml": DVC.replace("src/", "${folder}/")},
        {"dvc.yaml": DVC.replace("python src/", "python /opt/")},
        {"dvc.yaml": DVC.replace("python src/prepare.py", "python make_scripts.py"), "make_scripts.py": "print()\n"},
        {"dvc.yaml": DVC.replace("python src/prepare.py", "spacy train config.cfg")},
        {"dags/churn.py": DAG},
    ],
    ids=["there", "in-part", "submodule", "converted", "cloned", "variable", "absolute", "generated", "tool", "dag"],
)
def test_a_pipeline_whose_programs_may_be_there_counts(tmp_path: Path, files: dict[str, str]) -> None:
    assert pipelines(tmp_path, files) == {"strong"}
