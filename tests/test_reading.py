from __future__ import annotations

import os
import signal
import sys
import time
from typing import TYPE_CHECKING

import pytest

from mlops_scan import facts, reading, workers
from mlops_scan.diagnostics import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Callable

JOBS = pytest.mark.parametrize("jobs", [1, 2])
FORKED = pytest.mark.skipif(sys.platform != "linux", reason="replaces a reader, which only a forked process has, too")
LARGE = b"x = 1\n" * 20_000


def files(number: int) -> list[tuple[str, bytes]]:
    code = b"import mlflow\ndef train():\n    mlflow.log_metric('auc', 1)\n"
    return [(f"src/m{n}.py", code * (n % 7 + 1)) for n in range(number)] + [("a.yml", b"a: [\n"), ("b.md", b"")]


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_WORTH", 1000)
    monkeypatch.setattr(reading, "_WORTH_SPAWNING", 1000)
    monkeypatch.setattr(reading, "_CHUNK", 500)


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_facts_come_in_order_and_alike_however_many_read(jobs: int) -> None:
    some = [*files(100), ("large.py", LARGE), *files(3)]
    expected = [(path, facts.read(path, data)) for path, data in some]
    assert list(reading.read_all(some, jobs)) == expected


def test_nothing_to_read_states_nothing() -> None:
    assert list(reading.read_all([], 4)) == []


def test_a_scan_that_stops_early_leaves_no_process_waiting() -> None:
    some = [path for (path, _), _ in zip(reading.read_all(files(100), 2), range(3), strict=False)]
    assert some == ["src/m0.py", "src/m1.py", "src/m2.py"]


def reader(what: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a reader do something else to files that are called evil.py."""
    read = facts.read

    def other(path: str, data: bytes) -> facts.Reading:
        if path == "evil.py":
            what()
        return read(path, data)

    monkeypatch.setattr(facts, "read", other)


@FORKED
@JOBS
def test_a_reader_that_dies_costs_one_file(jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    some = [*files(20), ("evil.py", LARGE), *files(20)]
    expected = [(path, facts.read(path, data)) for path, data in some]
    reader(lambda: os.kill(os.getpid(), signal.SIGKILL), monkeypatch)
    found = list(reading.read_all(some, jobs))
    assert found[22] == ("evil.py", Diagnostic("evil.py", 0, "not read: its reader died (120,000 bytes)"))
    assert [*found[:22], *found[23:]] == [*expected[:22], *expected[23:]]


@FORKED
@JOBS
def test_a_reader_that_hangs_costs_one_file(jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "PATIENCE", 0.5)
    reader(lambda: time.sleep(60), monkeypatch)
    began = time.monotonic()
    found = list(reading.read_all([*files(20), ("evil.py", LARGE), *files(20)], jobs))
    assert found[22] == (
        "evil.py",
        Diagnostic("evil.py", 0, "not read: its reader took longer than 0 s (120,000 bytes)"),
    )
    assert len(found) == 45
    assert time.monotonic() - began < 20


@FORKED
@JOBS
def test_a_reader_that_takes_all_memory_costs_one_file(jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "MEMORY", 100_000_000)
    reader(lambda: facts.readers() and b"x" * 2_000_000_000, monkeypatch)
    found = dict(reading.read_all([*files(2), ("evil.py", LARGE)], jobs))
    assert "memory" in str(found["evil.py"])


@pytest.mark.skipif(sys.platform == "win32", reason="has no timers")
def test_a_small_file_that_hangs_costs_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PATIENCE", 0.3)
    reader(lambda: time.sleep(60), monkeypatch)
    before = signal.getsignal(signal.SIGALRM)
    found = dict(reading.read_all([("a.py", b"x = 1\n"), ("evil.py", b"x = 1\n"), ("b.py", b"x = 1\n")], 1))
    assert isinstance(found["evil.py"], Diagnostic)
    assert found["a.py"] == found["b.py"] or isinstance(found["b.py"], facts.Reading)
    assert signal.getsignal(signal.SIGALRM) == before


def test_a_defect_of_a_reader_costs_what_it_would_have_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: str, data: bytes) -> facts.Reading:
        raise LookupError(path, data)

    module = next(module for _, module in facts.readers() if module.__name__.endswith("python_source"))
    monkeypatch.setattr(module, "read", broken)
    found = facts.read("a.py", b"x = 1\n")
    assert found.facts == ()
    assert "a defect of ours" in found.diagnostics[0].message


def test_a_new_python_does_not_look_into_the_folder_that_we_are_in(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(str(tmp_path))
    for name in ("multiprocessing", "signal", "pickle"):
        with open(f"{name}.py", "w", encoding="utf-8") as file:  # noqa: PTH123 - beside us
            file.write("open('ran', 'w').close()\n")
    monkeypatch.setattr(workers, "forks", lambda: False)
    assert [path for path, _ in reading.read_all([("a.py", LARGE)], 1)] == ["a.py"]
    assert not os.path.exists("ran")  # noqa: PTH110 - beside us
    assert os.path.realpath(".") == os.path.realpath(str(tmp_path))
