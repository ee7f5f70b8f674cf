"""What scans remember from one to the next: values under keys, in one SQLite file in the user's cache directory.

It may be wrong to rely on, never to ask: whatever fails (a full disk, a read-only or foreign folder, a file that is no
database) means that nothing is remembered. Every value carries a checksum over itself and its key, because SQLite does
not tell when a page of its file was damaged. Connections are opened for one question and closed, so that none is
carried into a forked process or held while others write.

Source of the places: https://specifications.freedesktop.org/basedir-spec/latest/
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping

_T = TypeVar("_T")

FILE = "kept-1.sqlite"
CAP = 512_000_000
_PAGE = 4096
_PATIENCE = 1.0
_AT_ONCE = 500
_DAY = 86_400
_GET = "SELECT key, value, sum, used FROM kept WHERE key IN ({})"
_DROP = "DELETE FROM kept WHERE rowid IN (SELECT rowid FROM kept ORDER BY used, rowid LIMIT ?)"
_TABLE = "CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, value BLOB, sum INTEGER, used INTEGER)"
_OTHERS = stat.S_IWGRP | stat.S_IWOTH


class Store(NamedTuple):
    """Where values are kept: a folder of the user's, and how many bytes they may take together."""

    directory: str
    cap: int = CAP

    @property
    def file(self) -> Path:
        """Return the file that holds all values."""
        return Path(self.directory, FILE)


def key(*parts: Any) -> bytes:  # noqa: ANN401 - whatever a value depends on
    """Return the key for a value that depends on these parts and nothing else."""
    import msgspec

    try:
        from _blake2 import blake2b  # as `hashlib` does, but without loading OpenSSL for it
    except ImportError:
        from hashlib import blake2b
    try:
        data = msgspec.msgpack.encode(parts, enc_hook=repr)
    except UnicodeEncodeError:  # a path that is no text
        data = repr(parts).encode()
    return blake2b(data, digest_size=20).digest()


def default_directory() -> str:
    """Return the folder for mlops-scan among the user's caches; empty where the user has none."""
    named = Path(os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME", ""))
    if named.is_absolute():
        return str(named / "mlops-scan")
    try:
        home = Path.home()
    except RuntimeError:
        return ""
    caches = home / "Library" / "Caches" if sys.platform == "darwin" else home / ".cache"
    return str(caches / "mlops-scan") if home.is_absolute() else ""


def lies_in(directory: str, tree: str) -> bool:
    """Tell whether a folder lies in a tree, through links or not: what a repository brings along is not believed."""
    inner, outer = os.path.realpath(directory), os.path.realpath(tree)
    return inner == outer or inner.startswith(outer.rstrip(os.sep) + os.sep)


def get(store: Store, keys: Iterable[bytes]) -> dict[bytes, bytes]:
    """Return the values that are known."""
    wanted = list(dict.fromkeys(keys))

    def found(database: sqlite3.Connection) -> dict[bytes, bytes]:
        some = (wanted[start : start + _AT_ONCE] for start in range(0, len(wanted), _AT_ONCE))
        rows = [row for part in some for row in database.execute(_GET.format(",".join("?" * len(part))), part)]
        _note(database, [name for name, _, _, used in rows if used < _today()])
        return {name: value for name, value, total, _ in rows if total == _sum(name, value)}

    return _asked(store, found, {}) if wanted and _sound(store) else {}


def put(store: Store, values: Mapping[bytes, bytes]) -> None:
    """Keep values; those that were not used for longest give way."""
    rows = [(name, value, _sum(name, value), _today()) for name, value in values.items()]
    more = sum(map(len, values.values()))

    def kept(database: sqlite3.Connection) -> None:
        database.execute("PRAGMA auto_vacuum = FULL")
        database.execute(f"PRAGMA max_page_count = {store.cap // _PAGE}")
        database.execute("BEGIN IMMEDIATE")
        database.execute(_TABLE)
        _make_room(database, store.cap - more)
        database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", rows)
        database.execute("COMMIT")

    if values and more < store.cap and _prepared(store):
        _asked(store, kept, None)


def _note(database: sqlite3.Connection, names: list[bytes]) -> None:
    """Note once a day that values were used; where nothing can be written, they are used all the same."""
    import sqlite3

    with contextlib.suppress(sqlite3.OperationalError):
        if names:
            database.execute("BEGIN IMMEDIATE")
            database.executemany("UPDATE kept SET used = ? WHERE key = ?", ((_today(), name) for name in names))
            database.execute("COMMIT")


def _today() -> int:
    return int(time.time()) // _DAY


def _make_room(database: sqlite3.Connection, most: int) -> None:
    """Drop values, a quarter at a time and the longest unused first, until no more than ``most`` bytes are taken."""
    while _number(database, "PRAGMA page_count") - _number(database, "PRAGMA freelist_count") > most // _PAGE:
        count = _number(database, "SELECT count(*) FROM kept")
        if not count:
            return
        database.execute(_DROP, (max(count // 4, 1),))


def _number(database: sqlite3.Connection, question: str) -> int:
    return int(database.execute(question).fetchone()[0])


def size(store: Store) -> tuple[int, int]:
    """Return how many values are kept, and how many bytes their file takes."""
    try:
        taken = os.lstat(store.file).st_size
    except OSError:
        return 0, 0
    count = _asked(store, lambda database: _number(database, "SELECT count(*) FROM kept"), 0) if _sound(store) else 0
    return count, taken


def clear(store: Store) -> None:
    """Forget everything; raise OSError where the file cannot be removed."""
    for name in (f"{FILE}-journal", FILE):
        Path(store.directory, name).unlink(missing_ok=True)


def _sum(name: bytes, value: bytes) -> int:
    return zlib.crc32(value, zlib.crc32(name))


def unusable(store: Store) -> str:
    """Return why nothing is kept in the folder: it must be the user's alone to write. Empty where all is well."""
    try:
        folder = os.lstat(store.directory)
    except FileNotFoundError:
        return ""
    except OSError as error:
        return f"not used: {error.strerror}"
    if not stat.S_ISDIR(folder.st_mode):
        return "not used: a link, or no folder"
    if sys.platform != "win32" and (folder.st_uid != os.geteuid() or folder.st_mode & _OTHERS):
        return "not used: others can write in its folder"
    return ""


def _sound(store: Store) -> bool:
    """Tell whether there is a file that may be believed."""
    try:
        return not unusable(store) and stat.S_ISREG(os.lstat(store.file).st_mode)
    except OSError:
        return False


def _prepared(store: Store) -> bool:
    """Make the folder, and tell whether a file may be written in it."""
    try:
        Path(store.directory).mkdir(mode=0o700, parents=True, exist_ok=True)
        return not unusable(store) and not store.file.is_symlink()
    except OSError:
        return False


def _asked(store: Store, question: Callable[[sqlite3.Connection], _T], nothing: _T) -> _T:
    """Return the answer to one question; ``nothing`` where it fails. What is no database makes room for one."""
    try:
        import sqlite3
    except ImportError:
        return nothing
    try:
        with contextlib.closing(sqlite3.connect(store.file, timeout=_PATIENCE, isolation_level=None)) as database:
            database.execute("PRAGMA synchronous = OFF")  # a lost day of memory costs nothing
            return question(database)
    except (sqlite3.OperationalError, ValueError):
        return nothing  # locked, full, read-only, or empty; or a path that is no text
    except sqlite3.Error:
        with contextlib.suppress(OSError):
            clear(store)
        return nothing
