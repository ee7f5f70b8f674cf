"""Patterns of `.gitattributes` count where they name a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan import scan

if TYPE_CHECKING:
    from pathlib import Path

LFS = "filter=lfs diff=lfs merge=lfs -text\n"


def strengths(folder: Path, attributes: str, *others: str) -> set[str]:
    for path, text in {attributes: f"*.csv {LFS}data/** {LFS}", **dict.fromkeys(others, "x\n")}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return {one.strength for one in scan.examine(str(folder)).evidence if one.path == attributes}


@pytest.mark.parametrize(
    ("attributes", "other"),
    [(".gitattributes", "a/rows.csv"), (".gitattributes", "data/rows.bin"), ("a/.gitattributes", "a/b/rows.csv")],
)
def test_a_pattern_that_names_a_file_counts(tmp_path: Path, attributes: str, other: str) -> None:
    assert strengths(tmp_path, attributes, other, "train.py") == {"strong"}


@pytest.mark.parametrize(("attributes", "other"), [(".gitattributes", "train.py"), ("a/.gitattributes", "b/rows.csv")])
def test_one_that_names_none_does_not(tmp_path: Path, attributes: str, other: str) -> None:
    assert strengths(tmp_path, attributes, other) == {"weak"}
