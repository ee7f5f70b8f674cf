"""Run git through a git directory of our own, so that no configuration of the scanned repository is read.

A repository's configuration can name programs (filters, text converters, fsmonitor, signing, transports) that git
would run, and command-line overrides cannot switch all of them off. So a temporary directory with a configuration
of ours borrows only the objects (gitrepository-layout(5), ``objects/info/alternates``), and every variable of the
environment that steers git is dropped.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import msgspec

from mlops_scan.sources import place as places
from mlops_scan.sources import refs
from mlops_scan.sources.regular import small

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mlops_scan.sources.kinds import Place

DEADLINE = 30.0
_NO_GIT = "git is not installed, or not found on the PATH"
# what every scan asks takes git a few milliseconds, and GitPython a hundred to import; on Windows it finds git safely
_OFTEN = frozenset({"cat-file", "log", "ls-files", "ls-tree"})
_OUTPUT_CAP = 256_000_000
_ERROR_CAP = 16_384
_INDEX_CAP = 256_000_000
_CONFIG = """[core]
\trepositoryformatversion = {version}
\tbare = true
\tfsmonitor = false
\tuntrackedCache = false
\texcludesFile = {nothing}
\tattributesFile = {nothing}
[log]
\tshowSignature = false
"""
_SHA256 = """[extensions]
\tobjectFormat = sha256
"""
_FIXED = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_ALLOC_LIMIT": "1g",
}


class GitError(Exception):
    """What git said when it failed, or why it was stopped; ``output`` is what it had written by then."""

    def __init__(self, message: str, output: bytes = b"") -> None:
        """Keep the first line of the message: it becomes part of ours."""
        super().__init__(next(iter(message.splitlines()), "git failed"))
        self.output = output


class Home(msgspec.Struct, frozen=True):
    """A git directory of our own, with the environment to run git in."""

    directory: str
    environment: dict[str, str]


@contextlib.contextmanager
def opened(place: Place, commit: str | None = None, *, names: bool = False) -> Iterator[Home]:
    """Make a git directory over a repository's objects and index, and remove it at the end.

    HEAD is ``commit``; with ``names``, branches and tags are there too.
    """
    with tempfile.TemporaryDirectory(prefix="mlops-scan-", ignore_cleanup_errors=True) as directory:
        known = refs.every(place) if names else {}
        _write(directory, "config", _config(sha256=refs.sha256(place, commit)))
        _write(directory, "HEAD", (commit or "ref: refs/heads/none").encode())
        _write(directory, "packed-refs", "".join(f"{oid} {name}\n" for name, oid in sorted(known.items())).encode())
        _write(directory, "shallow", places.shallow(place))
        _write(directory, "info/exclude", small(Path(place.common_dir, "info", "exclude"), 1_000_000) or b"")
        _write(directory, "objects/info/alternates", _alternate(Path(place.common_dir, "objects")))
        Path(directory, "refs").mkdir()
        _share_index(place.git_dir, directory)
        yield Home(directory, _environment(place, directory))


def _config(*, sha256: bool) -> bytes:
    nothing = os.devnull.replace("\\", "\\\\")
    text = _CONFIG.format(version=int(sha256), nothing=nothing)
    return (text + _SHA256 if sha256 else text).encode()


def _write(directory: str, name: str, data: bytes) -> None:
    """Write one file; an empty one would only be read in vain."""
    if not data:
        return
    path = Path(directory, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _alternate(objects: Path) -> bytes:
    """Name the borrowed objects, quoted as in C where a bare line would be read as something else."""
    raw = os.fsencode(objects)
    if not raw.startswith((b'"', b"#")) and b"\n" not in raw:
        return raw + b"\n"
    return b'"' + raw.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n") + b'"\n'


def _share_index(git_dir: str, directory: str) -> None:
    """Copy the shared part of a split index (git-update-index(1)), which git looks for beside its own HEAD."""
    with contextlib.suppress(OSError), os.scandir(git_dir) as entries:
        for entry in entries:
            if not entry.name.startswith("sharedindex.") or not entry.is_file(follow_symlinks=False):
                continue
            if entry.stat(follow_symlinks=False).st_size <= _INDEX_CAP:
                shutil.copyfile(entry.path, Path(directory, entry.name), follow_symlinks=False)


def _environment(place: Place, directory: str) -> dict[str, str]:
    own = {"GIT_DIR": directory, "HOME": directory, "XDG_CONFIG_HOME": directory}
    index = Path(places.index_file(place))
    if index.is_file() and not index.is_symlink():
        own["GIT_INDEX_FILE"] = str(index)
    return {**_FIXED, **own}


def run(home: Home, *arguments: str, feed: bytes = b"", work_tree: str = "", deadline: float = DEADLINE) -> bytes:
    """Return what one git command writes; ``feed`` is its input. Raise `GitError` when it fails or takes too long."""
    return begun(home, *arguments, feed=feed, work_tree=work_tree, deadline=deadline)()


def begun(
    home: Home, *arguments: str, feed: bytes = b"", work_tree: str = "", deadline: float = DEADLINE
) -> Callable[[], bytes]:
    """Start one git command; return what waits for it and returns what it writes, as `run` does."""
    environment = {**home.environment, "GIT_WORK_TREE": work_tree} if work_tree else home.environment
    with tempfile.TemporaryFile(dir=home.directory) as file:
        file.write(feed)
        file.seek(0)
        start = _directly if arguments[0] in _OFTEN and sys.platform != "win32" else _by_gitpython
        guard = start(arguments, work_tree or home.directory, environment, file if feed else None)
    return lambda: _collected(guard.proc, arguments[0], deadline)


class _Started(NamedTuple):
    """A process, held as GitPython holds one."""

    proc: subprocess.Popen[bytes]


def _directly(arguments: tuple[str, ...], directory: str, environment: dict[str, str], feed: Any) -> Any:  # noqa: ANN401 (as `_by_gitpython`)
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    plain.update(environment, LANGUAGE="C", LC_ALL="C")
    pipe = subprocess.PIPE
    try:
        return _Started(
            subprocess.Popen(  # noqa: S603 - git, with arguments of ours
                ["git", *arguments],  # noqa: S607 - as found on the path of whoever scans
                stdin=feed or subprocess.DEVNULL,
                stdout=pipe,
                stderr=pipe,
                cwd=directory,
                env=plain,
            )
        )
    except FileNotFoundError as error:
        raise GitError(_NO_GIT) from error
    except (OSError, ValueError) as error:
        raise GitError(str(error)) from error


def _by_gitpython(arguments: tuple[str, ...], directory: str, environment: dict[str, str], feed: Any) -> Any:  # noqa: ANN401 (GitPython types neither the stream it takes nor the process it returns)
    try:
        import git
    except ImportError as error:
        raise GitError(_NO_GIT) from error
    try:
        with _plain_environment():
            return git.Git(directory).execute(["git", *arguments], istream=feed, as_process=True, env=environment)
    except (git.GitCommandNotFound, OSError, ValueError) as error:
        raise GitError(str(error)) from error


@contextlib.contextmanager
def _plain_environment() -> Iterator[None]:
    """Hide git's variables while a process starts: GitPython can add variables but not take any away."""
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("GIT_")}
    try:
        yield
    finally:
        os.environ.update(hidden)


