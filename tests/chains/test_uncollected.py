"""Files of tests that cannot be loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.chains import Graph

TEST = "tests/test_it.py"
ASSERTS = "\n\ndef test_it():\n    assert fit()\n"
PRODUCT = {"src/__init__.py": "", "src/train.py": "from src.load import rows\n", "src/load.py": "def rows(): ...\n"}


@pytest.mark.parametrize(
    ("first", "files"),
    [
        ("from src.models.trainer import fit", PRODUCT),  # as where git is to ignore models/
        ("from src.models.trainer import fit", {path: text for path, text in PRODUCT.items() if "init" not in path}),
        ("from src.models.trainer import fit", {"src/__init__.py": "", "src/load.py": "import csv\n"}),
        ("from .train import fit", PRODUCT),
        ("from ..models.train import fit", PRODUCT),
    ],
)
def test_tests_of_what_is_not_there_cannot_begin(
    first: str, files: dict[str, str], graph: Callable[[dict[str, str]], Graph]
) -> None:
    assert graph({**files, TEST: first + ASSERTS}).hollow == {TEST}


@pytest.mark.parametrize(
    ("first", "more"),
    [
        ("from src.train import fit", {}),
        ("from src import fit", {}),
        ("from models.trainer import fit", {}),  # which others may install
        ("from src.models.trainer import fit", {"ml/src/models/trainer.py": ""}),
        ("from src.models import trainer", {"ml/src/models/trainer.py": ""}),
        ("from src.models.trainer import fit", {"src/models/trainer.pyx": ""}),
        ("from src.models.trainer import fit", {"lib.rs": ""}),
        ("from src.models.trainer import fit", {".gitmodules": '[submodule "src/models"]\n\tpath = src/models\n'}),
        ("from src.models.trainer import fit", {"requirements.txt": "acme-src==1.0\n"}),  # of a name that is shared
        ("try:\n    from src.models.trainer import fit\nexcept ImportError:\n    fit = print", {}),
        ("from src.train import fit\nfrom src._version import version", {}),  # which a build writes
        ("def load():\n    from src.models.trainer import fit", {}),
        ("from .train import fit", {"tests/train.py": "def fit(): ...\n"}),
        ("from .. import fit", {}),
        ("from unittest.mock.more import fit", {"unittest/__init__.py": "", "unittest/mock.py": ""}),
    ],
)
def test_what_may_be_there_is_not_missed(
    first: str, more: dict[str, str], graph: Callable[[dict[str, str]], Graph]
) -> None:
    assert graph({**PRODUCT, **more, TEST: first + ASSERTS}).hollow == frozenset()
