from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mlops_scan import cli, scan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Run = Callable[..., tuple[int, bytes, str]]

FIXTURE = Path(__file__).parents[2] / "fixtures" / "level-2-dvc-mlflow" / "repo"
NOBODY = 65534
HOOKS, WORKFLOW, PROJECT, OWN = (
    ".pre-commit-config.yaml",
    ".github/workflows/mlops-scan.yml",
    "pyproject.toml",
    ".mlops-scan.toml",
)
FILES: dict[str, dict[str, bytes]] = {
    "nothing there": {},
    "a project": {PROJECT: b"[project]\nname = 'loans'"},
    "hooks, two spaces": {HOOKS: b"repos:\n  - repo: meta\n    hooks:\n      - id: identity\n# end\n"},
    "hooks, four spaces": {HOOKS: b"repos:\n    -   repo: meta\n        hooks:\n        -   id: identity\n\n# end\n"},
    "no hooks yet": {HOOKS: b"repos: []\n", PROJECT: b""},
    "carriage returns": {
        HOOKS: b"repos:\r\n- repo: meta\r\n  hooks:\r\n  - id: identity\r\n",
        PROJECT: b"[tool.x]\r\n",
    },
    "no last line end": {HOOKS: b"repos:\n- repo: meta\n  hooks:\n  - id: identity", OWN: b""},
}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository on GitHub at level 2, in a folder whose name has a space."""
    folder = tmp_path / "all loans"
    shutil.copytree(FIXTURE, folder)
    (folder / ".github").mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    return folder


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    def ran(*arguments: object) -> tuple[int, bytes, str]:
        monkeypatch.setattr(sys, "argv", ["mlops-scan", "init", *map(str, arguments)])
        status = cli.status()
        out, err = capfdbinary.readouterr()
        return status, out, err.decode()

    return ran


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True)


def put(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.relative_to(folder).parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("there", FILES)
def test_the_diff_of_a_dry_run_makes_the_tree_of_the_real_one(repository: Path, run: Run, there: str) -> None:
    put(repository, FILES[there])
    before = tree(repository)
    status, patch, told = run(repository, "--dry-run", "--badge")
    assert (status, tree(repository)) == (0, before)
    assert told.startswith("Level 2 of 4: Automated training\n")
    copy = repository.with_name("copy")
    shutil.copytree(repository, copy)
    subprocess.run(["git", "apply", "-"], cwd=copy, input=patch, check=True)
    assert run(repository, "--yes", "--badge")[0] == 0
    assert tree(repository) == tree(copy)
    assert set(tree(repository)) - set(before) <= {HOOKS, WORKFLOW, OWN}
    subprocess.run(["pre-commit", "validate-config", HOOKS], cwd=repository, check=True)


@pytest.mark.parametrize("there", ["nothing there", "carriage returns"])
def test_a_second_run_changes_nothing_and_says_so(repository: Path, run: Run, there: str) -> None:
    put(repository, FILES[there])
    assert run(repository, "--yes", "--badge")[0] == 0
    first = tree(repository)
    status, out, _ = run(repository, "--badge")
    assert (status, tree(repository)) == (0, first)
    assert out.decode().splitlines()[-1] == "Nothing was changed."
    assert out.count(b": nothing to do, ") == 3
    assert run(repository, "--dry-run", "--badge")[1] == b""


def test_what_is_written_proves_nothing_of_the_repository(repository: Path, run: Run) -> None:
    before = scan.assess(str(repository))
    assert run(repository, "--badge")[0] == 0
    after = scan.assess(str(repository))
    assert after.level == before.level == 2
    assert [(answer.id, answer.status) for answer in after.capabilities] == [
        (answer.id, answer.status) for answer in before.capabilities
    ]


def test_each_line_tells_what_was_done_and_what_is_next(repository: Path, run: Run) -> None:
    status, out, err = run(repository, "--badge")
    assert (status, err) == (0, "")
    lines = out.decode().splitlines()
    assert [line for line in lines if not line.startswith("    ")] == [
        "Level 2 of 4: Automated training",
        "wrote .mlops-scan.toml: settings",
        "wrote .pre-commit-config.yaml: mlops-scan and mlops-scan-badge",
        "wrote .github/workflows/mlops-scan.yml: a workflow that fails under level 2",
    ]
    assert sum(line.startswith("    next: ") for line in lines) == 4


def test_a_file_that_is_there_is_not_touched_unasked(repository: Path, run: Run) -> None:
    put(repository, {PROJECT: b"[project]\n", HOOKS: b"repos: []\n"})
    before = tree(repository)
    status, _, err = run(repository)
    assert (status, tree(repository)) == (2, before)
    assert err == (
        "mlops-scan: pyproject.toml and .pre-commit-config.yaml would be changed: "
        "give --yes to agree, or --dry-run to see how\n"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_on_a_terminal_each_change_is_shown_and_asked_for(repository: Path) -> None:
    import pty

    put(repository, {PROJECT: b"[project]\n", HOOKS: "repos: []  # \u202e\n".encode()})
    ours, theirs = pty.openpty()
    try:
        os.write(ours, b"y\nn\n")
        command = [sys.executable, "-m", "mlops_scan", "init", str(repository)]
        done = subprocess.run(command, stdin=theirs, capture_output=True, text=True, check=False)
    finally:
        os.close(ours)
        os.close(theirs)
    assert done.returncode == 0
    assert "wrote pyproject.toml: [tool.mlops-scan]\n" in done.stdout
    assert ".pre-commit-config.yaml: left as it is\n" in done.stdout
    assert "+[tool.mlops-scan]\n" in done.stderr
    assert "-repos: []  # \\u202e\n" in done.stderr
    assert (repository / HOOKS).read_bytes() == "repos: []  # \u202e\n".encode()
    assert (repository / WORKFLOW).exists()


@pytest.mark.parametrize(
    ("only", "written"),
    [(["pre-commit"], {HOOKS}), (["config", "workflow"], {OWN, WORKFLOW}), ([], {HOOKS, OWN, WORKFLOW})],
)
def test_only_some_parts(repository: Path, run: Run, only: list[str], written: set[str]) -> None:
    before = set(tree(repository))
    assert run(repository, *(f"--only={part}" for part in only))[0] == 0
    assert set(tree(repository)) - before == written


def test_one_part_that_is_refused_leaves_all_unwritten(repository: Path, run: Run) -> None:
    put(repository, {WORKFLOW: b"on: push\njobs: {}\n"})
    before = tree(repository)
    status, _, err = run(repository, "--yes")
    assert (status, tree(repository), err.count("\n")) == (2, before, 1)
    assert err.startswith(f"mlops-scan: {WORKFLOW} does something else")
    assert run(repository, "--only", "config", "--only", "pre-commit")[0] == 0


@contextlib.contextmanager
def without_privileges() -> Iterator[None]:
    """Let permissions of files hold, also where tests run as a user whom they do not concern."""
    if sys.platform == "win32":
        pytest.skip("folders have other permissions")
    elif os.geteuid():
        yield
    else:
        os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)


def test_the_file_that_cannot_be_written_and_the_others_are_named(run: Run) -> None:
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        put(top, {"train.py": b"import sklearn\n", ".github/CODEOWNERS": b"* @a\n"})
        for folder, mode in ((top, 0o777), (top / ".github", 0o555)):
            folder.chmod(mode)
        assert run(top, "--dry-run")[0] == 0
        with without_privileges():
            status, out, err = run(top)
        assert (status, (top / OWN).exists(), (top / HOOKS).exists()) == (2, True, True)
        assert err == (f"mlops-scan: cannot write {WORKFLOW}: Permission denied; written before: {OWN}, {HOOKS}\n")
        assert b"wrote .mlops-scan.toml" in out


def test_a_read_only_folder_stays_as_it_is(run: Run) -> None:
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        put(top, {"train.py": b"import sklearn\n", ".github/CODEOWNERS": b"* @a\n"})
        assert run(top, "--dry-run")[0] == 0
        top.chmod(0o555)
        with without_privileges():
            status, _, err = run(top)
        top.chmod(0o755)
        assert status == 2
        assert err == (f"mlops-scan: cannot write {OWN}: Permission denied; not written either: {HOOKS}, {WORKFLOW}\n")
        assert set(tree(top)) == {"train.py", ".github/CODEOWNERS"}


def test_a_link_in_the_place_of_a_file_is_refused(repository: Path, run: Run, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_bytes(b"repos: []\n")
    try:
        (repository / HOOKS).symlink_to(outside)
    except OSError:
        pytest.skip("this system makes no links")
    status, _, err = run(repository, "--yes")
    assert (status, err.count("\n")) == (2, 1)
    assert ".pre-commit-config.yaml is not a regular file" in err
    assert outside.read_bytes() == b"repos: []\n"
    assert not (repository / OWN).exists()


def test_a_folder_below_means_the_repository(repository: Path, run: Run) -> None:
    status, out, _ = run(repository / "src")
    assert status == 0
    assert out.startswith(f"Level 2 of 4: Automated training (the repository is {repository.resolve()})\n".encode())
    assert {HOOKS, OWN, WORKFLOW} <= set(tree(repository))


def test_a_folder_outside_git_is_set_up_and_told_what_it_lacks(tmp_path: Path, run: Run) -> None:
    put(tmp_path, {"train.py": b"import sklearn\n"})
    status, out, _ = run(tmp_path)
    assert status == 0
    assert set(tree(tmp_path)) == {"train.py", HOOKS, OWN}
    assert b"    next: git init, then pre-commit install\n" in out
    assert b"no workflow: no folder .github and no remote on GitHub" in out


def test_an_empty_repository_has_no_level_and_no_gate(tmp_path: Path, run: Run) -> None:
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "remote", "add", "origin", "https://github.com/acme/churn")
    status, out, err = run(tmp_path)
    assert (status, err.count("\n")) == (0, 1)
    assert err.startswith("mlops-scan: not scanned: ")
    assert out.startswith(b"No level: ")
    assert b"fail-under: 0 #" in (tmp_path / WORKFLOW).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["/no/such/folder"], "no such folder"),
        ([".", "--only", "badge"], "not one of 'config', 'pre-commit', 'workflow'"),
        ([".", "--rev", "x"], "No such option"),
    ],
)
def test_wrong_use_is_one_line_and_status_2(arguments: list[str], said: str, run: Run) -> None:
    status, _, err = run(*arguments)
    assert (status, err.count("\n")) == (2, 1)
    assert said in err


def test_a_bare_repository_has_no_files_to_write(tmp_path: Path, run: Run) -> None:
    git(tmp_path, "init", "--quiet", "--bare")
    status, _, err = run(tmp_path)
    assert (status, err.count("\n")) == (2, 1)
    assert "is a bare repository" in err


@pytest.mark.parametrize("text", [b"tool = 1\n", b"[", b"[tool.mlops-scan]\nexcludes = []\n"])
def test_broken_settings_end_it_before_anything_is_written(repository: Path, run: Run, text: bytes) -> None:
    put(repository, {PROJECT: text})
    before = tree(repository)
    status, _, err = run(repository, "--yes")
    assert (status, tree(repository), err.count("\n")) == (2, before, 1)
    assert "pyproject.toml: " in err
