from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import msgspec
import pytest

from mlops_scan import quotes, scan, sources
from mlops_scan.reports.assessments import html

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from mlops_scan.facts.kinds import Diagnostic
    from mlops_scan.scan import Judged
    from mlops_scan.sources import File, Source

TRAIN = "from sklearn.svm import SVC\n\n    \nSVC().fit(x, y)  # here\n"


def git(folder: Path, *words: str) -> None:
    user = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com", "-c", "core.autocrlf=false")
    subprocess.run(["git", *user, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for name in ("train.py", "fit.py"):
        (tmp_path / name).write_bytes(TRAIN.encode())
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "one")
    return tmp_path


def judged(folder: Path, **changes: object) -> Judged:
    return scan.judge(str(folder), scan.DEFAULT._replace(**changes))  # type: ignore[arg-type]


def test_a_line_is_quoted_without_the_space_around_it(repository: Path) -> None:
    quote = quotes.of(*judged(repository))
    assert quote("train.py", 4) == quotes.Quoted("SVC().fit(x, y)  # here", committed=True)
    assert quote("train.py", 99) == quotes.Quoted()
    assert quote("/etc/passwd", 1) == quotes.Quoted()


def test_a_changed_file_is_not_that_of_the_commit(repository: Path) -> None:
    (repository / "train.py").write_bytes(b"# new\n" + TRAIN.encode())
    (repository / "fit.py").write_bytes(TRAIN.replace("\n", "\r\n").encode())
    quote = quotes.of(*judged(repository))
    assert not quote("train.py", 5).committed
    assert quote("fit.py", 4).committed
    git(repository, "add", "train.py")
    quote = quotes.of(*judged(repository, staged=True))
    assert (quote("train.py", 5).text, quote("train.py", 5).committed) == ("SVC().fit(x, y)  # here", False)
    assert quote("fit.py", 4).committed
    assert quotes.of(*judged(repository, revision="HEAD"))("train.py", 4).committed


def test_outside_git_nothing_is_that_of_a_commit(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(TRAIN, encoding="utf-8")
    assert quotes.of(*judged(tmp_path))("train.py", 4) == quotes.Quoted("SVC().fit(x, y)  # here")


@pytest.mark.parametrize("beside", ["before", "after"])
def test_a_line_beside_the_name_of_a_secret_is_not_shown(tmp_path: Path, beside: str) -> None:
    fit = "SVC().fit(x, y)\n"
    text = f"API_TOKEN = 1\n{fit}" if beside == "before" else f"{fit}API_TOKEN = 1\n"
    (tmp_path / "train.py").write_text(f"from sklearn.svm import SVC\n\n\n{text}", encoding="utf-8")
    quote = quotes.of(*judged(tmp_path))
    assert quote("train.py", 5 if beside == "before" else 4) == quotes.Quoted("", hidden=True)


def test_files_are_read_when_a_line_is_asked_for_and_once(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = judged(repository)
    reads: list[object] = []
    read_all = sources.read_all

    def counted(source: Source, files: Iterable[File]) -> Iterator[tuple[File, bytes | Diagnostic]]:
        reads.append(source)
        return read_all(source, files)

    monkeypatch.setattr(sources, "read_all", counted)
    quote = quotes.of(*found)
    assert not reads
    assert quote("train.py", 4).text == quote("fit.py", 4).text
    assert len(reads) == 1


def test_a_report_links_to_the_line_of_a_folder_at_the_commit(repository: Path) -> None:
    (repository / "ml").mkdir()
    (repository / "ml/boost.py").write_bytes(TRAIN.encode())
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "two")
    git(repository, "remote", "add", "origin", "https://ann:secret@gitlab.com/acme/team/churn.git")
    found = judged(repository / "ml", revision="HEAD")
    page = html.render(found.assessment, quotes.of(*found))
    commit = found.source.commit
    assert f'href="https://gitlab.com/acme/team/churn/-/blob/{commit}/ml/boost.py?plain=1#L4"' in page
    assert "ann:" not in page
    assert "secret@" not in page


def test_an_unreadable_commit_makes_no_link(repository: Path) -> None:
    found = judged(repository)
    missing = msgspec.structs.replace(found.source, commit="0" * 40)
    assert not quotes.of(missing, found.assessment)("train.py", 4).committed
