from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Diagnostic
from mlops_scan.sources import Source, SourceError, open_source, read_all

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.sources.conftest import Repo


def paths(source: Source) -> list[str]:
    return [file.path for file in source.files]


def texts(source: Source) -> dict[str, str]:
    return {
        file.path: data.message if isinstance(data, Diagnostic) else data.decode()
        for file, data in read_all(source, source.files)
    }


def test_work_tree_is_tracked_and_offered_files(repo: Repo) -> None:
    repo.write(".gitignore", "*.log\nout/\n")
    repo.write("noise.log")
    repo.write("out/x.py")
    repo.write("new.py", "import mlflow\n")
    repo.write("train.py", "changed\n")
    (repo.root / "data.csv").unlink()
    source = open_source(str(repo.root))
    assert (source.kind, source.commit) == ("worktree", repo.git("rev-parse", "HEAD"))
    assert paths(source) == [".gitignore", "new.py", "src/model.py", "train.py"]
    assert texts(source)["train.py"] == "changed\n"
    assert texts(source)["new.py"] == "import mlflow\n"
    assert source.diagnostics == ()


def test_tracked_files_count_even_where_ignored(repo: Repo) -> None:
    repo.write(".gitignore", "*.py\n")
    assert paths(open_source(str(repo.root))) == [".gitignore", "data.csv", "src/model.py", "train.py"]


def test_info_exclude_is_heeded(repo: Repo) -> None:
    repo.write("scratch.py")
    repo.write(".git/info/exclude", "scratch.py\n")
    assert "scratch.py" not in paths(open_source(str(repo.root)))


def test_staged_is_the_index_not_the_disk(repo: Repo) -> None:
    repo.write("train.py", "staged\n")
    repo.git("add", "train.py")
    repo.git("rm", "-q", "--cached", "data.csv")
    repo.write("train.py", "later\n")
    repo.write("untracked.py")
    source = open_source(str(repo.root), staged=True)
    assert (source.kind, source.commit) == ("index", repo.git("rev-parse", "HEAD"))
    assert texts(source) == {"src/model.py": "src/model.py by Ada <ada@example.org>\n", "train.py": "staged\n"}
    assert all(len(file.blob) == 40 for file in source.files)


@pytest.mark.parametrize("revision", ["v1", "main~1", "HEAD~1", "refs/tags/v1", "side", "origin/kept"])
def test_revisions(repo: Repo, revision: str) -> None:
    first = repo.git("rev-parse", "HEAD~1")
    repo.git("branch", "side", "HEAD~1")
    repo.git("update-ref", "refs/remotes/origin/kept", first)
    source = open_source(str(repo.root), revision=revision)
    assert (source.kind, source.commit) == ("commit", first)
    assert paths(source) == ["src/model.py", "train.py"]


def test_revision_by_id_full_and_short(repo: Repo) -> None:
    first = repo.git("rev-parse", "HEAD~1")
    assert open_source(str(repo.root), revision=first).commit == first
    assert open_source(str(repo.root), revision=first[:8]).commit == first


def test_packed_refs(repo: Repo) -> None:
    repo.git("branch", "side", "HEAD~1")
    repo.git("pack-refs", "--all")
    assert open_source(str(repo.root)).commit == repo.git("rev-parse", "HEAD")
    assert open_source(str(repo.root), revision="side").commit == repo.git("rev-parse", "side")
    assert open_source(str(repo.root), revision="v1").commit == repo.git("rev-parse", "v1^{commit}")


@pytest.mark.parametrize(
    "revision", ["nope", "--all", "--upload-pack=x", "", "HEAD\n", "a\0b", "v1:train.py", "0" * 40]
)
def test_unknown_revision(repo: Repo, revision: str) -> None:
    with pytest.raises(SourceError, match="unknown revision"):
        open_source(str(repo.root), revision=revision)


def test_bare_is_read_at_head(repo: Repo, tmp_path: Path) -> None:
    repo.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    source = open_source(str(tmp_path / "bare.git"))
    assert (source.kind, source.commit) == ("commit", repo.git("rev-parse", "HEAD"))
    assert paths(source) == ["data.csv", "src/model.py", "train.py"]
    assert open_source(str(tmp_path / "bare.git"), revision="v1").commit != source.commit