def _collected(process: subprocess.Popen[bytes], word: str, deadline: float) -> bytes:
    """Read a process to its end, within the deadline and the cap on its output."""
    late, said = threading.Event(), bytearray()
    drain = threading.Thread(target=_drained, args=(process.stderr, said), daemon=True)
    watchdog = threading.Timer(deadline, _stopped, args=(process, late))
    drain.start()
    watchdog.start()
    try:
        output = cast("Any", process.stdout).read(_OUTPUT_CAP + 1)
        if len(output) > _OUTPUT_CAP:
            process.kill()
        status = process.wait()
    finally:
        watchdog.cancel()
        cast("Any", process.stdout).close()
    drain.join(1)
    if late.is_set():
        message = f"git {word} took longer than {deadline:.0f} s"
        raise GitError(message, output)
    if len(output) > _OUTPUT_CAP:
        message = f"git {word} answers with more than {_OUTPUT_CAP:,} bytes"
        raise GitError(message)
    if status:
        raise GitError(said.decode("utf-8", "replace") or f"git {word} failed", output)
    return bytes(output)


def _stopped(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _drained(stream: Any, said: bytearray) -> None:  # noqa: ANN401 (the pipe of a process, of any kind)
    with stream:
        while chunk := stream.read(4096):
            if len(said) < _ERROR_CAP:
                said += chunk
