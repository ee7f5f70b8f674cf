from __future__ import annotations

from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_scan.globs import matcher, path_matcher

GLOB = st.text(alphabet="ab.*?", min_size=1, max_size=6)
TEXT = st.text(alphabet="ab.", max_size=6)


@given(st.lists(GLOB, min_size=1, max_size=4), TEXT)
def test_matcher_agrees_with_fnmatch(globs: list[str], text: str) -> None:
    assert matcher(tuple(globs))(text) == any(fnmatchcase(text, glob) for glob in globs)


@pytest.mark.parametrize(
    ("glob", "path", "matches"),
    [
        ("dvc.yaml", "dvc.yaml", True),
        ("dvc.yaml", "ml/dvc.yaml", True),
        ("*.dvc", "data/raw.csv.dvc", True),
        (".github/workflows/*", ".github/workflows/ci.yml", True),
        (".github/workflows/*", "sub/.github/workflows/ci.yml", False),
        ("*/values-prod.yaml", "charts/api/values-prod.yaml", True),
    ],
)
def test_a_glob_without_a_slash_matches_the_file_name_anywhere(glob: str, path: str, matches: bool) -> None:
    assert path_matcher((glob,))(path) is matches
