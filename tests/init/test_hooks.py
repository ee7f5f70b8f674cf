from __future__ import annotations

import itertools
import json
import subprocess
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from mlops_scan.init import hooks, project
from mlops_scan.init.kinds import RefusedError
from mlops_scan.init.parts import pre_commit

BOTH = ("mlops-scan", "mlops-scan-badge")
ROOT = Path(__file__).parents[2]

WIDE = """\
# Hooks
default_language_version:
    python: python3
repos:
    # formatters
    -   repo: https://github.com/psf/black
        rev: 24.1.0
        hooks:
        -   id: black
            args: [--line-length=100]
        # -   id: black-jupyter

# keep this at the end
ci:
    autofix_prs: false
"""
WIDE_AFTER = """\
        # -   id: black-jupyter
    -   repo: https://github.com/mlops-scan/mlops-scan
        rev: v0.1.0
        hooks:
        -   id: mlops-scan

# keep this at the end
"""
FLAT = "repos:\n- repo: meta\n  hooks:\n  - id: identity\n# the end\n"
FLAT_AFTER = (
    "repos:\n- repo: meta\n  hooks:\n  - id: identity\n"
    "- repo: https://github.com/mlops-scan/mlops-scan\n  rev: v0.1.0\n  hooks:\n  - id: mlops-scan\n# the end\n"
)
ENTRY = (
    "repos:\n  - repo: https://github.com/mlops-scan/mlops-scan\n    rev: v0.1.0\n    hooks:\n      - id: mlops-scan\n"
)
BLOCK_SCALAR = """\
repos:
  - repo: meta
    hooks:
      - id: identity
        exclude: |
          (?x)^(
            a
          )$

ci: {}
"""


def layouts() -> list[str]:
    """Return the same configuration in every mix of indentation, hyphens, line ends and what comes last."""
    made = []
    for indent, room, inner, end, last in itertools.product(
        ("", "  ", "    "), (" ", "   "), ("", "  "), ("\n", "\r\n"), ("", "\n", "\n\n# the end\n", "\nci: {}")
    ):
        deep = indent + " " + room
        lines = ("repos:", f"{indent}-{room}repo: meta", f"{deep}hooks:", f"{deep}{inner}-{room}id: identity")
        made.append(("\n".join(lines) + last).replace("\n", end))
    return made


ENDS = (
    "",
    "# only a comment\n",
    "---\n",
    "\n",
    "repos: []",
    "repos: []  # none yet\n",
    "repos: [\n]\n",
    "repos:\nci: {}\n",
)
OTHERS = (
    WIDE,
    FLAT,
    BLOCK_SCALAR,
    "minimum_pre_commit_version: 3.2.0",
    "---\nrepos: []\n...\n",
    "repos: [{repo: meta, hooks: [{id: identity}]}]\n",
    "repos: [\n  {repo: meta, hooks: [{id: identity}]},  # first\n]\n",
    "repos: [ # none\n]\n",
    json.dumps({"repos": [{"repo": "meta", "hooks": [{"id": "identity"}]}]}, indent=2),
    '{"repos": []}',
    "repos: &all\n- repo: meta\n  hooks: &some\n  - id: identity\n",
    "# é \U0001f600\nrepos: []\nci: {autoupdate_commit_msg: é}\n",
)


@pytest.mark.parametrize("text", [*layouts(), *ENDS, *OTHERS])
@pytest.mark.parametrize("wanted", [BOTH[:1], BOTH])
def test_hooks_are_added_and_all_else_is_kept(text: str, wanted: tuple[str, ...]) -> None:
    after, added = hooks.inserted(text, wanted)
    assert added == wanted
    before = yaml.safe_load(text) or {}
    found = yaml.safe_load(after)
    assert found.pop("repos") == [
        *(before.pop("repos", None) or []),
        {"repo": project.url(), "rev": project.TAG, "hooks": [{"id": hook} for hook in wanted]},
    ]
    assert found == before
    assert hooks.inserted(after, wanted) == (after, ())


