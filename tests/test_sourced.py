"""Packages of R that a script has at hand because a script that it sources attaches them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan.evidence import FileFacts
from mlops_scan.facts import read
from mlops_scan.scan import assess
from mlops_scan.sourced import sourced

if TYPE_CHECKING:
    from pathlib import Path

PACKAGES = "library(tidymodels)\n"
FIT = 'source("{}")\nflow <- workflow() %>% add_model(linear_reg())\ndone <- flow %>% fit(data = rows)\n'


def at_hand(texts: dict[str, str]) -> dict[str, frozenset[str]]:
    return sourced([FileFacts(path, "product", read(path, text.encode()).facts) for path, text in texts.items()])


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("train.R", "functions/packages.R"),
        ("v1/train.R", "../functions/packages.R"),
        ("v1/train.R", "functions/packages.R"),
        ("train.R", "setup.R"),
    ],
    ids=["beside", "above", "seen-from-the-project", "by-another"],
)
def test_what_a_sourced_script_attaches_is_at_hand(path: str, written: str) -> None:
    texts = {path: FIT.format(written), "functions/packages.R": PACKAGES, "setup.R": 'source("functions/packages.R")\n'}
    assert at_hand(texts)[path] == {"tidymodels"}


def test_scripts_that_source_each_other_end() -> None:
    found = at_hand({"a.R": 'source("b.R")\nlibrary(caret)\n', "b.R": 'source("a.R")\nlibrary(mlr3)\n'})
    assert found == {"a.R": {"mlr3"}, "b.R": {"caret"}}


@pytest.mark.parametrize("script", ["# source('packages.R')\n", "print('packages.R')\n", "source('other.R')\n"])
def test_what_is_not_sourced_is_not_at_hand(script: str) -> None:
    assert at_hand({"train.R": script, "packages.R": PACKAGES}) == {}


@pytest.mark.parametrize(("written", "kind"), [("packages.R", "ml-system"), ("other.R", "no-ml")])
def test_a_script_trains_with_packages_that_another_attaches(written: str, kind: str, tmp_path: Path) -> None:
    for name, text in {"train.R": FIT.format(written), "packages.R": PACKAGES, "other.R": "x <- 1\n"}.items():
        (tmp_path / name).write_text(text)
    assert assess(str(tmp_path)).kind == kind
