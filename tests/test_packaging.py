from __future__ import annotations

import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LIST = "from mlops_scan import catalogue; print(*sorted(tool.id for tool, _ in catalogue.load().tools), sep='\\n')"


def run(*command: object, cwd: Path = ROOT) -> str:
    done = subprocess.run([str(word) for word in command], cwd=cwd, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def tracked() -> set[str]:
    return {Path(name).stem for name in run("git", "ls-files", "detectors").split()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist, and the wheel out of the sdist, as an index would."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--installer", "pip", "--outdir", folder)
    return folder


def test_the_wheel_holds_every_tracked_tool_file_and_nothing_at_top_level(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {Path(name).stem for name in names if name.startswith("mlops_scan/detectors/")} == tracked()
    assert {name.partition("/")[0] for name in names if ".dist-info" not in name} == {"mlops_scan"}
    page = {f"mlops_scan/reports/page/{name}" for name in ("report.html", "parts.html", "report.css", "report.js")}
    data = {"mlops_scan/capabilities.toml", "mlops_scan/models/google.toml", "mlops_scan/detector.schema.json"}
    assert data | page <= set(names)


def test_the_sdist_holds_the_tool_files_beside_the_package(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = [name.partition("/")[2] for name in archive.getnames()]
    assert {Path(name).stem for name in names if name.startswith("detectors/")} == tracked()


def installed(home: Path, *what: object) -> Path:
    venv.create(home, with_pip=True, system_site_packages=False)
    python = home / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *what)
    return python


def test_the_wheel_and_an_editable_install_find_the_catalogue(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    python = installed(tmp_path / "venv", wheel)
    assert set(run(python, "-c", LIST, cwd=tmp_path).split()) == tracked()
    assert run(python, "-m", "mlops_scan", "--version", cwd=tmp_path).startswith("mlops-scan ")
    shipped = "from mlops_scan import catalogue, shipped; print(len(shipped.tools(catalogue.built_in())))"
    assert int(run(python, "-c", shipped, cwd=tmp_path)) == len(tracked())
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", ROOT)
    assert set(run(python, "-c", LIST, cwd=tmp_path).split()) == tracked()


def test_a_bare_checkout_finds_the_catalogue(tmp_path: Path) -> None:
    program = f"import sys; sys.path.insert(0, {str(ROOT)!r}); {LIST}"
    assert tracked() <= set(run(sys.executable, "-c", program, cwd=tmp_path).split())
