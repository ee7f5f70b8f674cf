"""What stands in for GitHub: its events, and `gh`."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = "secret"  # noqa: S105 - of no account

# a `gh` that notes what it is asked, and answers with the comments that it was handed before
GH = """#!{python}
import json, os, sys
here = os.path.dirname(os.path.abspath(__file__))
words = sys.argv[1:]
given = json.load(sys.stdin) if "--input" in words else None
with open(os.path.join(here, "calls"), "a") as calls:
    calls.write(json.dumps({{"words": words, "given": given, "token": os.environ["GH_TOKEN"]}}) + "\\n")
answer = os.path.join(here, "comments")
if not os.path.exists(answer):
    sys.exit("gh: Resource not accessible by integration (HTTP 403)")
if "--paginate" in words:
    for nodes in json.load(open(answer)):
        print(json.dumps({{"data": {{"repository": {{"pullRequest": {{"comments": {{"nodes": nodes}}}}}}}}}}), end="")
"""


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(
        ["git", *who, *words], cwd=folder, check=True, capture_output=True, encoding="utf-8"
    ).stdout.strip()


class Gh(NamedTuple):
    """The stand-in of `gh`, in a folder for the search path."""

    folder: Path

    def has(self, *pages: list[dict[str, Any]]) -> None:
        (self.folder / "comments").write_text(json.dumps(pages), encoding="utf-8")

    @property
    def calls(self) -> list[dict[str, Any]]:
        file = self.folder / "calls"
        return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []


def stand_in(folder: Path) -> Gh:
    folder.mkdir()
    program = folder / "gh"
    program.write_text(GH.format(python=sys.executable), encoding="utf-8")
    program.chmod(0o755)
    return Gh(folder)


def pull_request(base: str, head: str = "acme/churn") -> dict[str, Any]:
    """Return what GitHub tells of a pull request."""
    sides = {"base": {"sha": base, "repo": {"full_name": "acme/churn"}}, "head": {"repo": {"full_name": head}}}
    return {"pull_request": {"number": 7, **sides}}
