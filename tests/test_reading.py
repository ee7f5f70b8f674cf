from __future__ import annotations

import pytest

from mlops_scan import facts, reading


def files(number: int) -> list[tuple[str, bytes]]:
    code = b"import mlflow\ndef train():\n    mlflow.log_metric('auc', 1)\n"
    return [(f"src/m{n}.py", code * (n % 7 + 1)) for n in range(number)] + [("a.yml", b"a: [\n"), ("b.md", b"")]


@pytest.mark.parametrize("jobs", [1, 2])
def test_facts_come_in_order_and_alike_however_many_read(jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_WORTH", 1000)
    monkeypatch.setattr(reading, "_WORTH_SPAWNING", 1000)
    monkeypatch.setattr(reading, "_CHUNK", 500)
    expected = [(path, facts.read(path, data)) for path, data in files(100)]
    assert list(reading.read_all(files(100), jobs)) == expected


def test_nothing_to_read_states_nothing() -> None:
    assert list(reading.read_all([], 4)) == []


def test_what_is_read_elsewhere_arrives_whole() -> None:
    chunks = list(reading._chunks(files(10)))  # noqa: SLF001 - what a process of its own is given
    sent = b"".join(reading._read(chunk) for chunk in chunks)  # noqa: SLF001 - and gives back
    assert sent.count(b"log_metric") == sum(data.count(b"log_metric") for _, data in files(10))


def test_a_reader_that_stops_early_leaves_no_process_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_WORTH", 1000)
    monkeypatch.setattr(reading, "_WORTH_SPAWNING", 1000)
    some = [path for (path, _), _ in zip(reading.read_all(files(100), 2), range(3), strict=False)]
    assert some == ["src/m0.py", "src/m1.py", "src/m2.py"]