@pytest.mark.parametrize("text", [*layouts(), *ENDS, *OTHERS])
def test_text_is_inserted_in_one_place_and_only_empty_brackets_go(text: str) -> None:
    after, _ = hooks.inserted(text, BOTH)
    assert inserted_in_one_place(text, after) or inserted_in_one_place(
        text.replace(" []", "").replace(" [\n]", ""), after
    )
    assert after.count("\r\n") == (after.count("\n") if "\r\n" in text else 0)


def inserted_in_one_place(text: str, after: str) -> bool:
    return any(after.startswith(text[:at]) and after.endswith(text[at:]) for at in range(len(text) + 1))


def test_pre_commit_itself_takes_every_result(tmp_path: Path) -> None:
    files = []
    for number, text in enumerate([*layouts(), *ENDS, *OTHERS]):
        file = tmp_path / f"{number}.yaml"
        file.write_bytes(hooks.inserted(text, BOTH)[0].encode())
        files.append(str(file))
    done = subprocess.run(["pre-commit", "validate-config", *files], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize(("text", "part"), [(WIDE, WIDE_AFTER), (FLAT, FLAT_AFTER), ("", ENTRY)])
def test_an_entry_looks_like_its_neighbours(text: str, part: str) -> None:
    assert part in hooks.inserted(text, BOTH[:1])[0].replace(project.TAG, "v0.1.0")


@pytest.mark.parametrize("address", ["", ".git", "/"])
def test_a_second_hook_joins_the_entry_that_is_there(address: str) -> None:
    text = ENTRY.replace("/mlops-scan\n", f"/mlops-scan{address}\n") + "        # our own\n# the end\n"
    after, added = hooks.inserted(text, BOTH)
    assert added == ("mlops-scan-badge",)
    assert after == text.replace("# our own\n", "# our own\n      - id: mlops-scan-badge\n")


def test_hooks_in_brackets_stay_in_brackets() -> None:
    after, _ = hooks.inserted(f"repos: [{{repo: {project.url()}, hooks: [{{id: mlops-scan}}]}}]", BOTH)
    assert after.endswith('hooks: [{id: mlops-scan}, {"id": "mlops-scan-badge"}]}]')


def test_hooks_of_another_entry_count_as_there() -> None:
    text = "repos:\n- repo: local\n  hooks:\n  - id: mlops-scan\n    name: x\n    entry: x\n    language: system\n"
    assert hooks.inserted(text, BOTH[:1]) == (text, ())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("- repo: meta\n  hooks: []\n", "migrate-config"),
        ("repos: [", "is not YAML"),
        ("a: 1\n---\nrepos: []\n", "is not one mapping"),
        ("repos: none\n", "no list"),
        ("repos: {a: 1}\n", "no list"),
        ("all: &all []\nrepos: *all\n", "no list"),
        ("{ci: {}}", "no list"),
        ("repos:\n-\n  repo: meta\n  hooks: []\n", "no safe place"),
        ("a: " + "[" * 150, "nested deeper"),
        ("a: " + "[" * 30_000, "nest"),
        ("just text", "is not one mapping"),
    ],
)
def test_what_leaves_no_safe_place_is_refused_in_one_line(text: str, why: str) -> None:
    with pytest.raises(RefusedError) as refused:
        hooks.inserted(text, BOTH)
    assert why in str(refused.value)
    assert "\n" not in str(refused.value)
    assert "--only" in str(refused.value)


@given(st.text(alphabet="repos:-[]{}#&*|>'\"!, \n\ti?é\u2028\x85\r", max_size=60))
@example("repos: []\r# a\rci: {}")
@example("repos:\u2028  - repo: meta\u2028    hooks: []")
def test_any_text_is_refused_or_keeps_its_meaning(text: str) -> None:
    try:
        after, added = hooks.inserted(text, BOTH)
    except RefusedError:
        return
    assert added == BOTH
    events = [(type(event), getattr(event, "value", None)) for event in yaml.parse(after, Loader=yaml.CSafeLoader)]
    assert [value for kind, value in events if value in BOTH and kind is yaml.ScalarEvent] == list(BOTH)


def test_the_hooks_are_those_that_the_project_offers() -> None:
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in offered] == [pre_commit.HOOK, pre_commit.BADGE_HOOK]
    assert offered[1]["args"] == [f"--output={pre_commit.BADGE}"]
