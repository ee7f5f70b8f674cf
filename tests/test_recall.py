"""What is kept of readings, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan import cache, facts, recall, scan, stamps
from mlops_scan.facts.kinds import Diagnostic

if TYPE_CHECKING:
    from pathlib import Path

FILES = 600


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "repo"
    folder.mkdir()
    for number in range(FILES):
        (folder / f"m{number:03}.py").write_text(f"import m{number}\n")
    return folder


def test_what_was_read_before_an_interrupt_is_kept(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamps, "SETTLED", 0)
    store = cache.Store(str(tmp_path / "kept"))
    options = scan.Options(store=store, jobs=1)
    recall.forget()
    read, seen = facts.read, []

    def interrupted(path: str, data: bytes) -> facts.Reading:
        seen.append(path)
        if len(seen) == FILES - 1:
            raise KeyboardInterrupt
        return read(path, data)

    monkeypatch.setattr(facts, "read", interrupted)
    with pytest.raises(KeyboardInterrupt):
        scan.assess(str(root), options)
    recall.forget()
    seen.clear()
    scan.assess(str(root), options)
    assert 0 < len(seen) < FILES / 2


def test_a_file_given_up_for_its_slowness_is_read_another_time(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamps, "SETTLED", 0)
    options = scan.Options(store=cache.Store(str(tmp_path / "kept")), jobs=1)
    recall.forget()
    read = facts.read
    late = facts.Reading((), (Diagnostic("m000.py", 0, facts.TOO_SLOW),))
    monkeypatch.setattr(facts, "read", lambda path, data: late if path == "m000.py" else read(path, data))
    assert late.diagnostics[0] in scan.assess(str(root), options).diagnostics
    recall.forget()
    monkeypatch.setattr(facts, "read", read)
    assert scan.assess(str(root), options).diagnostics == ()
