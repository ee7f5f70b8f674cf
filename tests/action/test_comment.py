from __future__ import annotations

from typing import TYPE_CHECKING, Any

import comment
import pytest
from stand_ins import TOKEN, Gh, git, pull_request
from steps import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from steps import Job, Ran

MARK = comment.marker(".")


def ours(body: str) -> dict[str, Any]:
    return {"id": "IC_1", "body": body, "viewerDidAuthor": True}


@pytest.fixture
def commented(checkout: Callable[..., Path], job: Callable[..., Job]) -> Callable[..., Ran]:
    """Return what runs the action at a pull request, which it comments."""
    folder = checkout("level-0-notebooks")

    def ran(event: dict[str, Any] | None = None, wish: str = "true", **inputs: str) -> Ran:
        at = job(folder, pull_request(git(folder, "rev-parse", "HEAD")) if event is None else event)
        return run(at, None, comment=wish, **inputs)

    return ran


def test_a_comment_is_posted_then_updated_then_left(commented: Callable[..., Ran], gh: Gh) -> None:
    gh.has([{"id": "IC_0", "body": f"{MARK}\nfrom another", "viewerDidAuthor": False}], [ours("hello")])
    posted = commented()
    assert posted.status == 0
    assert "Comment posted in pull request 7" in posted.log
    asked, wrote = gh.calls
    assert asked["words"][:3] == ["api", "graphql", "--paginate"]
    assert {"--raw-field=owner=acme", "--raw-field=name=churn", "--field=number=7"} <= set(asked["words"])
    assert wrote["words"] == ["api", "repos/acme/churn/issues/7/comments", "--input", "-"]
    assert wrote["token"] == TOKEN
    body = wrote["given"]["body"]
    assert body.startswith(f"{MARK}\n## What changed: level 0, as before")
    assert body.count("## MLOps maturity: level 0") == 1

    gh.has([ours("hello")], [ours(f"{MARK}\nolder")])
    assert "Comment updated" in commented().log
    assert gh.calls[-1]["given"]["variables"] == {"id": "IC_1", "body": body}

    gh.has([ours(body)])
    before = len(gh.calls)
    assert "Comment left as it is" in commented().log
    assert len(gh.calls) == before + 1


def test_no_comment_unless_asked(commented: Callable[..., Ran], gh: Gh) -> None:
    assert commented(wish="false").status == 0
    assert gh.calls == []


def test_a_fork_has_the_summary(commented: Callable[..., Ran], gh: Gh) -> None:
    ran = commented(pull_request("0" * 40, head="mallory/churn"))
    assert (ran.status, gh.calls) == (0, [])
    assert "::notice title=mlops-scan::no comment" in ran.log
    assert "## MLOps maturity: level 0" in ran.summary


def test_what_fails_is_a_warning(commented: Callable[..., Ran], gh: Gh) -> None:
    ran = commented(fail_under="1")
    assert ran.status == 1
    assert "::warning title=mlops-scan::no comment: gh: Resource not accessible by integration (HTTP 403)" in ran.log
    assert len(gh.calls) == 1


def test_a_number_names_the_pull_request(commented: Callable[..., Ran], gh: Gh) -> None:
    gh.has([])
    assert "Comment posted in pull request 12" in commented({"workflow_run": {}}, wish="12").log


@pytest.mark.parametrize(
    ("wish", "event", "expected"),
    [
        ("true", {}, None),
        ("true", pull_request("0"), 7),
        ("true", pull_request("0", head="mallory/churn"), None),
        ("true", {"pull_request": {"number": 7, "head": {"repo": None}, "base": {"repo": {"full_name": "a/b"}}}}, None),
        ("yes", pull_request("0"), None),
        ("12", {}, 12),
        ("-1", {}, None),
    ],
)
def test_where_to_comment(wish: str, event: dict[str, Any], expected: int | None) -> None:
    assert comment.number(wish, event) == expected


def test_each_path_has_a_comment_of_its_own() -> None:
    assert comment.marker("services/a") != comment.marker("services/b")
    assert "\n" not in comment.marker("a\n-->b")
