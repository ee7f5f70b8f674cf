"""With and without a cache, warm and cold: one and the same assessment."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlops_scan import cache, compiled, contents, facts, recall, results, scan, sources, stamps
from mlops_scan.claims import Attestation, Claims
from mlops_scan.facts.kinds import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mlops_scan.assessment import Assessment
    from mlops_scan.sources import File, Source

FIXTURE = Path(__file__).parent.parent / "fixtures" / "level-2-dvc-mlflow" / "repo"


def git(root: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(FIXTURE, tmp_path / "repo")
    git(tmp_path / "repo", "init", "-q")
    commit(tmp_path / "repo")
    return tmp_path / "repo"


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", "change")


@pytest.fixture
def store(tmp_path: Path) -> cache.Store:
    return cache.Store(str(tmp_path / "kept"))


def afresh() -> None:
    stamps.code.cache_clear()
    stamps.readers.cache_clear()


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Believe files that changed just now."""
    monkeypatch.setattr(stamps, "SETTLED", 0)
    afresh()


def agree(root: Path, store: cache.Store, **options: Any) -> Assessment:  # noqa: ANN401 - any option of a scan
    """Scan with the cache, twice, and without: all must say the same."""
    recall.forget()
    plain = scan.assess(str(root), scan.Options(**options))
    for _ in range(2):
        recall.forget()
        assert scan.assess(str(root), scan.Options(store=store, **options)) == plain
    return plain


def forbidden(*_: object) -> None:
    raise AssertionError


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("options", [{}, {"staged": True}, {"revision": "HEAD"}])
def test_an_unchanged_repository_is_not_read_again(
    root: Path, store: cache.Store, monkeypatch: pytest.MonkeyPatch, options: dict[str, Any]
) -> None:
    first = agree(root, store, **options)
    assert first.level == 2
    monkeypatch.setattr(contents, "read", forbidden)
    again = scan.assess(f"{root}/.", scan.Options(store=store, **options))
    assert again.source.path == f"{root}/."
    assert again.capabilities == first.capabilities


def edited(root: Path) -> None:
    (root / "src" / "train.py").write_text("print()\n")


def replaced_unseen(root: Path) -> None:
    """Change a file, but neither its size nor its time."""
    file = root / "src" / "train.py"
    status, text = file.stat(), file.read_text()
    file.write_text(text.replace("mlflow", "mlfl0w"))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert file.stat().st_size == status.st_size


def renamed(root: Path) -> None:
    (root / "src" / "train.py").rename(root / "src" / "other.py")


def added(root: Path) -> None:
    (root / "model.py").write_text("import mlflow\n\nmlflow.register_model('a', 'b')\n")


def removed(root: Path) -> None:
    (root / "dvc.yaml").unlink()


def vendored(root: Path) -> None:
    (root / "vendor").mkdir()
    (root / "src").rename(root / "vendor" / "src")


def broken(root: Path) -> None:
    (root / "dvc.yaml").write_text("stages: [\n")


def large(root: Path) -> None:
    (root / "big.json").write_bytes(b" " * 5_000_001)


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("change", [edited, replaced_unseen, renamed, added, removed, vendored, broken, large, commit])
def test_a_changed_repository_is_judged_as_it_is(
    root: Path, store: cache.Store, change: Callable[[Path], None]
) -> None:
    agree(root, store)
    agree(root, store, staged=True)
    change(root)
    found = agree(root, store)
    git(root, "add", "-A")
    agree(root, store, staged=True)
    assert agree(root, store).capabilities == found.capabilities


def test_a_file_that_changed_just_now_is_looked_at_again(root: Path, store: cache.Store) -> None:
    afresh()
    for _ in range(5):
        before = agree(root, store)
        replaced_unseen(root)
        assert agree(root, store) != before
        (root / "src" / "train.py").write_text((FIXTURE / "src" / "train.py").read_text())


def test_a_touched_file_changes_nothing(root: Path, store: cache.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamps, "SETTLED", 0)
    first = agree(root, store)
    (root / "src" / "train.py").touch()
    monkeypatch.setattr(facts, "read", forbidden)
    monkeypatch.setattr(scan, "_examined", forbidden)
    assert scan.assess(str(root), scan.Options(store=store)) == first


@pytest.mark.usefixtures("settled")
def test_settings_and_claims_count(root: Path, store: cache.Store) -> None:
    agree(root, store)
    claims = Claims(attested=(Attestation("model-monitoring", "watched elsewhere"),))
    for options in (
        {"excludes": ("src/",)},
        {"max_file_size": 100},
        {"aim": 4},
        {"claims": claims},
        {"catalogue": compiled.choose(disable=("mlflow",))},
    ):
        agree(root, store, **options)
    assert agree(root, store, claims=claims) != agree(root, store)


