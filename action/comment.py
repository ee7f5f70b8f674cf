"""The step that comments: one comment a pull request and path, posted or brought up to date through `gh`."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import baseline
import runner

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_YES = "true"
_PATIENCE = 60
# the author is asked for as a yes or no: what a token is called depends on its kind
_COMMENTS = """
query($owner: String!, $name: String!, $number: Int!, $endCursor: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      comments(first: 100, after: $endCursor) {
        nodes { id body viewerDidAuthor }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}"""
_UPDATE = """
mutation($id: ID!, $body: String!) { updateIssueComment(input: {id: $id, body: $body}) { clientMutationId } }"""


class GhError(Exception):
    """`gh` could not do what it was asked; the message is its own."""


def marker(path: str) -> str:
    """Return the hidden line that tells our comment of a path from all others."""
    return f"<!-- mlops-scan {hashlib.sha256(path.encode()).hexdigest()[:16]} -->"


def number(wish: str, event: Mapping[str, Any]) -> int | None:
    """Return the pull request to comment in; None where there is none, or its token may not write."""
    if wish.isdecimal():
        return int(wish)
    pull = event.get("pull_request")
    if wish.lower() != _YES or not isinstance(pull, dict):
        return None
    return None if _forked(pull) else int(pull["number"])


def _forked(pull: Mapping[str, Any]) -> bool:
    """Tell whether a pull request comes from another repository, or from one that is gone."""
    head, base = ((pull.get(side) or {}).get("repo") or {} for side in ("head", "base"))
    return not head or head.get("full_name") != base.get("full_name")


def gh(*words: str, given: object = None) -> str:
    """Ask GitHub's API; ``given`` is sent as JSON. Raises `GhError`."""
    more = [] if given is None else ["--input", "-"]
    token = os.environ["MLOPS_SCAN_TOKEN"]
    host = os.environ["GITHUB_SERVER_URL"].partition("://")[2]
    known = {"GH_TOKEN": token, "GH_ENTERPRISE_TOKEN": token, "GH_HOST": host, "GH_PROMPT_DISABLED": "1"}
    try:
        done = subprocess.run(
            ["gh", "api", *words, *more],
            check=False,
            capture_output=True,
            cwd=os.environ["RUNNER_TEMP"],
            encoding="utf-8",
            env={**os.environ, **known},
            input=None if given is None else json.dumps(given),
            timeout=_PATIENCE,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GhError(str(error)) from error
    if done.returncode:
        raise GhError(done.stderr.strip() or done.stdout.strip())
    return done.stdout


def comments(owner: str, name: str, pull: int) -> Iterator[dict[str, Any]]:
    """Yield the comments of a pull request; `gh` writes one document a page, one after the other."""
    asked = [f"owner={owner}", f"name={name}", f"query={_COMMENTS}"]
    text = gh("graphql", "--paginate", *(f"--raw-field={one}" for one in asked), f"--field=number={pull}").strip()
    while text:
        page, end = json.JSONDecoder().raw_decode(text)
        yield from page["data"]["repository"]["pullRequest"]["comments"]["nodes"]
        text = text[end:].lstrip()


def post(pull: int, mark: str, body: str) -> str:
    """Write the comment, and say what was done. Raises `GhError`."""
    repository = os.environ["GITHUB_REPOSITORY"]
    owner, _, name = repository.partition("/")
    text = f"{mark}\n{body}"
    ours = (one for one in comments(owner, name, pull) if one["viewerDidAuthor"] and one["body"].startswith(mark))
    found = next(ours, None)
    if found is None:
        gh(f"repos/{repository}/issues/{pull}/comments", given={"body": text})
        return "posted"
    if found["body"].rstrip() == text.rstrip():
        return "left as it is"
    gh("graphql", given={"query": _UPDATE, "variables": {"id": found["id"], "body": text}})
    return "updated"


def main() -> None:
    """Comment where that is possible, else say why not: what it would say is in the summary."""
    pull = number(os.environ["MLOPS_SCAN_COMMENT"].strip(), baseline.event(os.environ))
    if pull is None:
        runner.tell("notice", "no comment: no pull request, or one of a fork; the summary of the run says the same")
        return
    body = Path(os.environ["MLOPS_SCAN_BODY"]).read_text(encoding="utf-8")
    try:
        done = post(pull, marker(os.environ["MLOPS_SCAN_PATH"]), body)
    except (GhError, KeyError, TypeError, ValueError) as error:
        runner.tell("warning", f"no comment: {error or type(error).__name__}; the summary of the run says the same")
        return
    print(f"Comment {done} in pull request {pull}")


if __name__ == "__main__":
    main()
