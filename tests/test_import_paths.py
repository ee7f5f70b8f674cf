from __future__ import annotations

import pytest

from mlops_scan import facts, modules
from mlops_scan.evidence import FileFacts
from mlops_scan.import_paths import added

PATHS = ("app/dags/weekly.py", "app/scripts/fit.py", "scripts/fit.py", "src/train.py", "notebooks/eda.py")


def _index(path: str, code: str) -> modules.Modules:
    index = modules.index(PATHS)
    stated = facts.read(path, f"import os, sys, site\nfrom pathlib import Path\n{code}\n".encode())
    return index._replace(added=added([FileFacts(path, "product", stated.facts)], index.places))


@pytest.mark.parametrize(
    ("path", "code", "name", "found"),
    [
        ("notebooks/eda.py", 'sys.path.append("../src")', "train.run", "src/train.py"),
        ("notebooks/eda.py", 'sys.path.insert(0, "scripts")', "fit.run", "scripts/fit.py"),  # from the root
        ("notebooks/eda.py", 'sys.path.insert(0, "/opt/airflow/scripts")', "fit.run", "scripts/fit.py"),
        ("app/dags/weekly.py", 'sys.path.insert(0, "/opt/airflow/scripts")', "fit.run", "app/scripts/fit.py"),
        ("notebooks/eda.py", 'site.addsitedir(f"{os.getcwd()}/scripts")', "fit.run", "scripts/fit.py"),
        (
            "notebooks/eda.py",
            'sys.path.append(str(Path(__file__).resolve().parent.parent / "scripts"))',
            "fit.run",
            "scripts/fit.py",
        ),
        ("notebooks/eda.py", "sys.path.append(folder)", "fit.run", None),  # nobody knows which
        ("notebooks/eda.py", 'sys.path.append("../jobs")', "fit.run", None),  # is not here
        ("notebooks/eda.py", 'print("../scripts")', "fit.run", None),
        ("notebooks/eda.py", 'sys.path.append("../scripts")', "sklearn.fit", None),  # a tool is no module of it
    ],
)
def test_a_program_imports_from_the_folders_that_it_adds(path: str, code: str, name: str, found: str | None) -> None:
    resolved = _index(path, code).resolve(name, path)
    assert (resolved and resolved[0]) == found


def test_what_one_program_adds_is_there_for_no_other() -> None:
    assert _index("notebooks/eda.py", 'sys.path.append("../scripts")').resolve("fit", "src/train.py") is None
