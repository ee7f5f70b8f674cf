"""What the inputs of the action ask for, and the command lines of mlops-scan that do it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NONE, WORK_TREE = "none", "worktree"
_YES = "true"
_SUFFIXES = {"markdown": "md", "text": "txt"}


class Wishes(NamedTuple):
    """The inputs, as ``action.yml`` describes them; empty where nothing is asked for."""

    path: str
    rev: str = ""
    fail_under: str = ""
    target: str = ""
    formats: tuple[str, ...] = ()
    badge_path: str = ""
    sarif: bool = False
    baseline: str = ""
    no_regress: bool = False


class Report(NamedTuple):
    """A report to write: its format and its file."""

    kind: str
    file: str


def read(environment: Mapping[str, str]) -> Wishes:
    """Return the inputs, which the action hands over in variables."""

    def said(name: str) -> str:
        return environment.get(f"MLOPS_SCAN_{name}", "").strip()

    return Wishes(
        path=said("PATH") or ".",
        rev=said("REV"),
        fail_under=said("FAIL_UNDER"),
        target=said("TARGET"),
        formats=tuple(line.strip() for line in said("FORMAT").splitlines() if line.strip()),
        badge_path=said("BADGE_PATH"),
        sarif=said("SARIF").lower() == _YES,
        baseline=said("BASELINE"),
        no_regress=said("NO_REGRESS").lower() == _YES,
    )


def reports(wishes: Wishes, folder: Path) -> list[Report]:
    """Return the reports to write: JSON, Markdown and text always, and those that are wished for.

    One that names no file goes into ``folder``; annotations (``github``) are shown in any case.
    """
    kinds = ["json", "markdown", "text", *(["sarif"] if wishes.sarif else []), *wishes.formats]
    pairs = [kind.partition(":") for kind in kinds]
    found = [Report(kind, file or str(folder / _name(kind))) for kind, _, file in pairs if file or kind != "github"]
    return list(dict.fromkeys(found))


def _name(kind: str) -> str:
    return f"mlops-scan.{_SUFFIXES.get(kind, kind)}"


def scan(wishes: Wishes, written: list[Report]) -> list[str]:
    """Return the words that scan, write the reports and show annotations."""
    formats = [f"--format={kind}:{file}" for kind, file in written]
    given = (("--rev", wishes.rev), ("--target", wishes.target), ("--fail-under", wishes.fail_under))
    said = [f"{option}={value}" for option, value in given if value]
    return ["scan", *formats, "--format=github", *said, "--", wishes.path]


def diff(wishes: Wishes, base: str, file: Path) -> list[str]:
    """Return the words that compare with a revision, write what changed as Markdown and show annotations."""
    gate = ["--no-regress"] if wishes.no_regress else []
    sides = [base, wishes.rev or WORK_TREE, wishes.path]
    return ["diff", f"--format=markdown:{file}", "--format=github", *gate, "--", *sides]


def badges(wishes: Wishes, file: Path) -> Iterator[list[str]]:
    """Yield the words that write the endpoint's JSON to a file, and the badge where it is wished for."""
    rev = [f"--rev={wishes.rev}"] if wishes.rev else []
    yield ["badge", "--format=shields", f"--output={file}", *rev, "--", wishes.path]
    if wishes.badge_path:
        kind = "shields" if Path(wishes.badge_path).suffix == ".json" else "svg"
        yield ["badge", f"--format={kind}", f"--output={wishes.badge_path}", *rev, "--", wishes.path]
