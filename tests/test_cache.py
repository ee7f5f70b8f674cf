from __future__ import annotations

import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from mlops_scan import cache

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KEYS = [cache.key("test", number) for number in range(50)]
VALUES = {key: key * 500 for key in KEYS}
WRITER = """
import sys
from mlops_scan import cache
store = cache.Store(sys.argv[1])
for turn in range(int(sys.argv[2])):
    keys = [cache.key("test", number) for number in range(50)]
    cache.put(store, {key: key * 500 for key in keys})
    print(turn, flush=True)
"""


@pytest.fixture
def store(tmp_path: Path) -> cache.Store:
    return cache.Store(str(tmp_path / "kept"))


def writer(store: cache.Store, turns: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, store.directory, str(turns)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_what_was_put_is_got(store: cache.Store) -> None:
    assert cache.get(store, KEYS) == {}
    cache.put(store, VALUES)
    assert cache.get(store, [*KEYS, cache.key("other")]) == VALUES
    cache.put(store, {KEYS[0]: b"new"})
    assert cache.get(store, KEYS[:1]) == {KEYS[0]: b"new"}
    assert cache.size(store)[0] == len(KEYS)


def test_keys_tell_their_parts_apart() -> None:
    assert len({cache.key("ab", "c"), cache.key("a", "bc"), cache.key("abc"), cache.key(["a", "bc"])}) == 4


@pytest.mark.skipif(sys.platform == "win32", reason="other rights")
def test_the_folder_is_the_users_alone(store: cache.Store, tmp_path: Path) -> None:
    cache.put(store, VALUES)
    folder = tmp_path / "kept"
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o777)
    assert cache.get(store, KEYS) == {}
    assert "others can write" in cache.unusable(store)


def test_no_link_is_followed(store: cache.Store, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (tmp_path / "kept").symlink_to(tmp_path / "elsewhere")
    cache.put(store, VALUES)
    assert list((tmp_path / "elsewhere").iterdir()) == []
    (tmp_path / "kept").unlink()
    (tmp_path / "kept").mkdir(mode=0o700)
    store.file.symlink_to(tmp_path / "elsewhere" / "file")
    cache.put(store, VALUES)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def halved(data: bytes) -> bytes:
    return data[: len(data) // 2]


def scribbled(data: bytes) -> bytes:
    return data[:4096] + os.urandom(len(data) - 4096)


@pytest.mark.parametrize(
    "damage",
    [lambda _: b"", lambda _: b"no database" * 1000, halved, scribbled, lambda data: data[:100]],
    ids=["empty", "other", "half", "scribbled", "head"],
)
def test_a_damaged_file_is_made_anew(store: cache.Store, damage: Callable[[bytes], bytes]) -> None:
    cache.put(store, VALUES)
    store.file.write_bytes(damage(store.file.read_bytes()))
    found = cache.get(store, KEYS)
    assert found.items() <= VALUES.items()
    for _ in range(2):
        cache.put(store, VALUES)
    assert cache.get(store, KEYS) == VALUES


def test_a_flipped_bit_is_told(store: cache.Store) -> None:
    cache.put(store, VALUES)
    data = bytearray(store.file.read_bytes())
    place = data.index(VALUES[KEYS[7]][:2000]) + 1000
    data[place] ^= 1
    store.file.write_bytes(bytes(data))
    found = cache.get(store, KEYS)
    assert len(found) == len(KEYS) - 1
    assert found.items() <= VALUES.items()


@pytest.mark.parametrize("milliseconds", [0, 3, 7, 12, 20])
def test_killed_while_writing(store: cache.Store, milliseconds: int) -> None:
    process = writer(store, 100_000)
    assert process.stdout
    process.stdout.readline()
    time.sleep(milliseconds / 1000)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert cache.get(store, KEYS) == VALUES
    cache.put(store, {KEYS[0]: b"after"})
    assert cache.get(store, KEYS[:1]) == {KEYS[0]: b"after"}


def test_several_processes_at_once(store: cache.Store) -> None:
    processes = [writer(store, 20) for _ in range(4)]
    while any(process.poll() is None for process in processes):
        assert cache.get(store, KEYS) in ({}, VALUES)
    assert [len(process.communicate()[0].split()) for process in processes] == [20] * 4
    assert cache.get(store, KEYS) == VALUES


def test_a_lock_that_nobody_lifts_is_not_waited_for(store: cache.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.put(store, VALUES)
    monkeypatch.setattr(cache, "_PATIENCE", 0.01)
    holder = sqlite3.connect(store.file, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    assert cache.get(store, KEYS) == {}
    cache.put(store, {KEYS[0]: b"new"})
    holder.execute("ROLLBACK")
    holder.close()
    assert cache.get(store, KEYS) == VALUES


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit")
def test_a_full_disk(store: cache.Store) -> None:
    cache.put(store, {KEYS[0]: b"before"})

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    command = [sys.executable, "-c", WRITER.replace("key * 500", "key * 50_000"), store.directory, "2"]
    done = subprocess.run(command, preexec_fn=limited, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "0\n1\n", "")
    assert cache.get(store, KEYS) == {KEYS[0]: b"before"}


@pytest.mark.parametrize("place", ["/proc/no/such", "{}/file/kept", "{}/" + "x" * 300])
def test_where_nothing_can_be_written(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    store = cache.Store(place.format(tmp_path))
    cache.put(store, VALUES)
    assert cache.get(store, KEYS) == {}
    assert cache.size(store) == (0, 0)


def test_values_that_were_not_used_for_longest_give_way(store: cache.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store = store._replace(cap=400_000)
    day = time.time()
    for number, key in enumerate(KEYS):
        monkeypatch.setattr(time, "time", lambda now=day + number * 86_400: now)
        cache.put(store, {key: b"x" * 20_000})
        assert cache.get(store, KEYS[:1])
    kept = list(cache.get(store, KEYS))
    assert 5 < len(kept) < 20
    assert {KEYS[0], KEYS[-1], KEYS[-2]} <= set(kept)
    assert store.file.stat().st_size <= store.cap


def test_a_clock_that_was_set_back(store: cache.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.put(store, VALUES)
    monkeypatch.setattr(time, "time", lambda: 1_000_000.0)
    assert cache.get(store, KEYS) == VALUES
    cache.put(store, {KEYS[0]: b"new"})
    assert cache.get(store, KEYS[:1]) == {KEYS[0]: b"new"}


def test_more_than_fits_is_not_kept(store: cache.Store) -> None:
    store = store._replace(cap=100_000)
    cache.put(store, {KEYS[0]: b"x" * 200_000})
    assert cache.get(store, KEYS) == {}


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="the rules of Linux")
def test_the_folder_among_the_users_caches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert cache.default_directory() == "/somewhere/mlops-scan"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", "/home/ada")
    assert cache.default_directory() == "/home/ada/.cache/mlops-scan"
    monkeypatch.setenv("HOME", "relative")
    assert cache.default_directory() == ""


def test_links_do_not_hide_where_a_folder_lies(tmp_path: Path) -> None:
    (tmp_path / "repo" / "inner").mkdir(parents=True)
    (tmp_path / "outside").symlink_to(tmp_path / "repo" / "inner")
    assert cache.lies_in(str(tmp_path / "outside" / "kept"), str(tmp_path / "repo"))
    assert not cache.lies_in(str(tmp_path / "repository"), str(tmp_path / "repo"))