def test_unborn_branch(make: Callable[..., Repo]) -> None:
    repo = make("new")
    with pytest.raises(SourceError, match="no files to scan"):
        open_source(str(repo.root))
    with pytest.raises(SourceError, match="index holds no files"):
        open_source(str(repo.root), staged=True)
    with pytest.raises(SourceError, match="has no commit yet"):
        open_source(str(repo.root), revision="HEAD")
    repo.write("train.py")
    source = open_source(str(repo.root))
    assert (source.commit, paths(source)) == (None, ["train.py"])
    repo.git("add", "train.py")
    assert paths(open_source(str(repo.root), staged=True)) == ["train.py"]


@pytest.mark.parametrize("options", [{}, {"staged": True}, {"revision": "HEAD"}])
def test_subdirectory(repo: Repo, options: dict[str, Any]) -> None:
    repo.commit("src/deep/a.py", "srcs/b.py")
    assert paths(open_source(str(repo.root / "src"), **options)) == ["deep/a.py", "model.py"]


def test_subdirectory_missing_in_the_commit(repo: Repo) -> None:
    repo.write("late/x.py")
    with pytest.raises(SourceError, match="cannot list late/"):
        open_source(str(repo.root / "late"), revision="HEAD")


def test_ignored_folder_with_a_project_of_its_own(repo: Repo) -> None:
    repo.write(".gitignore", "/vault/\n")
    repo.write("vault/train.py")
    assert paths(open_source(str(repo.root / "vault"))) == ["train.py"]


def test_linked_work_tree(repo: Repo, tmp_path: Path) -> None:
    linked = tmp_path / "linked"
    repo.git("worktree", "add", "-q", "-b", "side", str(linked), "HEAD~1")
    (linked / "more.py").write_text("x")
    source = open_source(str(linked))
    assert source.commit == repo.git("rev-parse", "HEAD~1")
    assert paths(source) == ["more.py", "src/model.py", "train.py"]
    assert paths(open_source(str(linked), staged=True)) == ["src/model.py", "train.py"]
    assert open_source(str(linked), revision="main").commit == repo.git("rev-parse", "main")


def test_order_is_that_of_the_files_asked_for(repo: Repo) -> None:
    for revision in (None, "HEAD"):
        source = open_source(str(repo.root), revision=revision)
        asked = [source.files[2], source.files[0], source.files[2]]
        assert [file for file, _ in read_all(source, asked)] == asked
        assert list(read_all(source, [])) == []


def test_excludes(repo: Repo) -> None:
    source = open_source(str(repo.root), excludes=["/src/", "*.csv"])
    assert paths(source) == ["train.py"]
    with pytest.raises(SourceError, match="every file is excluded"):
        open_source(str(repo.root), excludes=["*"])
    with pytest.raises(SourceError, match="exclude pattern"):
        open_source(str(repo.root), excludes=["*a*a*a*a*a*ab"])


def test_conflict(repo: Repo) -> None:
    repo.git("checkout", "-q", "-b", "side", "HEAD~1")
    repo.write("train.py", "theirs\n")
    repo.commit()
    repo.git("checkout", "-q", "main")
    repo.write("train.py", "ours\n")
    repo.commit()
    with pytest.raises(Exception, match="merge"):
        repo.git("merge", "-q", "side")
    source = open_source(str(repo.root), staged=True)
    assert texts(source)["train.py"] == "ours\n"
    assert [told.path for told in source.diagnostics] == ["train.py"]


def test_not_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for path, message in ((tmp_path / "nope", "no such folder"), (tmp_path / "file", "is a file")):
        with pytest.raises(SourceError, match=message):
            open_source(str(path))
    with pytest.raises(SourceError, match="no such folder"):
        open_source("a\0b")


def test_outside_git(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no files to scan"):
        open_source(str(tmp_path))
    with pytest.raises(SourceError, match="not in a git repository; leave out --staged"):
        open_source(str(tmp_path), staged=True)
    with pytest.raises(SourceError, match="not in a git repository; leave out --rev"):
        open_source(str(tmp_path), revision="HEAD")


def test_both_revision_and_staged(repo: Repo) -> None:
    with pytest.raises(SourceError, match="either"):
        open_source(str(repo.root), revision="HEAD", staged=True)