@pytest.mark.usefixtures("settled")
def test_outside_git(root: Path, store: cache.Store) -> None:
    shutil.rmtree(root / ".git")
    before = agree(root, store)
    edited(root)
    assert agree(root, store) != before


@pytest.mark.usefixtures("settled")
@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_in_a_folder_whose_name_is_no_text(root: Path, store: cache.Store, tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff"))
    root.rename(odd)
    store = store._replace(directory=f"{odd}-kept")
    assert agree(odd, store).level == 2
    agree(odd / "src", store)


@pytest.mark.usefixtures("settled")
def test_what_could_not_be_read_is_read_the_next_time(
    root: Path, store: cache.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = scan.assess(str(root))
    with monkeypatch.context() as patch:
        refused = Diagnostic("dvc.yaml", 0, "not read: no rights")
        read = sources.read_all

        def partly(source: Source, files: Iterable[File]) -> Iterator[tuple[File, bytes | Diagnostic]]:
            return ((file, refused if file.path == "dvc.yaml" else data) for file, data in read(source, files))

        patch.setattr(sources, "read_all", partly)
        recall.forget()
        assert refused in scan.assess(str(root), scan.Options(store=store)).diagnostics
    assert scan.assess(str(root), scan.Options(store=store)) == whole


@pytest.mark.usefixtures("settled")
def test_a_history_that_git_could_not_tell_is_asked_for_again(
    root: Path, store: cache.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(sources, "history", lambda _: None)
        scan.assess(str(root), scan.Options(store=store))
    monkeypatch.setattr(sources, "history", forbidden)
    with pytest.raises(AssertionError):
        scan.assess(str(root), scan.Options(store=store))


def test_two_scans_in_one_process_parse_a_file_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recall.forget()
    parsed: list[str] = []
    read = facts.read

    def counted(path: str, data: bytes) -> facts.Reading:
        parsed.append(path)
        return read(path, data)

    monkeypatch.setattr(facts, "read", counted)
    (root / "src" / "prepare.py").write_text("import pandas\n")
    git(root, "add", "-A")
    scan.assess(str(root), scan.Options(staged=True))
    scan.assess(str(root), scan.Options(revision="HEAD"))
    assert sorted(path for path in parsed if parsed.count(path) > 1) == ["src/prepare.py"] * 2


@pytest.mark.usefixtures("settled")
def test_whatever_is_damaged_in_the_cache_is_read_anew(root: Path, store: cache.Store) -> None:
    first = agree(root, store)
    store.file.write_bytes(b"nothing")
    assert agree(root, store) == first
    assert cache.size(store)[0]


def test_without_rest_there_is_no_result(root: Path, store: cache.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamps, "SETTLED", 10**20)
    afresh()
    assert agree(root, store).level == 2
    afresh()


PATHS = st.sampled_from(["src/train.py", "src/prepare.py", "dvc.yaml", "new/model.py", "tests/test_new.py", ".flake8"])
TEXTS = st.sampled_from(
    [
        None,
        "",
        "import mlflow\nmlflow.register_model('a', 'b')\n",
        "import mlflow\nmlflow.register_models('a', b)\n",
        "def test_it():\n    assert run() == 1\n",
        "stages:\n  train:\n    cmd: python src/train.py\n",
        "x = (\n",
    ]
)


@pytest.mark.usefixtures("settled")
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(PATHS, TEXTS, st.booleans()), min_size=1, max_size=4))
def test_after_any_changes(root: Path, store: cache.Store, changes: list[tuple[str, str | None, bool]]) -> None:
    for path, text, staged in changes:
        file = root / path
        if text is None:
            file.unlink(missing_ok=True)
        else:
            file.parent.mkdir(exist_ok=True)
            file.write_text(text)
        if staged:
            git(root, "add", "-A")
        recall.forget()
        options = {"staged": staged}
        plain = scan.assess(str(root), scan.Options(**options))  # type: ignore[arg-type]
        recall.forget()
        assert scan.assess(str(root), scan.Options(store=store, **options)) == plain  # type: ignore[arg-type]


def test_known_contents_of_a_commit_are_its_blobs(root: Path, store: cache.Store) -> None:
    source = sources.look(str(root), revision="HEAD")
    kept = results.Kept(store, source, stamps.code(), (), (), 0)
    ids, whole = results.known(kept)
    assert whole
    assert ids == {file.path: file.blob for file in source.files}
